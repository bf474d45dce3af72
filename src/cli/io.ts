import type { Tongue, Words } from './language.ts';

/** What a command may use of the world outside: passed in, so that tests can listen. */
export type Io = {
  tongue: Tongue;
  env: Record<string, string | undefined>;
  cwd: string;
  /** Is standard output a terminal? */
  terminal: boolean;
  /** One line (or several) for the person or the pipe. */
  out(text: string): void;
  /** Bytes as they are, without a line end. */
  raw(text: string): void;
  err(text: string): void;
  /** From the call on, aborts when the person asks the program to stop (Ctrl-C, SIGTERM), once. */
  stop(): AbortSignal;
};

/** A command's file: what it does with its arguments, and the exit code it ends with. */
export type CommandRun = (args: string[], io: Io) => Promise<number>;

export function say(io: Io, words: Words): string {
  return words[io.tongue];
}

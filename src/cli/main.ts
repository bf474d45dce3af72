import { Problem } from '../domain/problem.ts';
import { COMMANDS } from './commands.ts';
import { EXIT } from './exit-codes.ts';
import { commandHelp, programHelp } from './help.ts';
import type { Io } from './io.ts';
import { tongueOf } from './language.ts';

/** The program: runs the command that the words name and gives its exit code. */
export async function main(args: string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...processIo(), ...given };
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      const asked = COMMANDS.find((command) => command.name === rest[0]);
      io.out(asked ? commandHelp(asked, io.tongue) : programHelp(io.tongue));
      return EXIT.ok;
    }
    if (name === '--version' || name === '-v') {
      const { VERSION } = await import('../newsroom/version.ts');
      io.out(VERSION);
      return EXIT.ok;
    }
    const command = COMMANDS.find((known) => known.name === name);
    if (!command) return await unknownCommand(name, io);
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(commandHelp(command, io.tongue));
      return EXIT.ok;
    }
    const { run } = await command.load();
    return await run(rest, io);
  } catch (error) {
    return report(error, io);
  }
}

async function unknownCommand(name: string, io: Io): Promise<number> {
  const { nearest } = await import('../newsroom/config/nearest.ts');
  const names = COMMANDS.map((command) => command.name);
  const guess = nearest(name, names);
  const hint = { zh: guess ? `是不是 ${guess}？` : '', en: guess ? `Did you mean ${guess}?` : '' }[io.tongue];
  const text = { zh: `没有「${name}」这个命令。`, en: `There is no command "${name}". ` }[io.tongue];
  io.err(`${text}${hint}\n\n${programHelp(io.tongue)}`);
  return EXIT.usage;
}

function report(error: unknown, io: Io): number {
  if (error instanceof Problem) {
    io.err(`✗ ${error.message}\n→ ${error.fix}`);
    return error.code === 'usage' || error.code.startsWith('config-') || error.code === 'date-future'
      ? EXIT.usage
      : EXIT.other;
  }
  const bug = { zh: '✗ 程序出错，这是一个缺陷：', en: '✗ The program failed; this is a bug:' }[io.tongue];
  io.err(`${bug}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.other;
}

function processIo(): Io {
  // `ribao … | head`: a reader that went away ends nothing that is under way.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  return {
    tongue: tongueOf(process.env),
    env: process.env,
    cwd: process.cwd(),
    terminal: process.stdout.isTTY === true,
    out: (text) => void process.stdout.write(`${text}\n`),
    raw: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(`${text}\n`),
    stop: stopSignal,
  };
}

function stopSignal(): AbortSignal {
  const stopper = new AbortController();
  // Once: a second Ctrl-C ends the program at once, as people expect.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopper.abort());
  return stopper.signal;
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program that npm starts. */
export const BIN = fileURLToPath(new URL('../../bin/ribao.js', import.meta.url));

type Result = { code: number | null; out: string; err: string };

/** Runs the program in a process of its own, in Chinese, as a person types it in `folder`. */
export function ribao(args: string[], folder: string, env: Record<string, string> = {}): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder,
      env: { ...process.env, RIBAO_LANG: 'zh', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=60
// Plain JavaScript that every Node can read: checks the version before anything newer is loaded.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED = 24;
/**
 * A small space for young objects: a third less memory while feeds are read, a tenth slower. A heap that is cleared when it
 * grew by 60 %, not threefold: a quarter less memory in a window of 100,000 articles, as fast within what could be measured.
 */
const MEMORY = ['--max-semi-space-size=8', '--heap-growing-percent=60'];

if (Number(process.versions.node.split('.')[0]) >= WANTED) await start();
else startOnPinnedNode();

async function start() {
  // A checkout runs its TypeScript as it is; the published package has only the compiled program.
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const { main } = await import(
    existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href
  );
  process.exitCode = await main(process.argv.slice(2));
}

function startOnPinnedNode() {
  // RIBAO_PINNED_NODE marks the second start, so that a pinned Node that is itself too old cannot start a third.
  const node = process.env.RIBAO_PINNED_NODE ? undefined : pinnedNode();
  if (node === undefined) {
    console.error(
      [
        `ribao 需要 Node ${WANTED} 以上，现在是 ${process.version}。`,
        `请在项目目录运行 npm ci（会装好 Node ${WANTED}），或从 nodejs.org 安装后再试。`,
        `ribao needs Node ${WANTED} or newer; this is ${process.version}.`,
        `Run "npm ci" in the project (it brings Node ${WANTED}), or install it from nodejs.org.`,
      ].join('\n'),
    );
    process.exitCode = 1;
    return;
  }
  const { status, signal } = spawnSync(
    node,
    [...MEMORY, fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    {
      stdio: 'inherit',
      env: { ...process.env, RIBAO_PINNED_NODE: '1' },
    },
  );
  process.exitCode = signal ? 1 : (status ?? 1);
}

/** The Node that npm installed as an optional dependency of this package, if there is one for this platform. */
function pinnedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

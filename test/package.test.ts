import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

test('what is published, without the sources, makes the sample edition', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-package-'));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [
    tsc,
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    join(folder, 'dist'),
  ]);
  // What `npm pack` would take, but for the build that was just made.
  const { files } = z
    .object({ files: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  for (const name of ['package.json', ...files.filter((file) => file !== 'dist')])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const printed = execFileSync(process.execPath, [join(folder, 'bin', 'ribao.js'), 'demo'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  assert.match(printed, /AI日报：/);
  assert.ok(existsSync(join(folder, 'ribao-demo', 'editions', '2026-03-10.html')));
  assert.ok(!existsSync(join(folder, 'src')));
});

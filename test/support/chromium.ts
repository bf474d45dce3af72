import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

/**
 * A headless Chromium: the one named by `CHROMIUM`, or the locked npm package's (x86-64 Linux, with the few libraries
 * and the font that a bare machine lacks), or the system's.
 * @throws when there is none
 */
export async function launchChromium(): Promise<Browser> {
  const { path, env = {} } = await chromiumPath();
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox'],
    env: { ...process.env, ...env },
  });
}

type Found = { path: string; env?: Record<string, string> };

async function chromiumPath(): Promise<Found> {
  const { CHROMIUM } = process.env;
  if (CHROMIUM !== undefined) return { path: CHROMIUM };
  if (process.platform === 'linux' && process.arch === 'x64') return unpacked();
  for (const path of ['/usr/bin/chromium', '/usr/bin/google-chrome'])
    if (await isThere(path)) return { path };
  throw new Error('no Chromium: install one and name it by CHROMIUM=/path/to/chromium');
}

/** The package's browser, unpacked once for each version. Test files run side by side: it appears whole or not at all. */
async function unpacked(): Promise<Found> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const packed = join(entry, '..', '..', 'bin');
  const version: string = JSON.parse(await readFile(join(packed, '..', 'package.json'), 'utf8')).version;
  const folder = join(packed, '..', '..', '..', '.cache', `chromium-${version}`);
  if (!(await isThere(folder))) {
    await mkdir(dirname(folder), { recursive: true });
    const making = await mkdtemp(`${folder}-`);
    await pipeline(
      createReadStream(join(packed, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(making, 'chromium'), { mode: 0o700 }),
    );
    for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
      const files = await promisify(brotliDecompress)(await readFile(join(packed, archive)));
      execFileSync('tar', ['-x', '-C', making], { input: files });
    }
    await writeFile(join(making, 'fonts.conf'), fontsIn(join(folder, 'fonts')));
    await rename(making, folder).catch(() => rm(making, { recursive: true }));
  }
  const env = { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  return { path: join(folder, 'chromium'), env };
}

/** Chromium ends at once where there is no font at all; the system's are taken beside. */
function fontsIn(folder: string): string {
  const dirs = [folder, '/usr/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}<cachedir>${folder}/cache</cachedir></fontconfig>\n`;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

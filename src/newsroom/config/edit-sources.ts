import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isSeq, parseDocument } from 'yaml';
import { Problem } from '../../domain/problem.ts';

/** A source to put into the config. */
export type NewSource = {
  id: string;
  name: string;
  url?: string;
  kind?: string;
  [setting: string]: unknown;
};

/**
 * Appends sources to the `sources` list of a config file and keeps every comment in it.
 * @throws Problem config-unwritable when the file cannot be written
 */
export function addSources(path: string, sources: NewSource[]): void {
  const document = parseDocument(readFileSync(path, 'utf8'));
  const list = document.get('sources');
  if (isSeq(list)) for (const source of sources) list.add(document.createNode(source));
  else document.set('sources', sources);
  writeConfig(path, document.toString({ lineWidth: 0 }));
}

/**
 * Writes a config file as a whole or not at all.
 * @throws Problem config-unwritable
 */
export function writeConfig(path: string, text: string): void {
  const neighbour = `${path}.tmp`;
  try {
    writeFileSync(neighbour, text);
    renameSync(neighbour, path);
  } catch (error) {
    throw new Problem({
      code: 'config-unwritable',
      message: `写不了 ${path}（${error instanceof Error ? error.message : error}）`,
      fix: '检查文件夹权限和磁盘空间。 Check the folder’s permissions and the disk.',
      cause: error,
    });
  }
}

/** A free id for a source, from its name or host: `量子位`, `simonwillison-net`, `simonwillison-net-2` ... */
export function freeId(name: string, url: string, taken: ReadonlySet<string>): string {
  const clean = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40);
  const base = clean(name) || clean(URL.parse(url)?.host ?? '') || 'source';
  if (!taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}-${n}`)) n += 1;
  return `${base}-${n}`;
}

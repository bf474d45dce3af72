import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Imported, importEdition } from '../../newsroom/import-edition.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, type Io, say } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';

const MOST_FILES = 100_000;

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    { ...CONFIG_OPTION, replace: { type: 'boolean', default: false } },
    { words: MOST_FILES },
  );
  if (positionals.length === 0) throw usage('import 后面要写文件或文件夹 / a file or folder is missing');
  const files = positionals.flatMap((name) => filesAt(resolve(io.cwd, name)));
  return withNewsroom(io, values.config, async (room) => {
    let refused = 0;
    for (const file of files) {
      const text = readOrSay(file);
      const outcome: Imported =
        typeof text === 'string' ? await importEdition(room, text, values.replace) : text;
      refused += outcome.kind === 'refused' ? 1 : 0;
      io.out(lineOf(file, outcome, io));
    }
    return refused > 0 ? EXIT.other : EXIT.ok;
  });
};

/** A folder stands for the Markdown files in it and below, in the order of their names. */
function filesAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => join(path, name));
}

function readOrSay(file: string): string | Extract<Imported, { kind: 'refused' }> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    const why =
      error instanceof TypeError ? '不是 UTF-8 文字' : String(error instanceof Error ? error.message : error);
    return { kind: 'refused', why };
  }
}

function lineOf(file: string, outcome: Imported, io: Io): string {
  if (outcome.kind === 'refused') return `✗ ${file}：${outcome.why}`;
  const { date, revision, items, oddities } = outcome;
  const head = say(io, {
    zh: `✓ ${date} 第 ${revision} 版，${items} 条  ${file}`,
    en: `✓ ${date} revision ${revision}, ${items} items  ${file}`,
  });
  return [head, ...oddities.map((one) => `    ${one}`)].join('\n');
}

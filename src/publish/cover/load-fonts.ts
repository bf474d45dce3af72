import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** One piece of the font, under a name of its own: the drawer falls back from one to the next sign by sign. */
export type FontPiece = { name: string; data: Buffer; weight: 400 | 700; style: 'normal' };

type Range = { name: string; from: number; to: number };

const FOLDER = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-serif-sc/package.json'));
const WEIGHTS = [400, 700] as const;

let table: Range[] | undefined;
const loaded = new Map<string, FontPiece[]>();

/**
 * The pieces of Noto Serif SC (SIL Open Font License) that hold these texts, and the texts without the signs it lacks.
 * The font comes in a hundred pieces of some 50 KB by Unicode range; a headline needs about fifteen. Each is read once.
 */
export function fontsFor(texts: readonly string[]): { fonts: FontPiece[]; family: string; known: string[] } {
  table ??= readRanges();
  const ranges = table;
  const pieceOf = (sign: string) => {
    const code = sign.codePointAt(0) ?? 0;
    return ranges.find(({ from, to }) => code >= from && code <= to)?.name;
  };
  const names = new Set(['latin']);
  const known = texts.map((text) =>
    Array.from(text.toWellFormed().replace(/\s+/gu, ' '))
      .filter((sign) => {
        const name = /[\p{Cc}\p{Cf}\p{Extended_Pictographic}]/u.test(sign) ? undefined : pieceOf(sign);
        if (name !== undefined) names.add(name);
        return name !== undefined;
      })
      .join(''),
  );
  const used = [...names];
  return { fonts: used.flatMap(load), family: used.join(', '), known };
}

function load(name: string): FontPiece[] {
  const before = loaded.get(name);
  if (before !== undefined) return before;
  const pieces = WEIGHTS.map((weight): FontPiece => {
    const file = join(FOLDER, 'files', `noto-serif-sc-${name.replace('piece-', '')}-${weight}-normal.woff`);
    return { name, data: readFileSync(file), weight, style: 'normal' };
  });
  loaded.set(name, pieces);
  return pieces;
}

/** `latin` first: its signs stand in other pieces, too. */
function readRanges(): Range[] {
  const text = readFileSync(join(FOLDER, 'unicode.json'), 'utf8');
  const pieces = z.record(z.string(), z.string()).parse(JSON.parse(text));
  return Object.entries(pieces)
    .toSorted(([one], [other]) => Number(other === 'latin') - Number(one === 'latin'))
    .flatMap(([key, list]) => {
      const name = key.replace(/^\[(\d+)\]$/, 'piece-$1');
      return list.split(',').map((range) => {
        const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
        return { name, from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
      });
    });
}

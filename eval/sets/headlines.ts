import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { plainProse } from '../../src/text/outlet-prose.ts';
import { repairTypography } from '../../src/text/typography.ts';
import { bare } from './one-article.ts';
import { readLines } from './read-lines.ts';

/** A text as the writing desk gets it, and the title that a person gave it. */
export type TextWithTitle = { headline: string; text: string; half: 'first' | 'second' };

const rowSchema = z.object({ date: z.string(), title: z.string(), body: z.string() });

/** Judges gave such headlines 3 to 5 of 5: they tell what the text tells. */
const LEAST_LABEL = 3;
/** A headline is made from the beginning. */
const READ = 2000;

/**
 * Short general news texts with headlines, and an AI-aided editor's items with titles. Every other text, or every other day,
 * is of the first half, on which weights and rules may be chosen. Undefined: the folder lacks the set.
 */
export function headlineSets(data: string): Record<'lcsts' | 'juya', TextWithTitle[] | undefined> {
  const items = readLines(join(data, 'dailies', 'juya-items.jsonl.gz'), rowSchema);
  const days = [...new Set(items?.map(({ date }) => date))].toSorted();
  return {
    lcsts: readLcsts(join(data, 'writing', 'lcsts', 'PART_III.txt')),
    juya: items?.map(({ date, title, body }) => ({
      headline: bare(title),
      text: asRead(bare(body)),
      half: days.indexOf(date) % 2 === 0 ? 'first' : 'second',
    })),
  };
}

function readLcsts(path: string): TextWithTitle[] | undefined {
  if (!existsSync(path)) return undefined;
  const inside = (document: string, tag: string) =>
    new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(document)?.[1]?.trim() ?? '';
  return readFileSync(path, 'utf8')
    .split('</doc>')
    .filter((document) => Number(inside(document, 'human_label')) >= LEAST_LABEL)
    .map((document, n) => ({
      headline: inside(document, 'summary'),
      text: asRead(inside(document, 'short_text')),
      half: n % 2 === 0 ? 'first' : 'second',
    }));
}

function asRead(text: string): string {
  return repairTypography(plainProse(text)).slice(0, READ);
}

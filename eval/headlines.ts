import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { visibleLength } from '../src/text/length.ts';
import { sentencesOf } from '../src/text/sentences.ts';
import { HEADLINE, writeHeadline } from '../src/write/headline.ts';
import { plainProse } from '../src/write/source-text.ts';
import type { Question } from './question.ts';
import { meanRouge, type Rouge, rouge } from './rouge.ts';
import { bare } from './sets/one-article.ts';
import { readLines } from './sets/read-lines.ts';

const rowSchema = z.object({ title: z.string(), body: z.string() });

/** Judges gave such headlines 3 to 5 of 5: they tell what the text tells. */
const LEAST_LABEL = 3;

/**
 * Headlines made from a text alone, without its title, beside the ones people wrote, and beside the text's first sentence
 * cut to the same length.
 */
export const headlines: Question = async ({ data, items, say }) => {
  const sets = {
    lcsts: readLcsts(join(data, 'writing', 'lcsts', 'PART_III.txt')),
    juya: readLines(join(data, 'dailies', 'juya-items.jsonl.gz'), rowSchema)?.map(({ title, body }) => ({
      headline: bare(title),
      text: bare(body),
    })),
  };
  const { writing } = loadEditorial({});
  const figures: Record<string, number> = {};
  let cases = 0;
  for (const [name, rows] of Object.entries(sets)) {
    if (rows === undefined) continue;
    cases += rows.length;
    const [ours, lead]: [Rouge[], Rouge[]] = [[], []];
    let inLength = 0;
    for (const [n, { headline, text }] of rows.entries()) {
      const made = writeHeadline('', plainProse(text), writing);
      const first = (sentencesOf(plainProse(text))[0] ?? '').trim();
      ours.push(rouge(made, headline));
      lead.push(rouge([...first].slice(0, [...made].length).join(''), headline));
      const length = visibleLength(made);
      inLength += length >= HEADLINE.least && length <= HEADLINE.most ? 1 : 0;
      if (n < items) say(`${made}  ←  ${headline}`);
    }
    const [mean, base] = [meanRouge(ours), meanRouge(lead)];
    for (const key of ['r1', 'r2', 'rl'] as const) {
      figures[`${name}.${key}`] = mean[key];
      figures[`${name}.${key}.aboveLead`] = mean[key] - base[key];
    }
    figures[`${name}.inLength`] = inLength / rows.length;
  }
  const absent = Object.entries(sets).flatMap(([name, rows]) => (rows === undefined ? [name] : []));
  return { cases, figures, absent };
};

function readLcsts(path: string): { headline: string; text: string }[] | undefined {
  if (!existsSync(path)) return undefined;
  const documents = readFileSync(path, 'utf8').split('</doc>');
  const inside = (document: string, tag: string) =>
    new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(document)?.[1]?.trim() ?? '';
  return documents
    .filter((document) => Number(inside(document, 'human_label')) >= LEAST_LABEL)
    .map((document) => ({ headline: inside(document, 'summary'), text: inside(document, 'short_text') }));
}

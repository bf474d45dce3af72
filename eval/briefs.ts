import { join } from 'node:path';
import { z } from 'zod';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { visibleLength } from '../src/text/length.ts';
import { checkFacts } from '../src/write/facts.ts';
import { factSourcesOf } from '../src/write/prove-brief.ts';
import { writeBrief } from '../src/write/write-brief.ts';
import type { Question } from './question.ts';
import { meanRouge, type Rouge, rouge } from './rouge.ts';
import { bare, storyOf } from './sets/one-article.ts';
import { readLines } from './sets/read-lines.ts';

const rowSchema = z.object({ date: z.string(), title: z.string(), summary: z.string(), body: z.string() });

/** Bodies with fewer characters cannot give a summary of full length. */
const LEAST_BODY = 100;

/**
 * The extractive summary beside the one an editor wrote from the same body, and beside the body's own beginning cut to
 * the same length. Days by turns: words and limits may be chosen on the first half only.
 */
export const briefs: Question = async ({ data, items, say }) => {
  const rows = readLines(join(data, 'dailies', 'juya-items.jsonl.gz'), rowSchema)?.filter(
    ({ summary, body }) => summary.length > 0 && visibleLength(bare(body)) >= LEAST_BODY,
  );
  if (rows === undefined) return { cases: 0, figures: {}, absent: ['dailies/juya-items.jsonl.gz'] };
  const { writing } = loadEditorial({});
  const aim = writing.style.length.summary;
  const days = [...new Set(rows.map(({ date }) => date))].toSorted();
  const figures: Record<string, number> = {};
  for (const [half, name] of ['first', 'second'].entries()) {
    const chosen = rows.filter(({ date }) => days.indexOf(date) % 2 === half);
    const [ours, lead]: [Rouge[], Rouge[]] = [[], []];
    let [inLength, thin, refuted, shown] = [0, 0, 0, 0];
    for (const row of chosen) {
      const file = storyOf(row);
      const brief = writeBrief(file, writing)?.brief;
      const summary = brief?.summary ?? '';
      const length = visibleLength(summary);
      const wanted = bare(row.summary);
      const own = rouge(summary, wanted);
      const theirs = rouge([...leadOf(row.body)].slice(0, [...summary].length).join(''), wanted);
      ours.push(own);
      lead.push(theirs);
      inLength += length >= aim.least && length <= aim.most ? 1 : 0;
      thin += brief?.marks.includes('thin') ? 1 : 0;
      const claims = checkFacts(
        { headline: brief?.headline ?? '', summary },
        factSourcesOf(file, writing),
        writing.facts,
      );
      refuted += claims.every(({ ok }) => ok) ? 0 : 1;
      if (half === 0 && own.r1 < theirs.r1 - 0.15 && shown < items) {
        shown += 1;
        say(
          `wanted  ${wanted}\nours    ${summary}\nlead    ${[...leadOf(row.body)].slice(0, 95).join('')}\n`,
        );
      }
    }
    const [mean, base] = [meanRouge(ours), meanRouge(lead)];
    for (const key of ['r1', 'r2', 'rl'] as const) {
      figures[`${name}.${key}`] = mean[key];
      figures[`${name}.${key}.aboveLead`] = mean[key] - base[key];
    }
    figures[`${name}.inLength`] = inLength / chosen.length;
    figures[`${name}.thin`] = thin / chosen.length;
    figures[`${name}.refuted`] = refuted;
  }
  return { cases: rows.length, figures, absent: [] };
};

function leadOf(body: string): string {
  return bare(body).replace(/\s+/g, ' ').trim();
}

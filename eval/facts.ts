import { join } from 'node:path';
import { z } from 'zod';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import type { FactProblem } from '../src/write/facts/fact-problem.ts';
import { readHanNumber } from '../src/write/facts/han-number.ts';
import { type CheckedClaim, checkFacts } from '../src/write/facts.ts';
import { writeBrief } from '../src/write/write-brief.ts';
import type { Question } from './question.ts';
import { bare, storyOf } from './sets/one-article.ts';
import { readLines } from './sets/read-lines.ts';
import { type ChangedSummary, UNTRUTHS, untruthsOf } from './sets/untruths.ts';

const rowSchema = z.object({ date: z.string(), title: z.string(), summary: z.string(), body: z.string() });
type Row = z.infer<typeof rowSchema>;

/** Half of the days, by turns: rules are chosen on the first half, the second says whether they hold. */
const HALVES = ['first', 'second'] as const;

/**
 * Summaries that an editor wrote from a body: how many the fact check wrongly refutes, and how many it catches after one
 * change made them untrue. Only changes to summaries that pass untouched count.
 */
export const facts: Question = async ({ data, items, say }) => {
  const rows = readLines(join(data, 'dailies', 'juya-items.jsonl.gz'), rowSchema)?.filter(
    ({ summary, body }) => summary.length > 0 && body.length > 0,
  );
  if (rows === undefined) return { cases: 0, figures: {}, absent: ['dailies/juya-items.jsonl.gz'] };
  const { writing, names } = loadEditorial({});
  const days = [...new Set(rows.map(({ date }) => date))].toSorted();
  const figures: Record<string, number> = {};
  for (const [half, name] of HALVES.entries()) {
    const check = (row: Row, headline: string, summary: string) =>
      checkFacts(
        { headline, summary },
        [{ id: 'body', title: '', text: row.body, publishedOn: row.date }],
        writing.facts,
      );
    const chosen = rows.filter(({ date }) => days.indexOf(date) % 2 === half);
    const alarms = new Map<string, number>();
    const refuted = { summaries: 0, right: 0, headlines: 0, drafts: 0 };
    const sums = Object.fromEntries(UNTRUTHS.map((kind) => [kind, { total: 0, caught: 0, named: 0 }]));
    for (const [n, row] of chosen.entries()) {
      const written = writeBrief(storyOf(row), writing);
      refuted.drafts += written && written.refuted.length > 0 ? 1 : 0;
      const summary = bare(row.summary);
      const wrong = problemsOf(check(row, '', summary));
      const title = problemsOf(check(row, bare(row.title), ''));
      refuted.headlines += title.length > 0 ? 1 : 0;
      // Each summary once by kind; what the letters prove right is no false alarm.
      for (const kind of new Set(wrong.filter((one) => !isAbsent(one, row.body)).map((one) => one.kind)))
        alarms.set(kind, (alarms.get(kind) ?? 0) + 1);
      if (wrong.length > 0) {
        refuted.summaries += 1;
        const strange = wrong.filter((one) => isAbsent(one, row.body));
        if (strange.length === wrong.length) refuted.right += 1;
        if (half === 0 && strange.length < wrong.length && refuted.summaries <= items)
          say(
            `alarm  ${summary}\n       ${wrong.map(({ kind, message }) => `${kind}: ${message}`).join('; ')}`,
          );
        continue;
      }
      for (const made of untruthsOf(summary, bare(row.body), n, {
        findNames: writing.findNames,
        pool: names,
      })) {
        const sum = sums[made.kind];
        if (sum === undefined) continue;
        const found = problemsOf(check(row, '', made.text));
        sum.total += 1;
        sum.caught += found.length > 0 ? 1 : 0;
        sum.named += found.some(({ kind }) => kind === made.kind) ? 1 : 0;
        if (found.length === 0 && half === 0 && sum.total - sum.caught <= items) say(missed(made));
      }
    }
    figures[`${name}.summaries`] = chosen.length;
    figures[`${name}.alarms`] = refuted.summaries / chosen.length;
    figures[`${name}.falseAlarms`] = (refuted.summaries - refuted.right) / chosen.length;
    figures[`${name}.alarms.titles`] = refuted.headlines / chosen.length;
    figures[`${name}.drafts.refuted`] = refuted.drafts;
    for (const [kind, count] of [...alarms].toSorted()) figures[`${name}.falseAlarms.${kind}`] = count;
    for (const kind of UNTRUTHS) {
      const { total, caught, named } = sums[kind] ?? { total: 0, caught: 0, named: 0 };
      say(`${name.padEnd(7)}${kind.padEnd(11)}${caught}/${total}  as this kind ${named}`);
      figures[`${name}.caught.${kind}`] = total === 0 ? 0 : caught / total;
      figures[`${name}.changed.${kind}`] = total;
    }
  }
  return { cases: rows.length, figures, absent: [] };
};

/** Is the alarm right by the letter: a number, date, name or quotation whose digits or letters the body does not hold? */
function isAbsent({ kind, said }: FactProblem, body: string): boolean {
  if (!['number', 'unit', 'date', 'name', 'version', 'quotation'].includes(kind)) return false;
  // GLM-5 beside GLM-5.1: the version as a whole stands nowhere, whatever else has a 5.
  if (kind === 'version') {
    const joined = (text: string) => text.toLowerCase().replace(/[\s*`_-]/g, '');
    return !new RegExp(`${joined(said).replaceAll('.', '\\.')}(?!\\d|\\.\\d)`).test(joined(body));
  }
  const digits = said.match(/\d+(?:\.\d+)?/g) ?? [];
  const plain = body.replace(/(?<=\d),(?=\d)/g, '');
  if (digits.length > 0 && kind !== 'name')
    return digits.some(
      (one) => !new RegExp(`(?<![\\d.])${one.replace('.', '\\.')}(?![\\d]|\\.\\d)`).test(plain),
    );
  // 四成, 一个月: neither so nor in digits.
  const han = /[零一二两三四五六七八九十百千万亿半点]+/.exec(said)?.[0];
  if (digits.length === 0 && kind !== 'name' && kind !== 'quotation') {
    const value = han === undefined ? undefined : readHanNumber(han);
    const forms = value === undefined ? [] : [value, ...(said.includes('成') ? [value * 10] : [])];
    return (
      !plain.includes(said) &&
      !(han !== undefined && plain.includes(han)) &&
      forms.every((form) => !new RegExp(`(?<![\\d.])${form}(?![\\d]|\\.\\d)`).test(plain))
    );
  }
  // `GPT` in `ChatGPT` is no GPT.
  if (kind === 'name' && /^[\w .+-]+$/.test(said))
    return !new RegExp(`(?<![A-Za-z])${said.replace(/[.+]/g, '\\$&')}(?![A-Za-z])`, 'i').test(plain);
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return (kind === 'name' || kind === 'quotation') && !letters(body).includes(letters(said));
}

function problemsOf(claims: readonly CheckedClaim[]) {
  return claims.flatMap((claim) => (claim.ok ? [] : claim.problems));
}

function missed({ kind, was, is }: ChangedSummary): string {
  return `missed ${kind.padEnd(10)} ${was} -> ${is}`;
}

import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { letterPairs } from '../text/similarity.ts';
import { stripEnd } from './clean-title.ts';
import { shorterForms } from './shorten.ts';
import { withoutByline, withoutLink } from './source-text.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Later sentences are background. */
const SENTENCES_READ = 5;
const CLAUSES_READ = 8;
/** Neighbouring clauses that may stand in one headline. */
const CLAUSES_JOINED = 2;
/** Shorter says too little; longer is no headline. */
const LENGTHS = { least: 8, wanted: 20, most: 26 } as const;

/** `近日，`, `2026年3月10日下午，`: when it was is not what it was. */
const TIME =
  /^(?:近日|日前|今日|昨日|昨天|今天|今年|去年|目前|最近|近期|本周|上周|昨晚|当地时间)?，?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:上午|下午|晚间|晚|凌晨|早间|中午)?[，,]?(?=\S{8})/u;
/** Says that somebody says: the colon says it, too. */
const SAYS = /^(.{2,12}?)(?:表示|(?<![著堪号简又名声俗宣职])称|指出|认为|透露|强调)[，：]+/u;

/** A clause that could be the headline; `weight`: how much it looks like the ones that people write. */
export type TextClause = { text: string; weight: number };

/**
 * The clauses of a text without a title, weighed by how much of what the text keeps saying they say (its repeated
 * character pairs), by place and length. Weights: least squares of character ROUGE over the clauses of 725 short news
 * texts whose headlines people wrote, every other one.
 */
export function clausesForHeadline(text: string, desk: WritingDesk): TextClause[] {
  const counts = new Map<string, number>();
  for (const pair of letterPairs(text)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return sentencesOf(text)
    .slice(0, SENTENCES_READ)
    .flatMap((sentence, place) =>
      runsOf(withoutLink(withoutByline(sentence), desk).replace(TIME, '')).flatMap(({ run, start }) =>
        formsOf(run, desk).map((form) => ({
          text: form,
          weight: weightOf(form, place, start, counts, desk),
        })),
      ),
    );
}

function runsOf(sentence: string): { run: string; start: number }[] {
  const clauses = clausesOf(sentence).slice(0, CLAUSES_READ);
  return clauses.flatMap((_, start) =>
    Array.from({ length: Math.min(CLAUSES_JOINED, clauses.length - start) }, (__, more) => ({
      run: stripEnd(clauses.slice(start, start + more + 1).join('')),
      start,
    })),
  );
}

function formsOf(run: string, desk: WritingDesk): string[] {
  const said = run.replace(SAYS, '$1：');
  const forms = [run, said, ...shorterForms(said, LENGTHS.wanted, desk)].map(stripEnd);
  return [...new Set(forms)].filter((form) => {
    const length = visibleLength(form);
    return length >= LENGTHS.least && length <= LENGTHS.most && /\p{Script=Han}/u.test(form);
  });
}

function weightOf(
  form: string,
  place: number,
  start: number,
  counts: ReadonlyMap<string, number>,
  desk: WritingDesk,
): number {
  const pairs = [...new Set(letterPairs(form))];
  const repeated = pairs.reduce((sum, pair) => sum + Math.log(counts.get(pair) ?? 1), 0);
  const names = desk.findNames(form);
  return (
    0.02 * repeated +
    0.14 * (repeated / (pairs.length + 1)) +
    0.085 * (Math.min(visibleLength(form), LENGTHS.wanted) / LENGTHS.wanted) +
    (place === 0 ? 0.05 : 0) +
    (start === 0 ? 0.025 : 0) +
    (names.length > 0 ? 0.065 : 0) +
    (names[0]?.start === 0 ? 0.06 : 0) +
    (form.includes('：') ? 0.04 : 0) +
    (/[我你]/.test(form) ? -0.04 : 0)
  );
}

import { visibleLength } from '../text/length.ts';
import { sentencesOf } from '../text/sentences.ts';
import { letterPairs } from '../text/similarity.ts';
import { stripEnd } from './clean-title.ts';
import { HEADLINE_FEATURES } from './headline-weights.ts';
import { type TextClause, textClauses } from './text-clauses.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Longer than this many times the house's most is no headline while there is anything shorter. */
const MOST = 2;

/**
 * The clause of a text without a title that is most like a headline: sound, then the first that says who did what, then
 * by the weights. Empty for a text without words. Cost: linear in the text, which should be its beginning.
 */
export function headlineFromText(text: string, desk: WritingDesk): string {
  const candidates = headlineCandidates(text, desk);
  const values = headlineFeatures(candidates, text, desk);
  let best: { text: string; score: number } | undefined;
  for (const [n, { text: said }] of candidates.entries()) {
    const score = HEADLINE_FEATURES.reduce(
      (sum, name, at) => sum + desk.headlineWeights[name] * (values[n]?.[at] ?? 0),
      0,
    );
    if (best === undefined || score > best.score) best = { text: said, score };
  }
  // One quotation as long as the text has no clauses.
  return best?.text ?? stripEnd(sentencesOf(text)[0] ?? '');
}

/** The clauses among which the weights decide. */
export function headlineCandidates(text: string, desk: WritingDesk): TextClause[] {
  const all = textClauses(text, desk);
  const sound = all.filter((clause) => clause.sound);
  const event = sound.filter(
    (clause) => clause.sentence === 0 && clause.start === 0 && isEvent(clause.text, desk),
  );
  // Without a sound clause as much of the first sentence as a headline holds, rather than half of any.
  const lead = all.filter((clause) => clause.sentence === 0 && clause.start === 0);
  const fullest = lead.filter(({ after }) => after === Math.min(...lead.map((one) => one.after)));
  const pool = [event, sound, fullest, all].find(({ length }) => length > 0) ?? [];
  const short = pool.filter((clause) => visibleLength(clause.text) <= MOST * desk.style.length.headline.most);
  return short.length > 0 ? short : pool;
}

/** Begins with a name and says what it does. */
function isEvent(text: string, { style, findNames }: WritingDesk): boolean {
  const named = /^[A-Z]/.test(text) || (findNames(text)[0]?.start ?? text.length) <= NAME_BY;
  return named && style.summary.actions.some((verb) => text.includes(verb));
}

/** `杭州的青石…`: what may stand before the name. */
const NAME_BY = 6;

/** One row of values for each clause. `text`: all of which what is repeated is counted. */
export function headlineFeatures(
  clauses: readonly TextClause[],
  text: string,
  { findNames, style }: WritingDesk,
): number[][] {
  const wanted = style.length.headline.most;
  const counts = new Map<string, number>();
  for (const pair of letterPairs(text)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return clauses.map(({ text: said, sentence, start, after }) => {
    const length = visibleLength(said);
    const pairs = [...new Set(letterPairs(said))];
    const repeated = pairs.reduce((sum, pair) => sum + Math.log(counts.get(pair) ?? 1), 0);
    const name = findNames(said)[0];
    const latin = (said.match(/[A-Za-z]/g)?.length ?? 0) / length;
    const first = sentence === 0 && start === 0;
    return [
      repeated,
      (repeated / (pairs.length + 1)) * 5,
      (Math.min(length, wanted) / wanted) * 4,
      Math.max(0, length - wanted) / 4,
      Number(sentence === 0),
      Number(sentence === 1),
      Number(start === 0),
      Number(first),
      Number(after === 0),
      Number(name !== undefined),
      Number(name?.start === 0),
      Number(first && name?.start === 0),
      Number(first && latin > 0.3),
      Number(said.includes('：')),
      said.split('，').length - 1,
      said.split('、').length - 1,
      Number(/[我你]/.test(said)),
      Number(/[？?]/.test(said)),
      Number(/[“《]/.test(said)),
      latin,
    ];
  });
}

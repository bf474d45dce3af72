import { rouge } from '../eval/rouge.ts';
import { headlineSets, type TextWithTitle } from '../eval/sets/headlines.ts';
import { visibleLength } from '../src/text/length.ts';
import { sentencesOf } from '../src/text/sentences.ts';
import { headlineCandidates, headlineFeatures } from '../src/write/headline-from-text.ts';
import { HEADLINE_FEATURES, type HeadlineWeights } from '../src/write/headline-weights.ts';
import type { WritingDesk } from '../src/write/writing-desk.ts';

const ROUNDS = 500;
const RATE = 25;
/** Keeps weights of rare features small. */
const RIDGE = 0.0001;
/** A little of the gain is for saying much, the rest for beating the first sentence cut to the same length. */
const FOR_ITSELF = 0.1;

/**
 * Weights under which the expected ROUGE-1 above the first sentence of equal length is highest, when each clause is
 * chosen with the probability of its score (softmax); by gradient ascent, on the first halves of the sets only.
 */
export function fitHeadline(data: string, desk: WritingDesk): { weights: HeadlineWeights; texts: number } {
  const rows = Object.values(headlineSets(data))
    .flatMap((set) => set ?? [])
    .filter(({ half }) => half === 'first')
    .map((row) => candidatesOf(row, desk))
    .filter(({ gains }) => gains.length > 1);
  const weights = new Float64Array(HEADLINE_FEATURES.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = new Float64Array(weights.length);
    for (const { values, gains } of rows) {
      const chances = softmax(
        values.map((row) => row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)),
      );
      const mean = gains.reduce((sum, gain, n) => sum + gain * (chances[n] ?? 0), 0);
      for (const [n, row] of values.entries()) {
        const pull = (chances[n] ?? 0) * ((gains[n] ?? 0) - mean);
        for (const [at, value] of row.entries()) slope[at] = (slope[at] ?? 0) + pull * value;
      }
    }
    for (const [at, weight] of weights.entries())
      weights[at] = weight + RATE * ((slope[at] ?? 0) / rows.length - RIDGE * weight);
  }
  const named = HEADLINE_FEATURES.map((name, at) => [name, Math.round((weights[at] ?? 0) * 1000) / 1000]);
  return { weights: Object.fromEntries(named), texts: rows.length };
}

function candidatesOf({ headline, text }: TextWithTitle, desk: WritingDesk) {
  const candidates = headlineCandidates(text, desk);
  const first = [...(sentencesOf(text)[0] ?? '')];
  const gains = candidates.map(({ text: said }) => {
    const own = rouge(said, headline).r1;
    return own - rouge(first.slice(0, visibleLength(said)).join(''), headline).r1 + FOR_ITSELF * own;
  });
  return { values: headlineFeatures(candidates, text, desk), gains };
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - most));
  const sum = odds.reduce((all, one) => all + one, 0);
  return odds.map((one) => one / sum);
}

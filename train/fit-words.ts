import { type PlainPiece, WORD_CHARS, type WordModels, wordFinder } from '../src/sift/word-model.ts';
import type { NameFinder } from '../src/text/names.ts';
import type { Segmenter } from '../src/text/segment.ts';

/** One labelled piece. `labels`: by model 1 or 0, undefined where the piece says nothing about it. */
export type WordExample = {
  day: string;
  piece: PlainPiece;
  values: Float64Array;
  labels: Readonly<Record<string, 0 | 1 | undefined>>;
};

/** How words are cut, and which of them are names: those are news of some months, and the table says what each is. */
export type WordTools = { segment: Segmenter; findNames: NameFinder };

/** A word that fewer days have is chance, or the name of one affair. */
const DAYS_LEAST = 4;
/** What a squared weight of a trait and of a word costs. */
const RIDGE = { trait: 1, word: 1 };
/**
 * English words that carry grammar: what they seem to say of a section is chance, and no reason an editor can take. Leaving them
 * out costs sections 0.003 of macro-F1 on days held back and gives noise as much.
 */
const FUNCTION_WORDS = new Set(
  (
    'a about after all also an and any are as at be been before between both but by can could did do does down during each ' +
    'every for from had has have he her his i if in into is it its just may might more most must my no nor not of off on only ' +
    'or our out over own same she should so some such than that the their then there these they this those through to too ' +
    'under up us very was we were will with would you your'
  ).split(' '),
);
/** Rounds over all weights; the last ones move none by more than a hundredth. */
const ROUNDS = 20;
/** No weight moves further in one round. */
const STEP_MOST = 1;

/**
 * Fits a logistic regression with a ridge for each of `models`, one weight after the other by Newton's step (Genkin, Lewis
 * and Madigan 2007). Nothing is drawn by lot. Cost: rounds x models x examples x words of one.
 */
export function fitWords(
  examples: readonly WordExample[],
  traits: readonly string[],
  models: readonly string[],
  { segment, findNames }: WordTools,
): WordModels {
  const isName = (word: string) => findNames(word).length > 0;
  const words = frequentWords(examples, segment).filter((word) => !isName(word));
  const find = wordFinder(words);
  const columns = [...traits, ...words].map((): Column => ({ rows: [], values: [] }));
  examples.forEach(({ piece, values }, row) => {
    for (const [at, value] of values.entries()) put(columns[at], row, value);
    for (const [word, share] of find(piece)) put(columns[traits.length + word], row, share);
  });
  const fitted = models.map((model) => {
    const labels = examples.map((example) => example.labels[model]);
    return fitOne(columns, labels, traits.length);
  });
  return {
    models: Object.fromEntries(
      models.map((model, place) => {
        const { intercept = 0, weights = new Float64Array() } = fitted[place] ?? {};
        const named = traits.map((name, at) => [name, round(weights[at] ?? 0)] as const);
        return [
          model,
          {
            intercept: round(intercept),
            traits: Object.fromEntries(named.filter(([, slope]) => slope !== 0)),
          },
        ];
      }),
    ),
    words: Object.fromEntries(
      words
        .map(
          (word, at) => [word, fitted.map(({ weights }) => round(weights[traits.length + at] ?? 0))] as const,
        )
        .filter(([, weights]) => weights.some((weight) => weight !== 0)),
    ),
  };
}

/** Words of at least two letters that stand in titles or openings of several days. */
function frequentWords(examples: readonly WordExample[], segment: Segmenter): string[] {
  const days = new Map<string, Set<string>>();
  for (const { day, piece } of examples) {
    for (const word of segment(`${piece.title}\n${piece.text.slice(0, WORD_CHARS)}`)) {
      if (word.length < 2 || !/^\p{L}+$/u.test(word) || FUNCTION_WORDS.has(word.toLowerCase())) continue;
      const seen = days.get(word) ?? new Set();
      days.set(word, seen.add(day));
    }
  }
  return [...days].flatMap(([word, seen]) => (seen.size >= DAYS_LEAST ? [word] : [])).toSorted();
}

/** The examples in which a trait or word is not nought. */
type Column = { rows: number[]; values: number[] };

function put(column: Column | undefined, row: number, value: number): void {
  if (value === 0) return;
  column?.rows.push(row);
  column?.values.push(value);
}

function fitOne(
  columns: readonly Column[],
  labels: readonly (0 | 1 | undefined)[],
  traits: number,
): { intercept: number; weights: Float64Array } {
  const scores = new Float64Array(labels.length);
  const weights = new Float64Array(columns.length);
  const everywhere: Column = { rows: [...labels.keys()], values: labels.map(() => 1) };
  let intercept = 0;
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    intercept += move(everywhere, labels, scores, 0, 0);
    columns.forEach((column, at) => {
      const ridge = at < traits ? RIDGE.trait : RIDGE.word;
      weights[at] = (weights[at] ?? 0) + move(column, labels, scores, weights[at] ?? 0, ridge);
    });
  }
  return { intercept, weights };
}

/** One Newton step of one weight; the scores follow it. */
function move(
  { rows, values }: Column,
  labels: readonly (0 | 1 | undefined)[],
  scores: Float64Array,
  weight: number,
  ridge: number,
): number {
  let slope = ridge * weight;
  let curve = ridge + 1e-6;
  for (let n = 0; n < rows.length; n += 1) {
    const row = rows[n] ?? 0;
    const label = labels[row];
    if (label === undefined) continue;
    const value = values[n] ?? 0;
    const chance = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
    slope += (chance - label) * value;
    curve += chance * (1 - chance) * value * value;
  }
  const by = Math.max(-STEP_MOST, Math.min(STEP_MOST, -slope / curve));
  for (let n = 0; n < rows.length; n += 1) {
    const row = rows[n] ?? 0;
    scores[row] = (scores[row] ?? 0) + by * (values[n] ?? 0);
  }
  return by;
}

/** Hundredths: finer weights would only make the file longer. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

import { z } from 'zod';
import type { Reason } from '../domain/story.ts';
import { createPhraseFinder } from '../text/find-phrases.ts';

/**
 * Logistic regressions over readable traits and single words, all over the same words: each trait and each word adds so
 * many log odds. One can read it, and say for each decision which word gave how much.
 */
export const wordModelsSchema = z.object({
  /** By what is decided: log odds before anything is looked at, and by trait what one unit of it adds. */
  models: z.record(z.string(), z.object({ intercept: z.number(), traits: z.record(z.string(), z.number()) })),
  /** By word: what it adds in a title, one number for each of `models` in their order. */
  words: z.record(z.string(), z.array(z.number())),
});

export type WordModels = z.infer<typeof wordModelsSchema>;

/** Title and opening in simplified Chinese, as `simplified` gives them. */
export type PlainPiece = { title: string; text: string };

/** What the models say of one piece. */
export type WordScores = {
  /** Log odds of one model; undefined when there is none of this name. */
  score(model: string): number | undefined;
  /** What single words add to it, in log odds. */
  words(model: string): Reason[];
};

/** A text tells its subject in its first sentences. Labelled days have snippets hardly longer, a newsroom reads whole pages. */
export const WORD_CHARS = 300;
/** A word in the text counts this much of one in the title. */
const TEXT_SHARE = 0.5;
/**
 * All words of the text together count no more than so many of a title, however many there are: labelled days have a line of
 * text for most pieces, a newsroom whole pages. Days held back come out the same without it; of 24 sample articles on whole
 * pages 19 instead of 21 stand in the right section.
 */
const TEXT_MOST = 4;

/** Each word of the list that the piece has, once: at full weight where the title has it. Cost: one walk over both. */
export function wordFinder(words: readonly string[]): (piece: PlainPiece) => Map<number, number> {
  const find = createPhraseFinder(words.map((phrase, value) => ({ phrase, value })));
  return ({ title, text }) => {
    const shares = new Map<number, number>();
    const inText = new Set(find(text.slice(0, WORD_CHARS)).map(({ value }) => value));
    const share = Math.min(TEXT_SHARE, TEXT_MOST / inText.size);
    for (const value of inText) shares.set(value, share);
    for (const { value } of find(title)) shares.set(value, 1);
    return shares;
  };
}

/** Prepares models for values in the order of `names`; a trait they do not know adds nothing. */
export function createWordScorer(
  { models, words }: WordModels,
  names: readonly string[],
): (piece: PlainPiece, values: Float64Array) => WordScores {
  const list = Object.keys(words);
  const weights = list.map((word) => Float64Array.from(words[word] ?? []));
  const find = wordFinder(list);
  const prepared = new Map(
    Object.entries(models).map(([model, { intercept, traits }], place) => [
      model,
      { place, intercept, slopes: Float64Array.from(names, (name) => traits[name] ?? 0) },
    ]),
  );
  return (piece, values) => {
    const found = find(piece);
    return {
      score(model) {
        const one = prepared.get(model);
        if (one === undefined) return undefined;
        let sum = one.intercept;
        one.slopes.forEach((slope, at) => {
          sum += slope * (values[at] ?? 0);
        });
        for (const [word, share] of found) sum += (weights[word]?.[one.place] ?? 0) * share;
        return sum;
      },
      words(model) {
        const one = prepared.get(model);
        if (one === undefined) return [];
        return [...found].map(([word, share]) => ({
          signal: `用词：${share === 1 ? '标题' : '正文'}有“${list[word]}”`,
          weight: Math.round((weights[word]?.[one.place] ?? 0) * share * 100) / 100,
        }));
      },
    };
  };
}

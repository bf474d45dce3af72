import type { LabelledDays } from '../eval/sets/labelled-days.ts';
import { NOISE_MODELS, noiseFeatureNames, noiseFeatures } from '../src/sift/noise-features.ts';
import { createSignReader } from '../src/sift/noise-signs.ts';
import { plainPiece } from '../src/sift/plain-piece.ts';
import type { NoiseRules } from '../src/sift/rules.ts';
import type { WordModels } from '../src/sift/word-model.ts';
import type { NameFinder } from '../src/text/names.ts';
import { fitWords, type WordExample, type WordTools } from './fit-words.ts';

const PROMOTIONS: ReadonlySet<string> = new Set(['advert', 'event', 'recruiting']);

/** Labelled articles as examples of the models of noise. */
export function noiseExamples(days: LabelledDays, rules: NoiseRules, findNames: NameFinder): WordExample[] {
  return [...days].flatMap(([day, rows]) => {
    const signsOf = createSignReader(
      rules,
      findNames,
      rows.map(({ article }) => article),
    );
    return rows.map(({ article, label: { noise } }) => {
      const piece = plainPiece(article);
      const values = noiseFeatures(article, piece, signsOf(article, piece), { rules, findNames });
      return { day, piece, values, labels: labelsOf(noise) };
    });
  });
}

/** What tells off-topic pieces, and those that want to sell, invite or hire, from news. */
export function fitNoise(examples: readonly WordExample[], rules: NoiseRules, tools: WordTools): WordModels {
  return fitWords(examples, noiseFeatureNames(rules), NOISE_MODELS, tools);
}

/** Other kinds of noise say nothing of either: a bare line may be about anything. */
function labelsOf(noise: string | null): Record<(typeof NOISE_MODELS)[number], 0 | 1 | undefined> {
  if (noise === null) return { 'off-topic': 0, promotion: 0 };
  return {
    'off-topic': noise === 'off-topic' ? 1 : undefined,
    promotion: PROMOTIONS.has(noise) ? 1 : undefined,
  };
}

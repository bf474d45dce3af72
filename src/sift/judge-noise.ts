import type { Article } from '../domain/article.ts';
import type { NoiseKind, Reason } from '../domain/story.ts';
import type { NameFinder } from '../text/names.ts';
import { type KindSigns, noiseFeatureNames, noiseFeatures } from './noise-features.ts';
import { createSignReader } from './noise-signs.ts';
import { compileRules, sumOf } from './phrase-rules.ts';
import { plainPiece } from './plain-piece.ts';
import type { NoiseRules } from './rules.ts';
import { createWordScorer, type WordModels } from './word-model.ts';

/**
 * `relevance`: points by which the piece is about AI, above what it takes, as the doubtful one of rules and model says; 0 at
 * the line and beyond. `promotion`: 0..1, how near the piece comes to one that wants to sell, invite or hire.
 */
export type NoiseVerdict = {
  kind: NoiseKind | null;
  reasons: Reason[];
  relevance: number;
  promotion: number;
};
export type NoiseJudge = (article: Article) => NoiseVerdict;

/** Log odds from which a piece wants to sell, invite or hire. */
const PROMOTION_FROM = -0.5;
/** Log odds below which nothing of that is suspected: of labelled news held back, nine in ten lie lower. */
const PROMOTION_NEAR = -2.5;
/** The kinds of such pieces, by what the rules find of each; an advert where they find nothing. */
const PROMOTIONS: ReadonlySet<NoiseKind> = new Set(['advert', 'event', 'recruiting']);
/** Words that add less, in log odds, are no reason to show. */
const WORD_LEAST = 0.2;

/**
 * Prepares to judge whether articles are noise. Whether a piece is about AI, and whether it wants to sell, invite or hire,
 * a trained model says that weighs what the rules find, and single words; the other kinds are told by rules alone.
 * `batch` is all of the day's articles: what else a publisher brings tells whether a title without any word of the field
 * (a nickname, a joke) is still about it.
 */
export function createNoiseJudge(
  rules: NoiseRules,
  models: WordModels,
  findNames: NameFinder,
  batch: readonly Article[],
): NoiseJudge {
  const signsOf = createSignReader(rules, findNames, batch);
  const scorer = createWordScorer(models, noiseFeatureNames(rules));
  return (article) => {
    const piece = plainPiece(article);
    const signs = signsOf(article, piece);
    const scores = scorer(piece, noiseFeatures(article, piece, signs, { rules, findNames }));
    const away = scores.score('off-topic') ?? -signs.relevance;
    const promotion = scores.score('promotion') ?? Number.NEGATIVE_INFINITY;
    const verdict = (kind: NoiseKind | null, reasons: readonly Reason[]): NoiseVerdict => ({
      kind,
      reasons: strongest(reasons),
      relevance: Math.max(0, Math.min(signs.relevance, -away)),
      promotion: between(PROMOTION_NEAR, PROMOTION_FROM, promotion),
    });
    if (away > 0)
      return verdict('off-topic', orNothing([...signs.about, ...against(scores.words('off-topic'))]));
    const told = loudest(signs.kinds);
    if (told !== undefined && told.over >= 0) return verdict(told.kind, told.reasons);
    if (promotion >= PROMOTION_FROM) {
      const nearest = loudest(
        signs.kinds.filter(({ kind, reasons }) => PROMOTIONS.has(kind) && reasons.length > 0),
      );
      return verdict(nearest?.kind ?? 'advert', [
        ...(nearest?.reasons ?? []),
        ...shown(scores.words('promotion')),
      ]);
    }
    return verdict(null, signs.about);
  };
}

/** The kind with the most points above its threshold, the first on a tie. */
function loudest(kinds: readonly KindSigns[]): KindSigns | undefined {
  return kinds.reduce<KindSigns | undefined>(
    (most, one) => (most === undefined || one.over > most.over ? one : most),
    undefined,
  );
}

/** 0 at `from` and below, 1 at `to` and above. */
function between(from: number, to: number, value: number): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}

function shown(words: readonly Reason[]): Reason[] {
  return words.filter(({ weight }) => Math.abs(weight) >= WORD_LEAST);
}

/** Words of the model of what is off-topic, as points for being about AI, like those of the rules. */
function against(words: readonly Reason[]): Reason[] {
  return shown(words).map(({ signal, weight }) => ({ signal, weight: -weight }));
}

/** Whether a title alone says that the piece is noise of this kind: a digest of many events, an invitation. */
export function createTitleTest(
  rules: NoiseRules,
  kind: NoiseKind,
): (article: Pick<Article, 'title'>) => boolean {
  const noise = rules.kinds.find((one) => one.kind === kind);
  if (noise === undefined) return () => false;
  const match = compileRules(noise.rules);
  return (article) => sumOf(match({ title: article.title, text: '' })) >= noise.threshold;
}

function orNothing(reasons: Reason[]): Reason[] {
  return reasons.length > 0
    ? strongest(reasons)
    : [{ signal: '没有提到任何与 AI 有关的词或名字', weight: 0 }];
}

/** The few reasons an editor wants to see. */
export function strongest(reasons: readonly Reason[], most = 6): Reason[] {
  return reasons.toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight)).slice(0, most);
}

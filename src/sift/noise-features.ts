import type { Article } from '../domain/article.ts';
import type { NoiseKind, Reason } from '../domain/story.ts';
import type { NameFinder } from '../text/names.ts';
import { sumOf } from './phrase-rules.ts';
import type { NoiseRules } from './rules.ts';
import { TITLE_TRAITS, titleTraits } from './title-traits.ts';
import type { PlainPiece } from './word-model.ts';

/** What the models of noise decide: whether a piece is about something else, or wants to sell, invite or hire. */
export const NOISE_MODELS = ['off-topic', 'promotion'] as const;

/** What the rules of one kind of noise find; `over`: their points above its threshold. */
export type KindSigns = { kind: NoiseKind; reasons: Reason[]; over: number };

/** What the rules say of a piece before a model is asked. */
export type NoiseSigns = {
  /** What speaks for and against its being about AI. */
  about: readonly Reason[];
  /** The points of all that, with its publisher's, above what it takes. */
  relevance: number;
  /** Log odds that a piece of its publisher is about AI. */
  publisher: number;
  kinds: readonly KindSigns[];
};

/** Phrases of one kind beyond this many tell no more. */
const COUNT_MOST = 3;
/** Points of names beyond this many tell no more. */
const NAMES_MOST = 6;
/** Points above the line beyond this many tell no more; below it there is no such limit, so that a rule can say no. */
const RELEVANCE_MOST = 6;
/** Near the line each point tells most. */
const NEAR_THE_LINE = 2;
const KIND_MOST = 4;

const NAMES_SIGN = '名字';

/** What the models of noise look at beside words. */
export function noiseFeatureNames(rules: NoiseRules): string[] {
  return [
    ...whysOf(rules).flatMap((why) => [`标题 ${why}`, `正文 ${why}`]),
    `标题 ${NAMES_SIGN}`,
    `正文 ${NAMES_SIGN}`,
    '与 AI 有关的分',
    '线下的分',
    '线附近的分',
    '在线上',
    '刊物',
    ...rules.kinds.map(({ kind }) => `规则 ${kind}`),
    ...TITLE_TRAITS,
  ];
}

/** The values of `noiseFeatureNames` for one article. */
export function noiseFeatures(
  article: Article,
  piece: PlainPiece,
  { about, relevance, publisher, kinds }: NoiseSigns,
  { rules, findNames }: { rules: NoiseRules; findNames: NameFinder },
): Float64Array {
  const count = (start: string) => about.filter(({ signal }) => signal.startsWith(start)).length;
  const names = (place: string) =>
    Math.min(NAMES_MOST, sumOf(about.filter(({ signal }) => signal.startsWith(`${place}提到`))));
  return Float64Array.from([
    ...whysOf(rules).flatMap((why) =>
      ['标题', '正文'].map((place) => Math.min(COUNT_MOST, count(`${why}：${place}`))),
    ),
    names('标题'),
    names('正文'),
    Math.min(RELEVANCE_MOST, relevance),
    Math.min(0, relevance),
    Math.min(NEAR_THE_LINE, Math.max(0, relevance)),
    relevance >= 0 ? 1 : 0,
    publisher,
    ...rules.kinds.map(({ kind, threshold }) => {
      const found = kinds.find((one) => one.kind === kind);
      return found === undefined ? 0 : Math.min(KIND_MOST, found.over + threshold);
    }),
    ...titleTraits(article, piece, findNames),
  ]);
}

function whysOf({ relevance }: NoiseRules): string[] {
  return [...new Set([...relevance.words, ...relevance.against].map(({ why }) => why))];
}

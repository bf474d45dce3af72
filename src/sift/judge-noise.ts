import { type Article, textOf } from '../domain/article.ts';
import type { NoiseKind, Reason } from '../domain/story.ts';
import type { NameFinder } from '../text/names.ts';
import { compileRules, sumOf } from './phrase-rules.ts';
import type { NoiseRules } from './rules.ts';

/** `relevance`: points by which the piece is about AI, above (or below) what it takes. */
export type NoiseVerdict = { kind: NoiseKind | null; reasons: Reason[]; relevance: number };
export type NoiseJudge = (article: Article) => NoiseVerdict;

/** How many pieces a publisher is assumed to have had before, half of them about AI: one piece proves little. */
const ASSUMED_PIECES = 4;
/** Characters of the text that tell its subject. */
const SUBJECT_CHARS = 600;
/** Points for each step of the log odds that a publisher's piece is about AI. */
const POINTS_PER_LOGIT = 1.2;
/** A title this short that names a model says little else: `Gemini 3.5 Flash`, `Claude Opus 4.7`. */
const MODEL_NAME_CHARS = 20;
/** Addresses of questions on question-and-answer sites. */
const QUESTION_PAGE = /\/(q|question|questions)\/\d/;

/**
 * Prepares to judge whether articles are noise. `batch` is all of the day's articles: what else a publisher brings tells
 * whether a title without any word of the field (a nickname, a joke) is still about it.
 */
export function createNoiseJudge(
  rules: NoiseRules,
  findNames: NameFinder,
  batch: readonly Article[],
): NoiseJudge {
  const aboutAi = createRelevance(rules, findNames);
  const kinds = rules.kinds.map((kind) => ({ ...kind, match: compileRules(kind.rules) }));
  const publishers = shareOnTopic(batch, (article) => sumOf(aboutAi(article)) >= rules.relevance.threshold);
  return (article) => {
    const about = [...aboutAi(article), ...fromPublisher(article, publishers, rules)];
    const relevance = sumOf(about) - rules.relevance.threshold;
    if (relevance < 0) return { kind: 'off-topic', reasons: orNothing(about), relevance };
    const text = textOf(article);
    const piece = { title: article.title, text };
    let worst: { kind: NoiseKind; reasons: Reason[]; over: number } | undefined;
    for (const { kind, threshold, match } of kinds) {
      // «GPT-5.2» as a whole title is news, though it looks like a bare version number.
      if (kind === 'thin' && isModelName(article.title, findNames)) continue;
      const thin = kind === 'thin' ? [...forumQuestion(article, rules), ...bareLine(article, rules)] : [];
      const reasons = [...match(piece), ...thin];
      const over = sumOf(reasons) - threshold;
      if (over >= 0 && (worst === undefined || over > worst.over)) worst = { kind, reasons, over };
    }
    return worst === undefined
      ? { kind: null, reasons: strongest(about), relevance }
      : { kind: worst.kind, reasons: worst.reasons, relevance };
  };
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

function isModelName(title: string, findNames: NameFinder): boolean {
  return title.length <= MODEL_NAME_CHARS && findNames(title).some((hit) => hit.name.kind === 'model');
}

/** What speaks for and against a piece being about AI, before its publisher is asked. */
function createRelevance(rules: NoiseRules, findNames: NameFinder): (article: Article) => Reason[] {
  const { words, against, textShare, textCap } = rules.relevance;
  const match = compileRules([...words, ...against], 1);
  return (article) => {
    const text = textOf(article).slice(0, SUBJECT_CHARS);
    const inTitle = [
      ...match({ title: article.title, text: '' }),
      ...byNames(findNames, article.title, '标题'),
    ];
    const inText = [...match({ title: '', text }), ...byNames(findNames, text, '正文')].map((reason) => ({
      signal: reason.signal,
      weight: reason.weight * textShare,
    }));
    const over = sumOf(inText) - textCap;
    return over > 0
      ? [...inTitle, ...inText, { signal: '正文只算到上限', weight: -over }]
      : [...inTitle, ...inText];
  };
}

function byNames(findNames: NameFinder, text: string, place: string): Reason[] {
  const names = new Set(findNames(text).map((hit) => hit.name));
  return [...names]
    .filter((name) => name.ai > 0)
    .map((name) => ({ signal: `${place}提到 ${name.name}`, weight: name.ai }));
}

function shareOnTopic(
  batch: readonly Article[],
  onTopic: (article: Article) => boolean,
): Map<string, { share: number; total: number }> {
  const counts = new Map<string, { yes: number; total: number }>();
  for (const article of batch) {
    const count = counts.get(article.publisher) ?? { yes: 0, total: 0 };
    count.total += 1;
    if (onTopic(article)) count.yes += 1;
    counts.set(article.publisher, count);
  }
  return new Map(
    [...counts].map(([publisher, { yes, total }]) => [
      publisher,
      { share: (yes + ASSUMED_PIECES / 2) / (total + ASSUMED_PIECES), total },
    ]),
  );
}

/** A publisher that always writes about AI lends its other pieces some of that, and the reverse. */
function fromPublisher(
  article: Article,
  publishers: ReadonlyMap<string, { share: number; total: number }>,
  rules: NoiseRules,
): Reason[] {
  const known = publishers.get(article.publisher);
  if (known === undefined || known.total < 2) return [];
  const odds = Math.log(known.share / (1 - known.share));
  const { publisherWeight, publisherPenalty } = rules.relevance;
  const weight = Math.max(-publisherPenalty, Math.min(publisherWeight, odds * POINTS_PER_LOGIT));
  const percent = Math.round(known.share * 100);
  return [{ signal: `${article.publisher} 这批文章约 ${percent}% 与 AI 有关`, weight }];
}

function forumQuestion(article: Article, rules: NoiseRules): Reason[] {
  if (!QUESTION_PAGE.test(article.url) || textOf(article).length >= rules.thinTextChars) return [];
  return [{ signal: '问答站的提问，没有正文', weight: 3 }];
}

/** The whole page was read, and there is no more than a line. (A feed's line may hide an article.) */
function bareLine({ body }: Article, rules: NoiseRules): Reason[] {
  if (body.kind !== 'page' || body.text.length >= rules.thinTextChars) return [];
  return [{ signal: `原文只有 ${body.text.length} 字`, weight: 3 }];
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

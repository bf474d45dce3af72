import { type Article, textOf } from '../domain/article.ts';
import type { Reason } from '../domain/story.ts';
import type { NameFinder } from '../text/names.ts';
import type { NoiseSigns } from './noise-features.ts';
import { compileRules, sumOf } from './phrase-rules.ts';
import { plainPiece } from './plain-piece.ts';
import type { NoiseRules } from './rules.ts';
import type { PlainPiece } from './word-model.ts';

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

/** Prepares to read what the rules say of articles. `batch` is all of the day's, for what each publisher writes about. */
export function createSignReader(
  rules: NoiseRules,
  findNames: NameFinder,
  batch: readonly Article[],
): (article: Article, piece: PlainPiece) => NoiseSigns {
  const aboutAi = createRelevance(rules, findNames);
  const { threshold } = rules.relevance;
  const publishers = shareOnTopic(batch, (article) => sumOf(aboutAi(plainPiece(article))) >= threshold);
  const kinds = rules.kinds.map((kind) => ({ ...kind, match: compileRules(kind.rules) }));
  return (article, piece) => {
    const known = publishers.get(article.publisher);
    const about = [...aboutAi(piece), ...fromPublisher(article.publisher, known, rules)];
    return {
      about,
      relevance: sumOf(about) - threshold,
      publisher: known === undefined ? 0 : logOdds(known.share),
      kinds: kinds.flatMap(({ kind, threshold: least, match }) => {
        // «GPT-5.2» as a whole title is news, though it looks like a bare version number.
        if (kind === 'thin' && isModelName(article.title, findNames)) return [];
        const thin = kind === 'thin' ? [...forumQuestion(article, rules), ...bareLine(article, rules)] : [];
        const reasons = [...match(piece), ...thin];
        return [{ kind, reasons, over: sumOf(reasons) - least }];
      }),
    };
  };
}

function isModelName(title: string, findNames: NameFinder): boolean {
  return title.length <= MODEL_NAME_CHARS && findNames(title).some((hit) => hit.name.kind === 'model');
}

/** What speaks for and against a piece being about AI, before its publisher is asked. */
function createRelevance(rules: NoiseRules, findNames: NameFinder): (piece: PlainPiece) => Reason[] {
  const { words, against, textShare, textCap } = rules.relevance;
  const match = compileRules([...words, ...against], 1);
  return ({ title, text: opening }) => {
    const text = opening.slice(0, SUBJECT_CHARS);
    const inTitle = [...match({ title, text: '' }), ...byNames(findNames, title, '标题')];
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
  publisher: string,
  known: { share: number; total: number } | undefined,
  { relevance: { publisherWeight, publisherPenalty } }: NoiseRules,
): Reason[] {
  if (known === undefined || known.total < 2) return [];
  const points = logOdds(known.share) * POINTS_PER_LOGIT;
  const weight = Math.max(-publisherPenalty, Math.min(publisherWeight, points));
  const percent = Math.round(known.share * 100);
  return [{ signal: `${publisher} 这批文章约 ${percent}% 与 AI 有关`, weight }];
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share));
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

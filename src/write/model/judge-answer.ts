import { textOf } from '../../domain/article.ts';
import type { Brief, Evidence } from '../../domain/brief.ts';
import { visibleLength } from '../../text/length.ts';
import { repairTypography, withoutDecoration } from '../../text/typography.ts';
import { stripEnd } from '../clean-title.ts';
import { type CheckedClaim, checkFacts } from '../facts.ts';
import { factSourcesOf } from '../prove-brief.ts';
import { plainProse } from '../source-text.ts';
import type { Style } from '../style.ts';
import { acrossScripts } from './across-scripts.ts';
import type { BriefAnswer } from './brief-answer.ts';
import type { BriefQuestion } from './brief-question.ts';
import { withDigits } from './english-numbers.ts';
import { clausesQuoted, findQuote } from './find-quote.ts';
import { formProblems } from './form-problems.ts';
import { type Ground, groundingOf, readGround } from './grounding.ts';
import type { ModelDesk } from './model-desk.ts';
import { swappedParties } from './swapped-parties.ts';

/** What an answer was refused for. `length` alone is no untruth. */
export type AnswerProblemKind = 'form' | 'length' | 'evidence' | 'fact' | 'grounding';

export type AnswerProblem = {
  kind: AnswerProblemKind;
  /** The headline or sentence it is about; empty for the answer as a whole. */
  claim: string;
  /** Chinese, for an editor and for the model that has to mend it. */
  message: string;
  /** The source sentence to go by, where one is known. */
  source?: string;
};

/**
 * `good`: true as far as the checks reach and in form. `loose`: true, but longer or shorter than wished by little.
 * `wrong`: not to be published.
 */
export type JudgedAnswer =
  | { kind: 'good'; brief: Brief }
  | { kind: 'loose'; brief: Brief; problems: AnswerProblem[] }
  | { kind: 'wrong'; problems: AnswerProblem[] };

/** Off the wished length by more than this a brief breaks the page; by less a true one is better than one cut from sentences. */
const TOLERATED = { headline: { shorter: 3, longer: 6 }, summary: { share: 0.8, longer: 15 } } as const;
const MOST_SENTENCES = 4;
/**
 * Of the characters of a claim the sources must explain this share, of each clause the lesser one. Of 1,799 sentences
 * that editors wrote from a text 5 % and 6 % fall below; of as many from other texts 92 % and 80 %. For translations
 * there are no such figures: invented true ones lie at 0.6 and more, invented untrue ones below 0.55.
 */
const GROUNDED = { claim: 0.5, translated: 0.55, clause: 0.25 } as const;

/**
 * An answer read as a brief and judged: form, language, length, evidence word for word, and every fact against all
 * articles of the story. The link is the question's article, whatever the answer says. Pure; a few milliseconds.
 */
export function judgeAnswer(
  answer: BriefAnswer,
  question: BriefQuestion,
  desk: ModelDesk,
  writer: string,
): JudgedAnswer {
  const headline = stripEnd(tidied(answer.headline)).replace(/[。！!]+$/u, '');
  const sentences = fitted(
    answer.sentences.map(({ text, evidence }) => ({ text: closed(tidied(text)), evidence })),
    { least: question.least, most: desk.style.length.summary.most },
  );
  const summary = sentences.map(({ text }) => text).join('');
  const problems: AnswerProblem[] = [];
  const add = (kind: AnswerProblemKind, claim: string, messages: readonly string[], source?: string) => {
    for (const message of messages)
      problems.push({ kind, claim, message, ...(source === undefined ? {} : { source }) });
  };
  if (headline === '') add('form', '', ['没有标题']);
  if (sentences.length === 0) add('form', '', ['没有摘要']);
  if (sentences.length > MOST_SENTENCES) add('form', '', ['摘要最多三句']);
  for (const claim of [headline, ...sentences.map(({ text }) => text)])
    if (claim !== '') add('form', claim, formProblems(claim, desk.style, desk.findNames));
  const dangler = desk.style.summary.danglers.find((word) => summary.startsWith(word) && word !== '据');
  if (dangler !== undefined)
    add('form', sentences[0]?.text ?? '', [`第一句不能以「${dangler}」开头，要以主语开头`]);

  // Numbers that English spells out cannot be found otherwise; Chinese text has none of its words.
  const sources = factSourcesOf(question.file, desk).map((source) => ({
    ...source,
    title: withDigits(source.title),
    text: withDigits(`${speakerOf(source.id, question)}${source.text}`),
  }));
  const texts = question.file.articles.map((one) => `${one.title}\n${plainProse(textOf(one))}`);
  const ground = readGround(texts, desk.lexicon);
  const foreign = question.file.articles.every(({ language }) => language !== 'zh');
  const evidence: Evidence[] = [];
  const quotedBy = new Map<string, string>();
  for (const sentence of sentences) {
    const found = sentence.evidence.flatMap(({ article, quote }) => {
      const one = question.shown[article - 1];
      const source = one && findQuote(quote, one);
      return one && source !== undefined
        ? [{ source, articleId: one.id, clause: clausesQuoted(quote, source) }]
        : [];
    });
    const lost = sentence.evidence.find(
      ({ article, quote }) =>
        question.shown[article - 1] === undefined ||
        !findQuote(quote, question.shown[article - 1] ?? question.article),
    );
    if (lost !== undefined)
      add('evidence', sentence.text, [`所附原文不在 a${lost.article} 里：「${lost.quote.slice(0, 80)}」`]);
    const first = found[0];
    if (first === undefined) {
      if (lost === undefined) add('evidence', sentence.text, ['没有附上原文']);
      continue;
    }
    quotedBy.set(sentence.text, first.source);
    evidence.push({ claim: sentence.text, source: first.source, articleId: first.articleId });
    if (foreign) {
      const translated = {
        claim: sentence.text,
        quoted: found.map(({ source }) => source),
        clauses: found.map(({ clause }) => clause),
        sources: texts,
      };
      add('fact', sentence.text, acrossScripts(translated, desk.facts), first.source);
    }
  }
  if (foreign && headline !== '') {
    const quoted = [plainProse(question.article.title), ...evidence.map(({ source }) => source)];
    add(
      'fact',
      headline,
      acrossScripts({ claim: headline, quoted, clauses: quoted, sources: texts }, desk.facts),
    );
  }
  for (const claim of checkFacts({ headline, summary }, sources, desk.facts))
    if (!claim.ok) add('fact', claim.claim, messagesOf(claim), sourceFor(claim.claim, quotedBy));
  for (const claim of [headline, ...sentences.map(({ text }) => text)])
    add('grounding', claim, ungrounded(claim, ground, foreign, desk), quotedBy.get(claim));

  for (const claim of foreign ? [] : [headline, ...sentences.map(({ text }) => text)]) {
    const found = swappedParties(claim, texts, desk.facts);
    if (found !== undefined) add('fact', claim, ['当事方与原文颠倒'], found);
  }

  const lengths = lengthProblems(headline, summary, question.least, desk.style.length);
  const brief: Brief = {
    storyId: question.file.story.id,
    articleId: question.article.id,
    url: question.article.url,
    headline,
    summary,
    marks: visibleLength(summary) < desk.style.length.summary.least ? ['thin'] : [],
    evidence,
    writer,
  };
  if (problems.length > 0 || lengths.grave)
    return { kind: 'wrong', problems: [...problems, ...lengths.problems] };
  return lengths.problems.length > 0
    ? { kind: 'loose', brief, problems: lengths.problems }
    : { kind: 'good', brief };
}

/** `We released …`: a firm that speaks of itself is named by its channel, not by its text. */
function speakerOf(id: string, { file }: BriefQuestion): string {
  const article = file.articles.find((one) => one.id === id);
  const isOwn = article !== undefined && /\b(?:we|our)\b|我们/i.test(textOf(article).slice(0, OWN_READ));
  return isOwn ? `${article.publisher}\n` : '';
}

/** Who speaks shows at the beginning. */
const OWN_READ = 1000;

function tidied(text: string): string {
  return withoutDecoration(repairTypography(plainProse(text).replace(/\s+/g, ' '))).trim();
}

function closed(sentence: string): string {
  return sentence === '' || /[。！？”』」）]$/u.test(sentence)
    ? sentence
    : `${sentence.replace(/[，；、,;.]+$/u, '')}。`;
}

/** Without the last sentences, when the summary is too long with them and long enough without. */
function fitted<T extends { text: string }>(
  sentences: T[],
  { least, most }: { least: number; most: number },
): T[] {
  const lengthOf = (some: readonly T[]) => some.reduce((sum, { text }) => sum + visibleLength(text), 0);
  let kept = sentences.filter(({ text }) => text !== '');
  while (lengthOf(kept) > most && kept.length > 1 && lengthOf(kept.slice(0, -1)) >= least)
    kept = kept.slice(0, -1);
  return kept;
}

function lengthProblems(headline: string, summary: string, least: number, wished: Style['length']) {
  const [long, full] = [visibleLength(headline), visibleLength(summary)];
  const problems: AnswerProblem[] = [];
  const add = (claim: string, message: string) => problems.push({ kind: 'length', claim, message });
  const { least: shortest, most: longest } = wished.headline;
  const { most } = wished.summary;
  if (long < shortest || long > longest)
    add(headline, `标题 ${long} 个字，要 ${shortest} 到 ${longest} 个字`);
  if (full < least || full > most) add(summary, `摘要 ${full} 个字，要 ${least} 到 ${most} 个字`);
  const grave =
    long < shortest - TOLERATED.headline.shorter ||
    long > longest + TOLERATED.headline.longer ||
    full < Math.min(least, wished.summary.least * TOLERATED.summary.share) ||
    full > most + TOLERATED.summary.longer;
  return { problems, grave };
}

function messagesOf(claim: Extract<CheckedClaim, { ok: false }>): string[] {
  return claim.problems.map(({ message }) => message);
}

/** The fact check reads sentence by sentence; a sentence of the answer may hold several. */
function sourceFor(claim: string, quotedBy: ReadonlyMap<string, string>): string | undefined {
  return [...quotedBy].find(([text]) => text.includes(claim))?.[1];
}

function ungrounded(claim: string, ground: Ground, foreign: boolean, desk: ModelDesk): string[] {
  const { share, weakest, strangers } = groundingOf(claim, ground, desk.lexicon, desk.findNames);
  if (strangers.length > 0) return [`原文没有说「${strangers.join('」「')}」`];
  if (share < (foreign ? GROUNDED.translated : GROUNDED.claim))
    return ['这句话的用词大半在原文里找不到对应，请用原文的词句'];
  if (weakest !== undefined && weakest.share < GROUNDED.clause)
    return [`「${weakest.clause.replace(/[，。；：]+$/u, '')}」在原文里找不到对应，请删去或用原文的词句`];
  return [];
}

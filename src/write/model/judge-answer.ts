import type { Brief } from '../../domain/brief.ts';
import { visibleLength } from '../../text/length.ts';
import { stripEnd } from '../clean-title.ts';
import type { Style } from '../style.ts';
import type { BriefAnswer } from './brief-answer.ts';
import type { BriefQuestion } from './brief-question.ts';
import { type AnswerProblem, type AnswerProblemKind, closed, judgeClaims, tidied } from './judge-claims.ts';
import type { ModelDesk } from './model-desk.ts';

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
  const dangler = desk.style.summary.danglers.find((word) => summary.startsWith(word) && word !== '据');
  if (dangler !== undefined)
    add('form', sentences[0]?.text ?? '', [`第一句不能以「${dangler}」开头，要以主语开头`]);

  const judged = judgeClaims(headline, sentences, question, desk);
  problems.push(...judged.problems);
  const { evidence } = judged;

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

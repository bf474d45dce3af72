import { DEEP_LENGTH, DEEP_PARTS, type DeepPart } from '../../domain/deep-read.ts';
import { visibleLength } from '../../text/length.ts';
import { alike } from '../alike.ts';
import type { DeepParts } from '../deep-read/write-deep-read.ts';
import type { DeepAnswer, DeepQuestion } from './deep-question.ts';
import { type AnswerProblem, closed, judgeClaims, tidied } from './judge-claims.ts';
import type { ModelDesk } from './model-desk.ts';

/** `wrong`: not to be published. */
export type JudgedDeep = { kind: 'good'; parts: DeepParts } | { kind: 'wrong'; problems: AnswerProblem[] };

/** Without these it is no deep read. */
const LEAST_SENTENCES: Partial<Record<DeepPart, number>> = { told: 2, figures: 2 };
const LONGEST_SENTENCE = 140;
/** Two sentences that share more of their pairs say one thing twice. */
const SAME = 0.7;

/**
 * An answer read as the parts of a deep read and judged sentence by sentence: form, evidence word for word, every fact,
 * and whether it stands in the article at all; then length and repetition. Pure; some tens of milliseconds.
 */
export function judgeDeep(answer: DeepAnswer, question: DeepQuestion, desk: ModelDesk): JudgedDeep {
  const said = DEEP_PARTS.flatMap(({ part }) =>
    answer[part]
      .map(({ text, quote }) => ({ part, text: closed(tidied(text)), evidence: [{ article: 1, quote }] }))
      .filter(({ text }) => text !== ''),
  );
  const { problems, evidence } = judgeClaims('', said, question, desk);
  const add = (claim: string, message: string) => problems.push({ kind: 'form', claim, message });
  for (const { part, name } of DEEP_PARTS) {
    const least = LEAST_SENTENCES[part] ?? 0;
    if (said.filter((one) => one.part === part).length < least)
      add('', `${part}（${name}）至少要 ${least} 句`);
  }
  for (const [n, { part, text }] of said.entries()) {
    if (visibleLength(text) > LONGEST_SENTENCE) add(text, `一句最多 ${LONGEST_SENTENCE} 个字`);
    if (part === 'figures' && !/[\d一二三四五六七八九十百千万亿]/u.test(text))
      add(text, 'figures 里的每句都要有数据');
    if (/[我你咱]/u.test(text.replace(/[“「『][^”」』]*[”」』]/gu, ''))) add(text, '不能用“我”“你”说话');
    if (said.slice(0, n).some((before) => alike(before.text, text) > SAME)) add(text, '和前面的一句重复');
  }
  const length = said.reduce((sum, { text }) => sum + visibleLength(text), 0);
  if (length < DEEP_LENGTH.least || length > DEEP_LENGTH.most)
    problems.push({
      kind: 'length',
      claim: '',
      message: `四部分合计 ${length} 个字，要 ${DEEP_LENGTH.least} 到 ${DEEP_LENGTH.most} 个字`,
    });
  if (problems.length > 0) return { kind: 'wrong', problems };
  const partOf = (part: DeepPart) =>
    evidence.filter(({ claim }) => said.some((one) => one.part === part && one.text === claim));
  return {
    kind: 'good',
    parts: {
      told: partOf('told'),
      figures: partOf('figures'),
      matters: partOf('matters'),
      doubts: partOf('doubts'),
    },
  };
}

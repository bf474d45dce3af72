import pLimit from 'p-limit';
import type { Brief } from '../domain/brief.ts';
import type { Failure } from '../domain/run.ts';
import type { StoryFile } from '../domain/story.ts';
import { materialPrompt } from '../llm/delimit.ts';
import type { Llm, LlmFailure } from '../llm/llm.ts';
import { askAgain } from '../write/model/ask-again.ts';
import { type BriefAnswer, briefAnswerSchema } from '../write/model/brief-answer.ts';
import { briefQuestion } from '../write/model/brief-question.ts';
import { judgeAnswer } from '../write/model/judge-answer.ts';
import type { AnswerProblem, AnswerProblemKind } from '../write/model/judge-claims.ts';
import type { ModelDesk } from '../write/model/model-desk.ts';

/** A story to be written: its new articles, its section, and for a follow-up the sentence that is new. */
export type StoryToWrite = { file: StoryFile; section: string; newSentence?: string | undefined };

/** How the model's attempt at one story ended; all but `written` leave the story to the extractive writer. */
export type Attempt =
  /** `again`: the first answer was refused, the second is this. */
  | { kind: 'written'; brief: Brief; again: boolean }
  /** Both answers were wrong in these ways. */
  | { kind: 'refused'; problems: AnswerProblem[] }
  /** No answer came. */
  | { kind: 'unanswered'; failure: LlmFailure }
  /** The model was not asked: the articles speak to models, or say too little. */
  | { kind: 'unasked'; why: 'orders' | 'thin' };

/** Of what may be in the edition the model writes this many times its places, the worthiest first; limits leave some out. */
export const WRITTEN_PER_PLACE = 1.5;
/** More at once gains little; the model's own line keeps to what its provider takes. */
const AT_ONCE = 8;
/** A brief takes some 300 tokens with its evidence; the rest is room for models that think aloud. */
const MAX_OUTPUT_TOKENS = 4_000;

/**
 * Asks the model for a brief of each story, in their order, a few at a time. `ended` is called for each as it ends, so
 * that a run that is cut off keeps what it has.
 */
export async function writeWithModel(
  llm: Llm,
  desk: ModelDesk,
  stories: readonly StoryToWrite[],
  ended: (story: StoryToWrite, attempt: Attempt) => Promise<void>,
): Promise<void> {
  const limit = pLimit(AT_ONCE);
  await Promise.all(
    stories.map((story) => limit(async () => ended(story, await attemptAt(llm, desk, story)))),
  );
}

/** Who writes when this model does, as it stands in briefs. */
export function modelWriter(llm: Pick<Llm, 'name'>, desk: ModelDesk): string {
  return `${llm.name}·brief@${desk.prompt.version}`;
}

async function attemptAt(llm: Llm, desk: ModelDesk, story: StoryToWrite): Promise<Attempt> {
  const asked = briefQuestion(story.file, story, desk);
  if (asked.kind !== 'question') return { kind: 'unasked', why: asked.kind };
  const { question } = asked;
  const judge = (answer: BriefAnswer) => judgeAnswer(answer, question, desk, modelWriter(llm, desk));
  const prompt = materialPrompt(question.task, question.sheets);
  const first = await ask(llm, desk, prompt, false);
  if (first.kind === 'failed') return { kind: 'unanswered', failure: first };
  const judged = judge(first.value);
  if (judged.kind === 'good') return { kind: 'written', brief: judged.brief, again: false };
  const second = await ask(llm, desk, `${prompt}\n\n${askAgain(first.value, judged.problems)}`, true);
  const mended = second.kind === 'answered' ? judge(second.value) : undefined;
  if (mended !== undefined && mended.kind !== 'wrong')
    return { kind: 'written', brief: mended.brief, again: true };
  // True but a little too long is still better than nothing true in the right length.
  if (judged.kind === 'loose') return { kind: 'written', brief: judged.brief, again: false };
  if (second.kind === 'failed') return { kind: 'unanswered', failure: second };
  return { kind: 'refused', problems: mended?.problems ?? judged.problems };
}

function ask(llm: Llm, desk: ModelDesk, prompt: string, repair: boolean) {
  return llm.ask({
    purpose: 'brief',
    repair,
    instructions: desk.prompt.text,
    prompt,
    schema: briefAnswerSchema,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
  });
}

/** One line for each kind of trouble, not for each story. Chinese messages. */
export function attemptFailures(attempts: readonly Attempt[]): Failure[] {
  const unanswered = attempts.flatMap((attempt) => (attempt.kind === 'unanswered' ? [attempt.failure] : []));
  const byCode = Map.groupBy(unanswered, ({ code }) => code);
  const lines = [...byCode].map(([code, [one, ...more]]): Failure => {
    const count = more.length + 1;
    return {
      code,
      subject: 'write',
      message: `${count} 条改由摘句写成：${one?.message ?? ''}`,
      retryable: one?.retryable ?? false,
    };
  });
  const refused = attempts.flatMap((attempt) => (attempt.kind === 'refused' ? [attempt.problems] : []));
  if (refused.length === 0) return lines;
  const counts = Map.groupBy(
    refused.flatMap((problems) => [...new Set(problems.map(({ kind }) => kind))]),
    (kind) => kind,
  );
  const kinds = [...counts].map(([kind, all]) => `${KIND_WORDS[kind]} ${all.length}`).join('、');
  const message = `${refused.length} 条改由摘句写成：模型两次的稿子都没有通过核对（${kinds}）`;
  return [...lines, { code: 'brief-refused', subject: 'write', message, retryable: false }];
}

const KIND_WORDS: Record<AnswerProblemKind, string> = {
  form: '格式与用语',
  length: '字数',
  evidence: '依据不在原文',
  fact: '事实与原文不符',
  grounding: '原文没有说',
};

import type { Article } from '../domain/article.ts';
import type { Failure } from '../domain/run.ts';
import type { StoryFile } from '../domain/story.ts';
import { materialPrompt } from '../llm/delimit.ts';
import type { Llm, LlmFailure } from '../llm/llm.ts';
import type { DeepParts } from '../write/deep-read/write-deep-read.ts';
import { askAgain } from '../write/model/ask-again.ts';
import { deepAnswerSchema, deepQuestion } from '../write/model/deep-question.ts';
import type { AnswerProblem } from '../write/model/judge-claims.ts';
import { judgeDeep } from '../write/model/judge-deep.ts';
import type { ModelDesk } from '../write/model/model-desk.ts';

/** How the model's attempt ended; all but `written` leave the piece to the extractive writer. */
export type DeepAttempt =
  | { kind: 'written'; parts: DeepParts }
  | { kind: 'refused'; problems: AnswerProblem[] }
  | { kind: 'unanswered'; failure: LlmFailure }
  /** The article speaks to models: it was not shown. */
  | { kind: 'orders' };

/** A deep read takes some 1,500 tokens with its evidence; the rest is room for models that think aloud. */
const MAX_OUTPUT_TOKENS = 8_000;

/** Who writes when this model does, as it stands in deep reads. */
export function deepWriter(llm: Pick<Llm, 'name'>, desk: ModelDesk): string {
  return `${llm.name}·deep@${desk.deepPrompt.version}`;
}

/** Asks for one deep read, and once more when the answer does not hold. Answers are kept by what was asked. */
export async function deepenWithModel(
  llm: Llm,
  desk: ModelDesk,
  piece: { file: StoryFile; article: Article },
): Promise<DeepAttempt> {
  const question = deepQuestion(piece.file, piece.article, desk);
  if (question === undefined) return { kind: 'orders' };
  const prompt = materialPrompt(question.task, question.sheets);
  const first = await ask(llm, desk, prompt, false);
  if (first.kind === 'failed') return { kind: 'unanswered', failure: first };
  const judged = judgeDeep(first.value, question, desk);
  if (judged.kind === 'good') return { kind: 'written', parts: judged.parts };
  const second = await ask(llm, desk, `${prompt}\n\n${askAgain(first.value, judged.problems)}`, true);
  if (second.kind === 'failed') return { kind: 'unanswered', failure: second };
  const mended = judgeDeep(second.value, question, desk);
  return mended.kind === 'good'
    ? { kind: 'written', parts: mended.parts }
    : { kind: 'refused', problems: mended.problems };
}

function ask(llm: Llm, desk: ModelDesk, prompt: string, repair: boolean) {
  return llm.ask({
    purpose: 'deep-read',
    repair,
    instructions: desk.deepPrompt.text,
    prompt,
    schema: deepAnswerSchema,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
  });
}

/** One line for each deep read that the model did not write. Chinese messages. */
export function deepFailures(attempts: readonly DeepAttempt[]): Failure[] {
  return attempts.flatMap((attempt): Failure[] => {
    if (attempt.kind === 'unanswered') {
      const { code, message, retryable } = attempt.failure;
      return [{ code, subject: 'deep-read', message: `一篇深读改由摘句写成：${message}`, retryable }];
    }
    if (attempt.kind !== 'refused') return [];
    const [first] = attempt.problems;
    const why = first === undefined ? '' : `（如：${first.message}）`;
    const message = `一篇深读改由摘句写成：模型两次的稿子都没有通过核对${why}`;
    return [{ code: 'brief-refused', subject: 'deep-read', message, retryable: false }];
  });
}

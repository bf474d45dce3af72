import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateText, Output } from 'ai';
import { z } from 'zod';
import type { Clock, Question } from './llm.ts';
import type { Provider } from './providers.ts';
import type { CallFailure, Trouble } from './trouble.ts';
import { failed, failureOf } from './trouble.ts';

/** A round before this one went wrong: what the model said, and what was wrong with it (English, for the model). */
export type Repair = { said: string; why: string };

export type Usage = { inputTokens: number; outputTokens: number };
export type Said = { kind: 'ok'; text: string; usage: Usage };
export type Vectors = { kind: 'ok'; vectors: number[][]; usage: Usage };

/** One request, one answer: no retry, no cache. Whatever the library throws becomes a failure here. */
export type ModelApi = {
  chat<T>(question: Question<T>, repair?: Repair): Promise<Said | CallFailure>;
  embed(model: string, values: string[]): Promise<Vectors | CallFailure>;
};

export type ModelApiOptions = {
  apiKey: string;
  timeoutMs: number;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** Takes the key out of a text. */
  hide: (text: string) => string;
};

/** The only place that knows the AI SDK. */
export function modelApi(provider: Provider, options: ModelApiOptions): ModelApi {
  const { clock, hide, timeoutMs } = options;
  const api = createOpenAICompatible({
    name: provider.name,
    baseURL: provider.baseUrl,
    apiKey: options.apiKey,
    fetch: options.fetch,
    supportsStructuredOutputs: provider.structured === 'schema',
    transformRequestBody: (body) => requestBody(provider, body),
  });
  const failure = (error: unknown) => failureOf(troubleOf(error), hide, clock.now());

  return {
    async chat(question, repair) {
      try {
        const result = await generateText({
          model: api.chatModel(provider.model),
          instructions: instructionsFor(provider, question),
          messages: messagesOf(question.prompt, repair),
          output: jsonAsText(provider, question.schema),
          maxOutputTokens: question.maxOutputTokens,
          maxRetries: 0,
          abortSignal: AbortSignal.timeout(timeoutMs),
        });
        const usage = {
          inputTokens: result.usage.inputTokens ?? 0,
          outputTokens: result.usage.outputTokens ?? 0,
        };
        return (
          unfinished(result.finishReason, result.rawFinishReason) ?? {
            kind: 'ok',
            text: hide(result.text),
            usage,
          }
        );
      } catch (error) {
        return failure(error);
      }
    },
    async embed(model, values) {
      try {
        const result = await embedMany({
          model: api.embeddingModel(model),
          values,
          maxRetries: 0,
          abortSignal: AbortSignal.timeout(timeoutMs),
        });
        const vectors = inOrder(result.embeddings, result.responses?.[0]?.body);
        return { kind: 'ok', vectors, usage: { inputTokens: result.usage.tokens || 0, outputTokens: 0 } };
      } catch (error) {
        return failure(error);
      }
    },
  };
}

/**
 * Asks for JSON (of the schema, where the provider can) and takes the answer as text: the SDK would throw away an
 * answer inside a code fence, `parseAnswer` reads it.
 */
function jsonAsText<T>(provider: Provider, schema: z.ZodType<T>) {
  const asked = provider.structured === 'schema' ? Output.object({ schema }) : Output.json();
  return { ...Output.text(), responseFormat: asked.responseFormat };
}

/** Providers of plain JSON objects want the word JSON in the text and learn the schema from it. */
function instructionsFor<T>(provider: Provider, { instructions, schema }: Question<T>): string {
  if (provider.structured === 'schema') return instructions;
  const form = JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }));
  return `${instructions}\n\nAnswer with one JSON object and nothing else (no code fence). It must match this json schema:\n${form}`;
}

/** The longest wrong answer that is shown to the model again. */
const LONGEST_SHOWN = 4_000;

function messagesOf(prompt: string, repair: Repair | undefined) {
  const asked = { role: 'user' as const, content: prompt };
  if (repair === undefined) return [asked];
  const correction = {
    role: 'user' as const,
    content: `Your answer could not be used. What was wrong:\n${repair.why}\nAnswer the same question again: only the corrected JSON object.`,
  };
  const said = repair.said.trim().slice(0, LONGEST_SHOWN);
  // Some providers refuse a blank message.
  return said === ''
    ? [asked, correction]
    : [asked, { role: 'assistant' as const, content: said }, correction];
}

function requestBody(provider: Provider, body: Record<string, unknown>): Record<string, unknown> {
  const { max_tokens: limit, ...rest } = body;
  return {
    ...rest,
    ...(limit === undefined ? {} : { [provider.outputLimit ?? 'max_tokens']: limit }),
    ...provider.body,
  };
}

/** An answer that was cut off or withheld. `sensitive` is GLM's word for its content filter. */
function unfinished(reason: string, raw: string | undefined): CallFailure | undefined {
  if (reason === 'content-filter' || raw === 'sensitive') {
    return { ...failed('llm-refused', { said: '内容审核' }), single: true };
  }
  if (reason !== 'length') return undefined;
  return { ...failed('llm-invalid', { said: '回答太长，被截断', retryable: false }), single: true };
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return { kind: 'timeout' };
  }
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    // The connection may break, or the time run out, in the middle of a body that began with 200.
    if (error.statusCode < 400 && error.responseBody === undefined) return troubleOf(error.cause);
    const { statusCode: status, responseHeaders: headers = {}, responseBody: body = '' } = error;
    return { kind: 'status', status, headers, body };
  }
  return { kind: 'wire', words: error instanceof Error ? error.message : String(error) };
}

const indexedSchema = z.object({ data: z.array(z.object({ index: z.number() })) });

/** The API numbers its vectors and may send them in any order; the SDK takes them as they come. */
function inOrder(vectors: number[][], body: unknown): number[][] {
  const indexed = indexedSchema.safeParse(body);
  if (!indexed.success) return vectors;
  const order = indexed.data.data.map(({ index }) => index);
  const placed = vectors.map((_, at) => vectors[order.indexOf(at)]);
  return placed.every((vector) => vector !== undefined) ? placed : vectors;
}

import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateText, type LanguageModelUsage, Output } from 'ai';
import { z } from 'zod';
import type { Tokens } from '../domain/model-call.ts';
import type { Clock, Question } from './llm.ts';
import type { Provider } from './providers.ts';
import type { CallFailure, Trouble } from './trouble.ts';
import { failed, failureOf } from './trouble.ts';

/** A round before this one went wrong: what the model said, and what was wrong with it (English, for the model). */
export type Repair = { said: string; why: string };

/** `tokens` are missing where the provider does not count them. */
export type Said = { kind: 'ok'; text: string; tokens?: Tokens };
export type Vectors = { kind: 'ok'; vectors: number[][]; tokens?: Tokens };

/** One request, one answer: no retry, no cache. Whatever the library throws becomes a failure here. */
export type ModelApi = {
  chat<T>(question: Question<T>, repair?: Repair): Promise<Said | CallFailure>;
  embed(model: string, values: string[]): Promise<Vectors | CallFailure>;
  /** More tokens than these no provider can count for this question, thoughts included. */
  mostTokens<T>(question: Question<T>, repair?: Repair): Pick<Tokens, 'input' | 'output'>;
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
          maxOutputTokens: outputLimit(provider, question),
          maxRetries: 0,
          abortSignal: AbortSignal.timeout(timeoutMs),
        });
        const counted = countedTokens(result.usage);
        const cut = unfinished(result.finishReason, result.rawFinishReason);
        return { ...(cut ?? { kind: 'ok', text: hide(result.text) }), ...counted };
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
        const counted = result.usage.tokens > 0 ? { tokens: inputOnly(result.usage.tokens) } : {};
        return { kind: 'ok', vectors, ...counted };
      } catch (error) {
        return failure(error);
      }
    },
    mostTokens: (question, repair) => ({
      input: mostTokensOf(
        instructionsFor(provider, question),
        JSON.stringify(z.toJSONSchema(question.schema, { io: 'input' })),
        ...messagesOf(question.prompt, repair).map(({ content }) => content),
      ),
      output: outputLimit(provider, question),
    }),
  };
}

/** What a provider puts around messages and texts of its own accord. */
const AROUND_TOKENS = 200;

/** The tokenizers of all these models take at least one byte for a token, so bytes are never fewer than tokens. */
export function mostTokensOf(...texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), AROUND_TOKENS);
}

/** A model that cannot be kept from thinking needs room for it: thoughts count as output. */
function outputLimit<T>({ thinkingRoom = 0 }: Provider, { maxOutputTokens }: Question<T>): number {
  return maxOutputTokens + thinkingRoom;
}

const inputOnly = (input: number): Tokens => ({ input, cached: 0, output: 0 });

/** DeepSeek names what its cache held in words of its own, which the SDK does not know. */
const ownWordsSchema = z.object({ prompt_cache_hit_tokens: z.int().min(0) });

function countedTokens(usage: LanguageModelUsage): { tokens?: Tokens } {
  const { inputTokens: input, outputTokens: output, inputTokenDetails, raw } = usage;
  // Some send zeros where they count nothing.
  if (input === undefined || output === undefined || input + output === 0) return {};
  const own = ownWordsSchema.safeParse(raw);
  const cached = inputTokenDetails.cacheReadTokens || (own.data?.prompt_cache_hit_tokens ?? 0);
  return { tokens: { input, cached: Math.min(cached, input), output } };
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
    return { ...failed('llm-refused', { said: '内容审核' }), single: true, unbilled: false };
  }
  if (reason !== 'length') return undefined;
  const failure = failed('llm-invalid', { said: '回答太长，被截断', retryable: false });
  return { ...failure, single: true, unbilled: false };
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
  const words = error instanceof Error ? error.message : String(error);
  return { kind: 'wire', words, arrived: !neverArrived(error) };
}

const NEVER_ARRIVED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|ERR_INVALID_URL|CERT_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+)$/;

/** Did it fail before anything was sent? The reason stands at the end of the chain of causes. */
function neverArrived(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 6; one = one.cause, depth += 1)
    if ('code' in one && NEVER_ARRIVED.test(String(one.code))) return true;
  return false;
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

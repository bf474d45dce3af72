import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Answer, Clock, Llm } from './llm.ts';
import type { LlmSettings } from './open-llm.ts';
import { openLlm } from './open-llm.ts';

// A provider on a loopback socket, for the tests of this room. It has no tests of its own; its name keeps it out of
// the built package.

/** DashScope's limit: one more is answered with 400. */
const MOST_INPUTS = 10;

/** A question of the tests, and an answer that fits it. */
export const schema = z.object({ city: z.string(), people: z.number().nullable() });
export const GOOD = '{"city":"青屿","people":3}';
export const question = {
  purpose: 'brief' as const,
  instructions: '说出城市',
  prompt: '材料',
  schema,
  maxOutputTokens: 50,
};

const chatSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});
const embeddingSchema = z.looseObject({ model: z.string(), input: z.array(z.string()) });

export type ChatBody = z.infer<typeof chatSchema>;
export type Reply = {
  status?: number;
  headers?: Record<string, string>;
  /** The whole body, instead of a chat answer. */
  body?: string;
  /** What the model says. */
  content?: string;
  finish?: string;
  /** Never answered. */
  silent?: true;
  /** The connection is cut before an answer. */
  cut?: true;
  /** The answer begins with 200 and half a body; then it is cut, or nothing more comes. */
  half?: 'cut' | 'silent';
};

export type LlmDouble = {
  baseUrl: string;
  chats: ChatBody[];
  embeddings: { model: string; input: string[] }[];
  /** Replies for the next requests, in order; afterwards everything is answered by `answer`. */
  next(...replies: Reply[]): void;
  answer: (body: ChatBody) => string;
  close(): Promise<void>;
};

/** An error body in the usual form. */
export function errorReply(status: number, error: { message: string; code?: string; type?: string }): Reply {
  return { status, body: JSON.stringify({ error }) };
}

/** The direction the double gives a text: its length and its first character, not of length 1. */
export function directionOf(text: string): number[] {
  return [text.length, text.codePointAt(0) ?? 0, 3];
}

export async function serveLlmDouble(key: string): Promise<LlmDouble> {
  const replies: Reply[] = [];
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const double: LlmDouble = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    chats: [],
    embeddings: [],
    next: (...more) => void replies.push(...more),
    answer: () => '{}',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse(await bodyOf(request));
    const isChat = request.url === '/v1/chat/completions';
    const chat = isChat ? chatSchema.parse(body) : undefined;
    if (chat) double.chats.push(chat);
    const wanted = isChat ? undefined : embeddingSchema.parse(body);
    if (wanted) double.embeddings.push(wanted);

    const sent = request.headers.authorization;
    if (sent !== `Bearer ${key}`) {
      // As some providers do: the wrong key is quoted.
      return send(response, errorReply(401, { message: `no such key: ${sent}`, code: 'invalid_api_key' }));
    }
    const reply = replies.shift();
    if (reply?.silent) return;
    if (reply?.cut) return void request.socket.destroy();
    if (reply?.half) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"choices":[');
      if (reply.half === 'cut') setImmediate(() => request.socket.destroy());
      return;
    }
    if (reply?.body !== undefined) return send(response, reply);
    if (chat)
      return send(response, {
        ...reply,
        body: chatReply(reply?.content ?? double.answer(chat), reply?.finish),
      });
    if (wanted) send(response, vectorReply(wanted.input));
  }

  return double;
}

function chatReply(content: string, finish = 'stop'): string {
  return JSON.stringify({
    id: 'double-1',
    object: 'chat.completion',
    created: 1,
    model: 'double',
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  });
}

/** The last first, as the API allows: the index tells which is which. */
function vectorReply(input: string[]): Reply {
  if (input.length > MOST_INPUTS) {
    return errorReply(400, {
      message: 'batch size is invalid, it should not be larger than 10',
      code: 'InvalidParameter',
    });
  }
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: directionOf(text) }));
  const usage = { prompt_tokens: 10 * input.length, total_tokens: 10 * input.length };
  return { body: JSON.stringify({ object: 'list', data: data.toReversed(), usage }) };
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A key with signs that addresses and JSON write differently. */
export const KEY = 'sk-a/very+secret"key1234567890';

/** A double with a cache beside it and a clock that does not wait. */
export type Bench = {
  double: LlmDouble;
  kept: Map<string, string>;
  waits: number[];
  open(settings?: Partial<LlmSettings>): Llm;
};

export async function openBench(): Promise<Bench> {
  const double = await serveLlmDouble(KEY);
  const kept = new Map<string, string>();
  const waits: number[] = [];
  const clock: Clock = { now: () => 0, sleep: async (ms) => void waits.push(ms) };
  const answers = {
    get: async (keys: string[]) => new Map([...kept].filter(([key]) => keys.includes(key))),
    keep: async (entries: { key: string; value: string }[]) => {
      for (const { key, value } of entries) kept.set(key, value);
    },
  };
  const open = (settings: Partial<LlmSettings> = {}) => {
    const usual = { baseUrl: double.baseUrl, model: 'm-1', apiKey: KEY, timeoutMs: 5_000, maxCalls: 100 };
    return openLlm({ ...usual, ...settings }, { fetch: globalThis.fetch, answers, clock });
  };
  return { double, kept, waits, open };
}

export function codeOf(answer: Answer<unknown>): string {
  return answer.kind === 'failed' ? answer.code : answer.kind;
}

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { embedTexts } from './embed.ts';
import { keyHider } from './hide-key.ts';
import type { Line } from './line.ts';
import { openLine } from './line.ts';
import type { Answer, AnswerCache, Clock, Llm, LlmFailure, Question, Spent } from './llm.ts';
import type { ModelApi, Repair, Said, Vectors } from './model-api.ts';
import { modelApi, mostTokensOf } from './model-api.ts';
import { openPace } from './pace.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Provider, ProviderChoice } from './providers.ts';
import { chosenProvider } from './providers.ts';
import type { PlannedCall, Purse } from './purse.ts';
import { type CallFailure, failed } from './trouble.ts';

export type LlmSettings = ProviderChoice & {
  /** Empty when the server wants none (Ollama). */
  apiKey: string;
  /** For one call, its answer included. */
  timeoutMs: number;
  /** Real calls of this opened model, retries, repairs and embeddings included; then `llm-budget`. */
  maxCalls: number;
};

export type LlmDeps = {
  fetch: typeof globalThis.fetch;
  answers: AnswerCache;
  /** Pays for the calls, where they are to be counted. */
  purse?: Purse | undefined;
  clock?: Clock;
};

/** One question is asked, and asked once more with what was wrong. */
const ROUNDS = 2;

const SYSTEM_CLOCK: Clock = { now: () => Date.now(), sleep: (ms) => sleep(ms) };

/**
 * Opens a model: `ask` for checked JSON answers, `embed` for vectors. Answers are looked up first and cost nothing
 * then, also when the budget is spent or the provider is down. Throws `config-invalid` when the settings name no
 * address or no model; everything a provider does later is a value.
 */
export function openLlm(settings: LlmSettings, deps: LlmDeps): Llm {
  const provider = chosenProvider(settings);
  const clock = deps.clock ?? SYSTEM_CLOCK;
  const apiKey = settings.apiKey.trim();
  const hide = keyHider(apiKey);
  const api = modelApi(provider, { apiKey, timeoutMs: settings.timeoutMs, fetch: deps.fetch, clock, hide });
  const spent: Spent = { calls: 0, cached: 0, inputTokens: 0, outputTokens: 0 };
  const { purse } = deps;
  /** A call that is counted and paid for. */
  const paid =
    <T extends Said | Vectors>(planned: PlannedCall, send: () => Promise<T | CallFailure>) =>
    async (): Promise<T | CallFailure> => {
      if (spent.calls >= settings.maxCalls) return unsent(failed('llm-budget'));
      spent.calls += 1;
      const opened = await purse?.open(planned);
      if (opened !== undefined && 'kind' in opened) {
        spent.calls -= 1;
        return unsent(opened);
      }
      const result = await send();
      const { tokens } = result;
      spent.inputTokens += tokens?.input ?? 0;
      spent.outputTokens += tokens?.output ?? 0;
      await opened?.settle({
        outcome: result.kind === 'ok' ? 'answered' : result.code,
        billed: tokens
          ? { kind: 'used', tokens }
          : { kind: result.kind === 'failed' && result.unbilled ? 'nothing' : 'unclear' },
      });
      return result;
    };
  // Two lines: a missing embedding model says nothing of the chat model.
  const unusable = unusableKey(apiKey);
  const pace = openPace(provider, clock);
  const lineUnless = (failure: LlmFailure | undefined): Line =>
    failure === undefined ? openLine(pace, clock) : async () => failure;
  const asking: Desk = {
    provider,
    api,
    answers: deps.answers,
    spent,
    purse,
    paid,
    line: lineUnless(unusable),
  };
  const vectorLine = lineUnless(provider.embedding === null ? NO_EMBEDDINGS : unusable);
  const { model: vectorModel, ...limits } = provider.embedding ?? NO_LIMITS;

  return {
    name: `${provider.name}/${provider.model}`,
    canEmbed: provider.embedding !== null,
    ask: (question) => askModel(question, asking),
    embed: (texts) =>
      embedTexts(texts, {
        limits,
        answers: deps.answers,
        keyOf: (text) => hashOf('embedding/1', provider.name, provider.baseUrl, vectorModel, text),
        async onCached(count) {
          spent.cached += count;
          if (count > 0) await purse?.known({ ...EMBEDDING, repair: false });
        },
        send(values) {
          const most = { input: mostTokensOf(...values), output: 0 };
          const planned = { ...EMBEDDING, repair: false, most };
          return vectorLine(paid(planned, () => api.embed(vectorModel, values)));
        },
      }),
    spent: () => ({ ...spent }),
  };
}

const EMBEDDING = { purpose: 'embedding', kind: 'embedding' } as const;

/** Nothing was asked of the provider, so nothing is said of it either. */
function unsent(failure: LlmFailure): CallFailure {
  return { ...failure, single: true, unsent: true, unbilled: true };
}

/** Without an embedding model all texts fail together, once. */
const NO_LIMITS = { model: '', maxInputs: Number.MAX_SAFE_INTEGER, maxChars: Number.MAX_SAFE_INTEGER };

const NO_EMBEDDINGS = failed('llm-unreachable', {
  said: '这个服务商没有设置向量模型 embeddingModel',
  retryable: false,
});

/** A header takes printable ASCII only; a key pasted with other signs would fail with words that quote it. */
function unusableKey(apiKey: string): LlmFailure | undefined {
  if (/^[\x21-\x7e]*$/.test(apiKey)) return undefined;
  return failed('llm-auth', { said: 'key 里有空格、换行或非 ASCII 字符' });
}

type Paid = <T extends Said | Vectors>(
  planned: PlannedCall,
  send: () => Promise<T | CallFailure>,
) => () => Promise<T | CallFailure>;

type Desk = {
  provider: Provider;
  api: ModelApi;
  answers: AnswerCache;
  spent: Spent;
  purse: Purse | undefined;
  paid: Paid;
  line: Line;
};

async function askModel<T>(question: Question<T>, desk: Desk): Promise<Answer<T>> {
  const { answers, api, spent } = desk;
  const { purpose, repair: again = false } = question;
  const key = keyOf(question, desk.provider);
  const kept = parseAnswer((await answers.get([key])).get(key) ?? '', question.schema);
  if (kept.kind === 'read') {
    spent.cached += 1;
    await desk.purse?.known({ purpose, repair: again, kind: 'chat' });
    return { kind: 'answered', value: kept.value, cached: true };
  }
  let repair: Repair | undefined;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const mended = repair;
    const most = api.mostTokens(question, mended);
    const planned = { purpose, repair: again || mended !== undefined, kind: 'chat', most } as const;
    const said = await desk.line(desk.paid(planned, () => api.chat(question, mended)));
    if (said.kind === 'failed') return said;
    const parsed = parseAnswer(said.text, question.schema);
    if (parsed.kind === 'read') {
      await answers.keep([{ key, value: parsed.json }]);
      return { kind: 'answered', value: parsed.value, cached: false };
    }
    repair = { said: said.text, why: parsed.why };
  }
  return failed('llm-invalid', { said: repair?.why ?? '' });
}

/** Everything an answer depends on. The number is raised when this room asks in another way. */
function keyOf<T>({ instructions, prompt, schema }: Question<T>, provider: Provider): string {
  const form = JSON.stringify(z.toJSONSchema(schema, { io: 'input' }));
  return hashOf('answer/1', provider.name, provider.baseUrl, provider.model, instructions, prompt, form);
}

/** SHA-256 over the parts as a JSON list, so that no two lists of parts run into one another. */
function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

import { z } from 'zod';
import type { Tokens } from '../domain/model-call.ts';
import type { LlmCode, LlmFailure } from './llm.ts';

/** What went wrong on the way, before anybody asked what it means. */
export type Trouble =
  /** an answer with this HTTP status; 200 when the body was not what the API promises */
  | { kind: 'status'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'timeout' }
  /** `arrived`: the request may have reached the provider. */
  | { kind: 'wire'; words: string; arrived: boolean };

/**
 * A failure with what only the caller of the model needs: `single`, when it is about this one request and says nothing
 * of the next; `unsent`, when nothing was asked of the provider; `unbilled`, when it cannot have cost anything, else
 * `tokens` where the provider counted them; `waitMs`, how long the provider asked to wait.
 */
export type CallFailure = LlmFailure & {
  single: boolean;
  unsent?: true;
  unbilled: boolean;
  tokens?: Tokens;
  waitMs?: number;
};

/** Codes and types of errors that mean: pay first. The number is GLM's. */
const QUOTA_CODE = /^(insufficient_quota|exceeded_current_quota_error|AccountOverdueError|Arrearage|1113)$/i;
/** For providers whose code does not tell. Not «quota» alone: Gemini says it of its rate per minute. */
const QUOTA_WORDS = /insufficient (account )?balance|balance is (insufficient|not enough)|余额不足|欠费/i;
/** The content filters of DashScope, OpenAI, Ark and GLM (1301). */
const FILTER_CODE = /data_?inspection|content_?filter|content_policy|sensitive|^1301$/i;
const TOO_LONG_CODE = /context_length|string_above_max_length/i;
/** What a provider says is quoted up to here: enough for its sentence, too little for a page. */
const LONGEST_QUOTE = 160;

const errorSchema = z.object({
  message: z.string().catch(''),
  type: z.string().nullish().catch(null),
  code: z.union([z.string(), z.number()]).nullish().catch(null),
});
type ApiError = z.infer<typeof errorSchema>;

const SAYS: Record<LlmCode, string> = {
  'llm-quota': '账户余额或额度已用完，请充值或换一个 API key',
  'llm-rate': '请求过于频繁，稍后会再试',
  'llm-auth': 'API key 无效或没有权限，请核对 key、服务商与地区是否对应',
  'llm-refused': '服务商拒绝了这个请求',
  'llm-invalid': '模型的回答不合要求的格式，提醒后仍然如此',
  'llm-timeout': '模型在限定时间内没有答完，可调大超时时间',
  'llm-unreachable': '连不上模型服务，请核对 baseUrl、模型名与网络',
  'llm-budget': '本次运行的模型调用次数已到上限（maxCalls）',
  'llm-ceiling': '模型费用已到上限',
  'llm-unpriced': '设了费用上限，却不知道这个模型的价格，没有调用',
};

/** Which failures can pass by themselves. An invalid answer may: models answer differently each time. */
const PASSES: Record<LlmCode, boolean> = {
  'llm-quota': false,
  'llm-rate': true,
  'llm-auth': false,
  'llm-refused': false,
  'llm-invalid': true,
  'llm-timeout': true,
  'llm-unreachable': true,
  'llm-budget': true,
  'llm-ceiling': true,
  'llm-unpriced': false,
};

/** A failure in its usual words, with what the provider said (the caller has hidden the key in it). */
export function failed(code: LlmCode, more: { said?: string; retryable?: boolean } = {}): LlmFailure {
  const said = more.said?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_QUOTE) ?? '';
  return {
    kind: 'failed',
    code,
    message: said === '' ? SAYS[code] : `${SAYS[code]}（${said}）`,
    retryable: more.retryable ?? PASSES[code],
  };
}

/** What a trouble means. `hide` takes the key out of the provider's words before they are cut; `now` is for dates. */
export function failureOf(trouble: Trouble, hide: (text: string) => string, now: number): CallFailure {
  if (trouble.kind === 'timeout') return { ...failed('llm-timeout'), single: false, unbilled: false };
  if (trouble.kind === 'wire') {
    const failure = failed('llm-unreachable', { said: hide(trouble.words) });
    return { ...failure, single: false, unbilled: !trouble.arrived };
  }
  const error = errorIn(trouble.body);
  const status = statusOf(trouble.status, error);
  const { code, single, retryable } = meaningOf(status, error);
  const words = error?.message ? `HTTP ${status}，${hide(error.message)}` : wordsOf(status);
  const waitMs = waitAskedFor(trouble.headers, now);
  return {
    ...failed(code, { said: words, ...(retryable === undefined ? {} : { retryable }) }),
    single: single ?? false,
    // A body that is no answer may stand for one that was paid for.
    unbilled: status >= 400,
    ...(waitMs === undefined ? {} : { waitMs }),
  };
}

type Meaning = { code: LlmCode; single?: boolean; retryable?: boolean };

function meaningOf(status: number, error: ApiError | undefined): Meaning {
  const codes = [error?.code, error?.type].map((one) => String(one ?? ''));
  const isOneOf = (pattern: RegExp) => codes.some((one) => pattern.test(one));
  if (status === 402 || isOneOf(QUOTA_CODE) || QUOTA_WORDS.test(error?.message ?? ''))
    return { code: 'llm-quota' };
  if (status === 429) return { code: 'llm-rate' };
  if (isOneOf(FILTER_CODE) || isOneOf(TOO_LONG_CODE) || status === 413)
    return { code: 'llm-refused', single: true };
  if (status === 401 || status === 403) return { code: 'llm-auth' };
  if (status === 408) return { code: 'llm-timeout' };
  if (status === 404) return { code: 'llm-unreachable', retryable: false };
  // Mostly a parameter this model does not know: the next request has it too.
  if (status >= 400 && status < 500) return { code: 'llm-refused' };
  return { code: 'llm-unreachable' };
}

/** OpenRouter answers 200 and puts the status into the body's error. */
function statusOf(status: number, error: ApiError | undefined): number {
  const inside = Number(error?.code);
  return status < 400 && inside >= 400 && inside < 600 ? inside : status;
}

function wordsOf(status: number): string {
  return status < 400 ? `HTTP ${status}，回答不是 OpenAI 兼容的格式` : `HTTP ${status}`;
}

/** The error of a body: `{error}`, Gemini's array of one such, or the fields at the top (SiliconFlow). */
function errorIn(body: string): ApiError | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const one: unknown = Array.isArray(json) ? json[0] : json;
  const wrapped = z.object({ error: errorSchema }).safeParse(one);
  if (wrapped.success) return wrapped.data.error;
  const bare = errorSchema.safeParse(one);
  return bare.success && bare.data.message !== '' ? bare.data : undefined;
}

/** Milliseconds asked for by `retry-after-ms` (OpenAI) or `retry-after`: seconds or an HTTP date (RFC 9110 §10.2.3). */
function waitAskedFor(headers: Record<string, string>, now: number): number | undefined {
  const ms = headers['retry-after-ms']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(ms)) return Number(ms);
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

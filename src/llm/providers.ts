import { Problem } from '../domain/problem.ts';

/** What is known of one provider; all of them speak `POST <baseUrl>/chat/completions`. */
export type ProviderPreset = {
  baseUrl: string;
  /** The model asked when the config names none; `null`: the config must name one. Model names age fast. */
  model: string | null;
  /**
   * `schema`: takes a JSON schema and keeps to it. `object`: promises any JSON object only, so the schema and the
   * word JSON have to stand in the instructions. When it depends on the model, `object` is the one that always works.
   */
  structured: 'schema' | 'object';
  /** `null`: it has no embeddings. `model: null`: it has, but the config must name the model. */
  embedding: (EmbeddingLimits & { model: string | null }) | null;
  /** Fields every chat request to this provider carries. */
  body?: Record<string, unknown>;
  /** Its name for the most tokens of an answer, when not `max_tokens`. */
  outputLimit?: 'max_completion_tokens';
  /** Tokens of output beyond the answer for a model that thinks and cannot be told not to. */
  thinkingRoom?: number;
  /**
   * Requests at once, and in a minute where it counts them. Limits differ by account: these are what a small one may do
   * (`model.atOnce` and `model.perMinute` of the config come first).
   */
  atOnce: number;
  perMinute?: number;
};

/** Most texts in one call, most characters of one text. */
export type EmbeddingLimits = { maxInputs: number; maxChars: number };

/**
 * Careful limits where a provider documents none. 2,000 characters are at most some 3,000 tokens of Chinese, under
 * the smallest common input (3,072), and the event of a news article stands in its beginning.
 */
const CAREFUL: EmbeddingLimits = { maxInputs: 64, maxChars: 2_000 };

/** Thoughts about a brief take some thousand tokens; an answer that is cut off for them is lost. */
const THINKING = 8_000;

/** For servers nobody described. */
const USUAL_AT_ONCE = 4;

/** Read from the providers' documents in November 2026. */
export const PROVIDERS = {
  deepseek: {
    baseUrl: 'https://api.deepseek.com',
    model: 'deepseek-flash',
    structured: 'object',
    embedding: null,
    // It thinks unless told not to, which costs ten times the tokens of these short answers.
    body: { thinking: { type: 'disabled' } },
    // It allows 500 and more; eight write an edition in a minute.
    atOnce: 8,
  },
  qwen: {
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    model: 'qwen-plus',
    structured: 'object',
    // More than ten inputs are answered with 400.
    embedding: { model: 'text-embedding-v4', maxInputs: 10, maxChars: 4_000 },
    // JSON mode is refused while it thinks.
    body: { enable_thinking: false },
    atOnce: 4,
  },
  glm: {
    baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
    model: 'glm-4.7-flash',
    structured: 'object',
    embedding: { ...CAREFUL, model: 'embedding-3' },
    body: { thinking: { type: 'disabled' } },
    atOnce: 2,
  },
  kimi: {
    baseUrl: 'https://api.moonshot.cn/v1',
    model: 'kimi-k3',
    structured: 'schema',
    embedding: null,
    thinkingRoom: THINKING,
    // An account that has paid little: one at once, three in a minute.
    atOnce: 1,
    perMinute: 3,
  },
  doubao: {
    baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
    model: 'doubao-seed-1-8-251228',
    structured: 'object',
    embedding: { ...CAREFUL, model: null },
    // Whether it thinks depends on the model.
    thinkingRoom: THINKING,
    atOnce: 4,
  },
  siliconflow: {
    baseUrl: 'https://api.siliconflow.cn/v1',
    model: 'deepseek-ai/DeepSeek-V4-Pro',
    structured: 'object',
    embedding: { ...CAREFUL, model: 'BAAI/bge-m3' },
    // Whether it thinks depends on the model.
    thinkingRoom: THINKING,
    atOnce: 4,
  },
  ollama: {
    baseUrl: 'http://localhost:11434/v1',
    model: null,
    structured: 'schema',
    // Its default context is small and cuts in silence.
    embedding: { maxInputs: 64, maxChars: 1_200, model: null },
    // One machine computes one answer at a time.
    atOnce: 1,
  },
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-5.4-mini',
    structured: 'schema',
    embedding: { maxInputs: 64, maxChars: 4_000, model: 'text-embedding-3-small' },
    outputLimit: 'max_completion_tokens',
    thinkingRoom: THINKING,
    atOnce: 4,
  },
  gemini: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    model: 'gemini-3.7-flash',
    structured: 'schema',
    // 2,048 tokens are its most; Chinese takes up to 1.5 tokens a character.
    embedding: { maxInputs: 64, maxChars: 1_200, model: 'gemini-embedding-001' },
    thinkingRoom: THINKING,
    atOnce: 4,
  },
  openrouter: {
    baseUrl: 'https://openrouter.ai/api/v1',
    model: null,
    structured: 'schema',
    embedding: null,
    // Else a request may land at a host that ignores the schema.
    body: { provider: { require_parameters: true } },
    atOnce: 4,
  },
} as const satisfies Record<string, ProviderPreset>;

export type ProviderName = keyof typeof PROVIDERS;

/** For the config's schema. */
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as ProviderName[];

/** The words of the config that choose a model. Either `provider`, or `baseUrl` and `model`. */
export type ProviderChoice = {
  provider?: ProviderName | undefined;
  baseUrl?: string | undefined;
  model?: string | undefined;
  embeddingModel?: string | undefined;
  atOnce?: number | undefined;
  perMinute?: number | undefined;
};

/** A provider ready to be asked. */
export type Provider = Omit<ProviderPreset, 'model' | 'embedding'> & {
  name: string;
  model: string;
  embedding: (EmbeddingLimits & { model: string }) | null;
};

/**
 * The provider a config means: its preset, with the config's own words over it; without a preset a custom one, which
 * is trusted with no more than plain JSON objects. Throws `config-invalid` when no address or no model is known.
 */
export function chosenProvider(choice: ProviderChoice): Provider {
  const preset: ProviderPreset | undefined = choice.provider && PROVIDERS[choice.provider];
  const name = choice.provider ?? 'custom';
  const baseUrl = choice.baseUrl ?? preset?.baseUrl;
  const model = choice.model ?? preset?.model;
  if (!baseUrl || !URL.canParse(baseUrl)) {
    throw missing(name, '没有可用的地址（baseUrl）', '写上 provider，或写上以 http(s) 开头的 baseUrl');
  }
  if (!model) throw missing(name, '没有写模型名（model）', '写上服务商文档里的模型名');
  const embeddingModel = choice.embeddingModel ?? preset?.embedding?.model;
  const { maxInputs, maxChars } = preset?.embedding ?? CAREFUL;
  const perMinute = choice.perMinute ?? preset?.perMinute;
  return {
    ...(preset ?? { structured: 'object' }),
    atOnce: choice.atOnce ?? preset?.atOnce ?? USUAL_AT_ONCE,
    ...(perMinute === undefined ? {} : { perMinute }),
    name,
    baseUrl,
    model,
    embedding: embeddingModel ? { model: embeddingModel, maxInputs, maxChars } : null,
  };
}

function missing(name: string, message: string, fix: string): Problem {
  return new Problem({ code: 'config-invalid', message: `大模型设置（${name}）：${message}`, fix });
}

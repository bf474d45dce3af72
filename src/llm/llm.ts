import type { z } from 'zod';
import type { Purpose } from '../domain/model-call.ts';

/** Why a model gave no answer. All stand in docs/errors.md. */
export type LlmCode =
  /** the account's balance or plan is used up */
  | 'llm-quota'
  /** too many requests at the moment */
  | 'llm-rate'
  /** the key is wrong, or not allowed here */
  | 'llm-auth'
  /** the provider or the model declined this request: content filter, parameters, length */
  | 'llm-refused'
  /** an answer came, but not in the form asked for, not even after being told what was wrong */
  | 'llm-invalid'
  | 'llm-timeout'
  /** no connection, a server error, a wrong address, an unknown model */
  | 'llm-unreachable'
  /** this run's own ceiling of calls is reached */
  | 'llm-budget'
  /** the ceiling of money for the edition or the month is reached */
  | 'llm-ceiling'
  /** there is a ceiling of money, and what this model costs is not known */
  | 'llm-unpriced';

/** `message` is for an editor (Chinese) and never holds the key; `retryable`: asking again later can help. */
export type LlmFailure = { kind: 'failed'; code: LlmCode; message: string; retryable: boolean };

/** `cached`: it was known from an earlier question and cost nothing. */
export type Answer<T> = { kind: 'answered'; value: T; cached: boolean } | LlmFailure;

/**
 * `instructions` should be the same for many questions (providers bill repeated beginnings less), `prompt` holds the
 * material. In `schema` use `.nullable()` rather than `.optional()`: strict providers want every field.
 */
export type Question<T> = {
  /** For the ledger. */
  purpose: Purpose;
  /** For the ledger: an answer before this one was wrong. */
  repair?: boolean;
  instructions: string;
  prompt: string;
  schema: z.ZodType<T>;
  maxOutputTokens: number;
};

export type Embedded = {
  /** By the text as given; length 1. Blank texts and those of failed calls have none. */
  vectors: Map<string, Float32Array>;
  /** In words for an editor, alike ones told once, e.g. `llm-rate：……（10 条文本没有向量）`. */
  failures: string[];
};

/** Calls that really went out (retries and repairs too), answers from the cache, tokens as the provider counted them. */
export type Spent = { calls: number; cached: number; inputTokens: number; outputTokens: number };

/** One model behind one interface. Nothing here throws for what a provider does; a lost cache does. */
export type Llm = {
  /** Provider and model, e.g. `deepseek/deepseek-flash`: for reasons and logs. */
  name: string;
  /** Whether there is an embedding model; without one `embed` gives no vectors and one failure. */
  canEmbed: boolean;
  ask<T>(question: Question<T>): Promise<Answer<T>>;
  embed(texts: readonly string[]): Promise<Embedded>;
  spent(): Spent;
};

/** Answers kept between runs. Keys are SHA-256 in hex, values text. An error of `get` or `keep` is not caught. */
export type AnswerCache = {
  get(keys: string[]): Promise<Map<string, string>>;
  keep(entries: { key: string; value: string }[]): Promise<void>;
};

export type Clock = { now(): number; sleep(ms: number): Promise<void> };

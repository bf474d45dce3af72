import type { Instant } from './article.ts';

/** What a model was asked for. */
export const PURPOSES = ['brief', 'second-reader', 'embedding', 'deep-read'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** An amount in millionths of a currency's unit (ISO 4217): a token at 1 per million costs one. Whole numbers. */
export type Money = { currency: string; micros: number };

/** Tokens as the provider counted them; `cached` of the input were billed at the lower price. */
export type Tokens = { input: number; cached: number; output: number };

/** One call of a model, or one answer that was known already, as it stands in the ledger. */
export type ModelCall = {
  at: Instant;
  /** The edition it was made for. */
  date: string;
  /** The calendar month `YYYY-MM` it was made in, in the newsroom's time zone. */
  month: string;
  runId: string;
  purpose: Purpose;
  /** The answer before this one was wrong, and the model was told so. */
  repair: boolean;
  /** Provider and model, e.g. `deepseek/deepseek-flash`. */
  model: string;
  /**
   * `open`: under way, or the program was killed meanwhile. `answered`; `cached`: known already, nothing was sent; else
   * the code of the failure.
   */
  outcome: string;
  /** Missing where nothing was sent, or the provider did not say. */
  tokens?: Tokens;
  /**
   * Missing where the price is not known. `most`: what it cost is not known either, and it is counted at the most it can
   * have cost.
   */
  cost?: Money & { most: boolean };
};

/** What was counted so far, by currency; calls under way at the most they can cost. */
export type Spending = { edition: Money[]; month: Money[] };

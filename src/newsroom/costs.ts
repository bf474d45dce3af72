import type { ModelCall, Money, Purpose, Tokens } from '../domain/model-call.ts';
import { costOf, type Price, sumIn } from '../llm/prices.ts';
import { MOST_DEEP_READS } from '../write/deep-read/depth.ts';
import type { Config } from './config/schema.ts';
import { type Budget, MICROS, type ModelPrices } from './purse.ts';
import { WRITTEN_PER_PLACE } from './write-with-model.ts';

export const PURPOSE_WORDS: Record<Purpose, { zh: string; en: string }> = {
  brief: { zh: '简讯', en: 'briefs' },
  'second-reader': { zh: '第二读者', en: 'second reader' },
  embedding: { zh: '向量', en: 'embeddings' },
  'deep-read': { zh: '深读', en: 'deep reads' },
};

/** Calls added up. */
export type CostLine = {
  /** Those that were sent. */
  calls: number;
  /** Answers known already, which cost nothing. */
  known: number;
  /** Of the calls those that mended an answer. */
  repaired: number;
  /** Of the calls those without a usable answer. */
  failed: number;
  tokens: Tokens;
  cost: Money[];
  /** Calls whose price nobody knows: they are in no sum. */
  unpriced: number;
  /** Calls that are in the sum at the most they can have cost. */
  atMost: number;
};

export type CostReport = {
  month: string;
  total: CostLine;
  editions: ({ date: string } & CostLine)[];
  purposes: ({ purpose: Purpose } & CostLine)[];
  models: ({ model: string } & CostLine)[];
};

/** What the calls of a month cost, by edition, purpose and model. Pure. */
export function costReport(month: string, calls: readonly ModelCall[]): CostReport {
  const grouped = <K extends string>(keyOf: (call: ModelCall) => K) => [...Map.groupBy(calls, keyOf)];
  return {
    month,
    total: addedUp(calls),
    editions: grouped(({ date }) => date)
      .map(([date, own]) => ({ date, ...addedUp(own) }))
      .toSorted((one, other) => one.date.localeCompare(other.date)),
    purposes: grouped(({ purpose }) => purpose).map(([purpose, own]) => ({ purpose, ...addedUp(own) })),
    models: grouped(({ model }) => model).map(([model, own]) => ({ model, ...addedUp(own) })),
  };
}

function addedUp(calls: readonly ModelCall[]): CostLine {
  const sent = calls.filter(({ outcome }) => outcome !== 'cached');
  const sum = (of: (tokens: Tokens) => number) =>
    sent.reduce((all, { tokens }) => all + (tokens ? of(tokens) : 0), 0);
  return {
    calls: sent.length,
    known: calls.length - sent.length,
    repaired: sent.filter(({ repair }) => repair).length,
    failed: sent.filter(({ outcome }) => outcome !== 'answered').length,
    tokens: {
      input: sum(({ input }) => input),
      cached: sum(({ cached }) => cached),
      output: sum(({ output }) => output),
    },
    cost: [...Map.groupBy(sent, ({ cost }) => cost?.currency)].flatMap(([currency, own]) =>
      currency === undefined
        ? []
        : [{ currency, micros: own.reduce((all, { cost }) => all + (cost?.micros ?? 0), 0) }],
    ),
    unpriced: sent.filter(({ cost }) => cost === undefined).length,
    atMost: sent.filter(({ cost }) => cost?.most).length,
  };
}

/** What an edition usually costs, for one purpose: so many calls of so many tokens. */
export type Estimate = {
  purpose: Purpose;
  model: string;
  calls: number;
  tokens: Tokens;
  /** Missing where the price is not known. */
  cost?: Money;
  /** Read from calls that were made, or from what is usual elsewhere. */
  from: 'ledger' | 'usual';
};

/**
 * Before any call was made. Questions about the sample days' short articles take 1,700 tokens for a brief and 3,500 for a
 * batch of the second reader (a Chinese character or four Latin letters counted as one); a brief of a long article told by
 * four outlets takes 6,000. Answers: a brief with its evidence some 300, a deep read 1,500. Embeddings in batches of ten short leads.
 */
const USUAL = {
  brief: { input: 3_500, cached: 0, output: 400 },
  'second-reader': { input: 3_500, cached: 0, output: 500 },
  embedding: { input: 3_000, cached: 0, output: 0 },
  'deep-read': { input: 6_000, cached: 0, output: 1_500 },
} as const satisfies Partial<Record<Purpose, Tokens>>;
/** One brief in so many is asked for again. */
const USUAL_REPAIRS = 0.15;
const USUAL_READER_CALLS = 10;
const USUAL_EMBEDDING_CALLS = 25;

/** What the next edition is likely to cost by the config's wishes, from the calls of lately where there are any. Pure. */
export function estimateEdition(
  { model, edition }: Pick<Config, 'model' | 'edition'>,
  prices: ModelPrices,
  lately: readonly ModelCall[],
  now: number,
): Estimate[] {
  if (model === undefined) return [];
  const stories = Math.ceil(edition.maxItems * WRITTEN_PER_PLACE);
  const wished: [purpose: keyof typeof USUAL, isWished: boolean, calls: number][] = [
    ['embedding', model.embeddings, USUAL_EMBEDDING_CALLS],
    ['second-reader', model.secondReader, USUAL_READER_CALLS],
    ['brief', model.writing, Math.ceil(stories * (1 + USUAL_REPAIRS))],
    ['deep-read', model.writing, Math.ceil(MOST_DEEP_READS * (1 + USUAL_REPAIRS))],
  ];
  return wished.flatMap(([purpose, isWished, usualCalls]) => {
    if (!isWished) return [];
    const { name, price } = (purpose === 'embedding' ? prices.embedding : prices.chat) ?? { name: '' };
    const sent = lately.filter(
      (call) => call.purpose === purpose && call.model === name && call.outcome !== 'cached',
    );
    const editions = new Set(sent.map(({ date }) => date)).size;
    const calls = editions === 0 ? usualCalls : Math.ceil(sent.length / editions);
    const tokens = meanTokens(sent) ?? USUAL[purpose];
    const from = sent.length > 0 ? 'ledger' : 'usual';
    const cost = price && timesCost(calls, tokens, price, now);
    return [{ purpose, model: name, calls, tokens, from, ...(cost ? { cost } : {}) }];
  });
}

/** What so many questions of one purpose are likely to cost, by the calls of lately. */
export function likelyCost(
  purpose: keyof typeof USUAL,
  calls: number,
  price: Price,
  lately: readonly ModelCall[],
  now: number,
): Money {
  const own = lately.filter((call) => call.purpose === purpose);
  return timesCost(calls, meanTokens(own) ?? USUAL[purpose], price, now);
}

function timesCost(calls: number, { input, cached, output }: Tokens, price: Price, now: number): Money {
  const all = { input: calls * input, cached: calls * cached, output: calls * output };
  return costOf(all, price, now, now);
}

function meanTokens(calls: readonly ModelCall[]): Tokens | undefined {
  const counted = calls.flatMap(({ tokens }) => (tokens ? [tokens] : []));
  if (counted.length === 0) return undefined;
  const mean = (of: (tokens: Tokens) => number) =>
    Math.round(counted.reduce((sum, tokens) => sum + of(tokens), 0) / counted.length);
  return {
    input: mean(({ input }) => input),
    cached: mean(({ cached }) => cached),
    output: mean(({ output }) => output),
  };
}

/** A ceiling and how much of it is spent, 0..1 and beyond when a provider billed more than could be known. */
export type CeilingUse = {
  of: 'edition' | 'month';
  ceiling: number;
  currency: string;
  spent: number;
  share: number;
};

/** How far each ceiling of a budget is used. Amounts in units of its currency; foreign ones without a rate are left out. */
export function ceilingsUsed(
  { currency, rates, perEdition, perMonth }: Budget,
  spending: { edition: readonly Money[]; month: readonly Money[] },
): CeilingUse[] {
  const use = (of: CeilingUse['of'], ceiling: number | undefined): CeilingUse[] => {
    if (ceiling === undefined) return [];
    const known = spending[of].filter(
      (one) => one.currency === currency || rates[one.currency] !== undefined,
    );
    const spent = (sumIn(currency, known, rates) ?? 0) / MICROS;
    return [{ of, ceiling, currency, spent, share: ceiling === 0 ? 1 : spent / ceiling }];
  };
  return [...use('edition', perEdition), ...use('month', perMonth)];
}

/** `0.0126 CNY`: with as many digits as such small sums need. */
export function moneyWords({ currency, micros }: Money): string {
  const units = micros / MICROS;
  return `${units.toFixed(units >= 1 || units === 0 ? 2 : 4)} ${currency}`;
}

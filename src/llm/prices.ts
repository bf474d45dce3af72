import { z } from 'zod';
import type { Money, Tokens } from '../domain/model-call.ts';

const perMillion = z.number().min(0).max(1_000_000);
const rates = {
  input: perMillion,
  /** Of the input what the provider had in its cache; the full price where it says nothing of it. */
  cachedInput: perMillion.exactOptional(),
  output: perMillion.default(0),
};
const currency = z.string().regex(/^[A-Z]{3}$/, '应为三个大写字母，如 CNY / three capitals');

/** The price of one model, per million tokens. */
export const priceSchema = z.strictObject({ currency, ...rates });

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应写成 09:00');

/** `editorial/prices.yaml`: what models cost, per million tokens. */
export const pricesSchema = z.array(
  z
    .strictObject({
      /** Whose price it is: by the address that is asked; by the preset's name only where there is no one address. */
      host: z.string().min(1).exactOptional(),
      provider: z.string().min(1).exactOptional(),
      /** Names of models; `*` at the end stands for anything. */
      models: z.array(z.string().min(1)).min(1),
      currency,
      ...rates,
      /** Hours of these days, 1 for Monday, at which it costs more. Holidays count as days. */
      peak: z
        .strictObject({
          zone: z.string().min(1),
          days: z.array(z.int().min(1).max(7)).min(1),
          hours: z.array(z.strictObject({ from: clock, to: clock })).min(1),
          ...rates,
        })
        .exactOptional(),
      /** Where it was read, and when. */
      source: z.string().min(1),
    })
    .refine(({ host, provider }) => (host === undefined) !== (provider === undefined), {
      error: 'host 与 provider 写一个',
    }),
);

type Rates = { input: number; cachedInput?: number; output: number };
/** A price with the hours at which it is another. */
export type Price = Rates & { currency: string; peak?: Rates & Peak };
type Peak = { zone: string; days: number[]; hours: { from: string; to: string }[] };
export type PriceList = z.infer<typeof pricesSchema>;

/** The price of a model at this address; undefined when the list does not know it. The first entry that fits counts. */
export function listedPrice(
  prices: PriceList,
  asked: { provider: string; baseUrl: string; model: string },
): Price | undefined {
  const host = URL.parse(asked.baseUrl)?.hostname;
  return prices.find(
    (one) =>
      (one.host === undefined ? one.provider === asked.provider : one.host === host) &&
      one.models.some((name) =>
        name.endsWith('*') ? asked.model.startsWith(name.slice(0, -1)) : name === asked.model,
      ),
  );
}

/** What these tokens cost in a call that lasted from one moment to the other: at the dearer of both. */
export function costOf(tokens: Tokens, price: Price, from: number, to: number): Money {
  const micros = [from, to].map((at) => microsOf(tokens, ratesAt(price, at)));
  return { currency: price.currency, micros: Math.max(...micros) };
}

/** The most that these tokens can cost at any hour, nothing of them in the provider's cache. */
export function mostCost(tokens: Pick<Tokens, 'input' | 'output'>, price: Price): Money {
  const all = { ...tokens, cached: 0 };
  const micros = [price, price.peak ?? price].map((one) => microsOf(all, one));
  return { currency: price.currency, micros: Math.max(...micros) };
}

function microsOf({ input, cached, output }: Tokens, { input: full, cachedInput, output: out }: Rates) {
  return Math.ceil((input - cached) * full + cached * (cachedInput ?? full) + output * out);
}

function ratesAt({ peak, ...usual }: Price, at: number): Rates {
  if (peak === undefined) return usual;
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: peak.zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  const time = `${part('hour')}:${part('minute')}`;
  const isPeak = peak.days.includes(day) && peak.hours.some(({ from, to }) => from <= time && time < to);
  return isPeak ? peak : usual;
}

/** Amounts of several currencies as one; undefined when a rate is missing. `rates`: one unit of it in `currency`. */
export function sumIn(
  currency: string,
  amounts: readonly Money[],
  rates: Readonly<Record<string, number>>,
): number | undefined {
  let sum = 0;
  for (const { currency: own, micros } of amounts) {
    const rate = own === currency ? 1 : rates[own];
    if (rate === undefined) return undefined;
    sum += micros * rate;
  }
  return Math.ceil(sum);
}

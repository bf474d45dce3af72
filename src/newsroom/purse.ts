import type { Money, Spending } from '../domain/model-call.ts';
import type { Run } from '../domain/run.ts';
import type { LlmFailure } from '../llm/llm.ts';
import { costOf, listedPrice, mostCost, type Price, type PriceList, sumIn } from '../llm/prices.ts';
import { chosenProvider } from '../llm/providers.ts';
import type { EndedCall, PlannedCall, Purse } from '../llm/purse.ts';
import { failed } from '../llm/trouble.ts';
import type { Store } from '../store/store.ts';
import { dateIn } from './calendar.ts';
import type { Config } from './config/schema.ts';

type ModelConfig = NonNullable<Config['model']>;
export type Budget = NonNullable<ModelConfig['budget']>;

/** The models of a config by their names in the ledger, and what each costs; without a price where nobody knows it. */
export type ModelPrices = {
  chat: { name: string; price?: Price };
  embedding?: { name: string; price?: Price };
};

/** Which models a config means and what they cost: its own price, else the list's. */
export function modelPrices(model: ModelConfig, list: PriceList): ModelPrices {
  const provider = chosenProvider(model);
  const { name, baseUrl, embedding } = provider;
  const listed = (one: string) => listedPrice(list, { provider: name, baseUrl, model: one });
  const own = model.price;
  const chat = own ?? listed(provider.model);
  const vectors =
    own?.embedding === undefined
      ? embedding && listed(embedding.model)
      : { currency: own.currency, input: own.embedding, output: 0 };
  return {
    chat: { name: `${name}/${provider.model}`, ...(chat ? { price: chat } : {}) },
    ...(embedding
      ? { embedding: { name: `${name}/${embedding.model}`, ...(vectors ? { price: vectors } : {}) } }
      : {}),
  };
}

/**
 * The purse of one run: every call stands in the ledger before it is made, at the most it can cost; where the config has
 * a ceiling, one that could break it for the edition or the month is not made.
 */
export function openPurse(
  run: Pick<Run, 'id' | 'date'>,
  from: {
    store: Store;
    clock: () => number;
    timezone: string;
    prices: ModelPrices;
    budget?: Budget | undefined;
  },
): Purse {
  const { store, clock, budget, prices } = from;
  const rowOf = ({ purpose, repair, kind }: Pick<PlannedCall, 'purpose' | 'repair' | 'kind'>) => {
    const { name, price } = (kind === 'chat' ? prices.chat : prices.embedding) ?? { name: kind };
    const at = clock();
    const month = dateIn(from.timezone, at).slice(0, 7);
    const row = { at, date: run.date, month, runId: run.id, purpose, repair, model: name };
    return { row, price };
  };
  /** Calls of this run that are under way: what they do not use is free again when they end. */
  const underWay = new Set<Promise<void>>();
  return {
    async open(planned) {
      const { row, price } = rowOf(planned);
      const most = price && mostCost(planned.most, price);
      const hopeless = budget && unpriced(budget, row.model, most);
      if (hopeless !== undefined) return hopeless;
      let refusal: LlmFailure | undefined;
      const tryToOpen = () =>
        store.openCall(
          { ...row, outcome: 'open', ...(most ? { cost: { ...most, most: true } } : {}) },
          (soFar) => {
            refusal = budget && most && overCeiling(budget, soFar, most);
            return refusal === undefined;
          },
        );
      let n = await tryToOpen();
      while (n === undefined && underWay.size > 0) {
        await Promise.race(underWay);
        n = await tryToOpen();
      }
      if (n === undefined) return refusal ?? failed('llm-ceiling');
      const opened = n;
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      underWay.add(ended);
      return {
        async settle({ outcome, billed }) {
          const cost = price && most && billedCost(billed, { price, most, from: row.at, to: clock() });
          await store.settleCall(opened, {
            outcome,
            ...(billed.kind === 'used' ? { tokens: billed.tokens } : {}),
            ...(cost ? { cost } : {}),
          });
          underWay.delete(ended);
          end();
        },
      };
    },
    async known(call) {
      const { row, price } = rowOf(call);
      const cost = price && { currency: price.currency, micros: 0, most: false };
      await store.openCall({ ...row, outcome: 'cached', ...(cost ? { cost } : {}) }, () => true);
    },
  };
}

function billedCost(
  billed: EndedCall['billed'],
  { price, most, from, to }: { price: Price; most: Money; from: number; to: number },
): Money & { most: boolean } {
  if (billed.kind === 'unclear') return { ...most, most: true };
  if (billed.kind === 'nothing') return { currency: price.currency, micros: 0, most: false };
  return { ...costOf(billed.tokens, price, from, to), most: false };
}

function unpriced(
  { currency, rates }: Budget,
  model: string,
  most: Money | undefined,
): LlmFailure | undefined {
  if (most === undefined)
    return failed('llm-unpriced', { said: `${model} 的价格不在 editorial/prices.yaml，请写 model.price` });
  if (sumIn(currency, [most], rates) !== undefined) return undefined;
  const said = `${model} 按 ${most.currency} 计价，请在 model.budget.rates 写 1 ${most.currency} 合多少 ${currency}`;
  return failed('llm-unpriced', { said });
}

function overCeiling(budget: Budget, soFar: Spending, most: Money): LlmFailure | undefined {
  const { currency, rates, perEdition, perMonth } = budget;
  const over = (spent: readonly Money[], ceiling: number | undefined) =>
    ceiling !== undefined && (sumIn(currency, [...spent, most], rates) ?? Infinity) > ceiling * MICROS;
  if (over(soFar.edition, perEdition))
    return failed('llm-ceiling', { said: `本期上限 ${perEdition} ${currency}（model.budget.perEdition）` });
  if (over(soFar.month, perMonth))
    return failed('llm-ceiling', { said: `本月上限 ${perMonth} ${currency}（model.budget.perMonth）` });
  return undefined;
}

/** Millionths in a unit of money. */
export const MICROS = 1_000_000;

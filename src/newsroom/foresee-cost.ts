import type { Run } from '../domain/run.ts';
import { dateIn } from './calendar.ts';
import { likelyCost, moneyWords } from './costs.ts';
import { priceList } from './editorial.ts';
import type { Newsroom } from './newsroom.ts';
import { modelPrices } from './purse.ts';

/** Before `stories` briefs are asked for: what that is likely to cost, and a way to say afterwards what was spent. */
export async function foreseeCost(room: Newsroom, run: Pick<Run, 'date'>, stories: number) {
  const { model, timezone } = room.config;
  if (model === undefined || stories === 0) return undefined;
  const { price } = modelPrices(model, priceList(room.config)).chat;
  if (price === undefined) return { words: async () => '模型价格未知' };
  const now = room.clock();
  const month = dateIn(timezone, now).slice(0, 7);
  const likely = likelyCost('brief', stories, price, await room.store.modelCalls(month), now);
  return {
    /** Chinese: what was foreseen, and what the edition has cost so far, whatever was asked for. */
    async words() {
      const { edition } = await room.store.spending(run.date, month);
      const spent = edition.length === 0 ? '0' : edition.map(moneyWords).join('、');
      return `估 ${moneyWords(likely)}，本期已用 ${spent}`;
    },
  };
}

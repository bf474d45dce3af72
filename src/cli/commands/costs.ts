import { sumIn } from '../../llm/prices.ts';
import { addDays, dateIn, isDate } from '../../newsroom/calendar.ts';
import {
  type CostLine,
  type CostReport,
  ceilingsUsed,
  costReport,
  type Estimate,
  estimateEdition,
  moneyWords,
  PURPOSE_WORDS,
} from '../../newsroom/costs.ts';
import { priceList } from '../../newsroom/editorial.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { modelPrices } from '../../newsroom/purse.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, type Io, say } from '../io.ts';
import type { Words } from '../language.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, {
    ...CONFIG_OPTION,
    month: { type: 'string' },
    estimate: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  if (values.month !== undefined && !isDate(`${values.month}-01`))
    throw usage(`--month ${values.month} 不是月份，应写成 2026-03 这样 / not a month`);
  return withNewsroom(io, values.config, async (room) => {
    const today = dateIn(room.config.timezone, room.clock());
    const month = values.month ?? today.slice(0, 7);
    if (values.estimate) {
      const estimates = await estimateOf(room, month);
      io.out(
        values.json ? JSON.stringify(estimates, null, 2) : estimateLines(estimates, room, io).join('\n'),
      );
      return EXIT.ok;
    }
    const report = costReport(month, await room.store.modelCalls(month));
    const { budget } = room.config.model ?? {};
    const ceilings = budget ? ceilingsUsed(budget, await room.store.spending(today, month)) : [];
    io.out(
      values.json
        ? JSON.stringify({ ...report, ceilings }, null, 2)
        : [...reportLines(report, io), ...ceilings.map((one) => ceilingLine(one, today, io))].join('\n'),
    );
    return EXIT.ok;
  });
};

async function estimateOf(room: Newsroom, month: string): Promise<Estimate[]> {
  const { model } = room.config;
  if (model === undefined) return [];
  const lately = [
    ...(await room.store.modelCalls(addDays(`${month}-01`, -1).slice(0, 7))),
    ...(await room.store.modelCalls(month)),
  ];
  return estimateEdition(room.config, modelPrices(model, priceList(room.config)), lately, room.clock());
}

function estimateLines(estimates: readonly Estimate[], room: Newsroom, io: Io): string[] {
  if (estimates.length === 0)
    return [say(io, { zh: '没有用到模型，不花钱', en: 'no model is used: nothing to pay' })];
  const lines = estimates.map(({ purpose, model, calls, tokens, cost, from }) => {
    const words = say(io, PURPOSE_WORDS[purpose]);
    const basis = say(
      io,
      from === 'ledger'
        ? { zh: '按近来的调用', en: 'by recent calls' }
        : { zh: '按常情', en: 'by what is usual' },
    );
    const price = cost ? moneyWords(cost) : say(io, UNKNOWN);
    return say(io, {
      zh: `${words}（${model}）：约 ${calls} 次，每次输入 ${tokens.input}、输出 ${tokens.output} token，${price}（${basis}）`,
      en: `${words} (${model}): about ${calls} calls of ${tokens.input} + ${tokens.output} tokens, ${price} (${basis})`,
    });
  });
  const { budget } = room.config.model ?? {};
  const known = estimates.flatMap(({ cost }) => (cost ? [cost] : []));
  const currency = budget?.currency ?? known[0]?.currency;
  const sum = currency === undefined ? undefined : sumIn(currency, known, budget?.rates ?? {});
  const total =
    known.length === estimates.length && currency !== undefined && sum !== undefined
      ? moneyWords({ currency, micros: sum })
      : say(io, UNKNOWN);
  return [
    ...lines,
    say(io, { zh: `下一期合计约 ${total}`, en: `next edition in all: about ${total}` }),
    ...(budget?.perEdition === undefined
      ? []
      : [
          say(io, {
            zh: `每期上限 ${budget.perEdition} ${budget.currency}，不会超过`,
            en: `ceiling of an edition: ${budget.perEdition} ${budget.currency}, never exceeded`,
          }),
        ]),
  ];
}

const UNKNOWN: Words = { zh: '价格未知', en: 'price unknown' };

function reportLines({ month, total, editions, purposes, models }: CostReport, io: Io): string[] {
  if (total.calls + total.known === 0)
    return [say(io, { zh: `${month} 没有调用模型`, en: `${month}: no model was asked` })];
  const line = (name: string, one: CostLine) => `  ${name}  ${lineWords(one, io)}`;
  return [
    `${month}  ${lineWords(total, io)}`,
    say(io, { zh: '按期：', en: 'by edition:' }),
    ...editions.map((one) => line(one.date, one)),
    say(io, { zh: '按用途：', en: 'by purpose:' }),
    ...purposes.map((one) => line(say(io, PURPOSE_WORDS[one.purpose]), one)),
    say(io, { zh: '按模型：', en: 'by model:' }),
    ...models.map((one) => line(one.model, one)),
  ];
}

function lineWords(
  { calls, known, repaired, failed, tokens, cost, unpriced, atMost }: CostLine,
  io: Io,
): string {
  const share = tokens.input === 0 ? 0 : Math.round((tokens.cached / tokens.input) * 100);
  const money = cost.length === 0 ? [] : [cost.map(moneyWords).join(' + ')];
  return say(io, {
    zh: [
      `调用 ${calls} 次`,
      `缓存 ${known} 次`,
      `返工 ${repaired}`,
      `失败 ${failed}`,
      `输入 ${tokens.input}（服务商缓存 ${share} %）`,
      `输出 ${tokens.output}`,
      ...money,
      ...(unpriced > 0 ? [`${unpriced} 次价格未知`] : []),
      ...(atMost > 0 ? [`${atMost} 次用量不明，按最多计`] : []),
    ].join('，'),
    en: [
      `${calls} calls`,
      `${known} from the cache`,
      `${repaired} repairs`,
      `${failed} failed`,
      `${tokens.input} in (${share} % cached by the provider)`,
      `${tokens.output} out`,
      ...money,
      ...(unpriced > 0 ? [`price unknown for ${unpriced}`] : []),
      ...(atMost > 0 ? [`${atMost} unclear, counted at most`] : []),
    ].join(', '),
  });
}

function ceilingLine(
  { of, ceiling, currency, spent, share }: ReturnType<typeof ceilingsUsed>[number],
  today: string,
  io: Io,
): string {
  const used = `${spent.toFixed(spent >= 1 ? 2 : 4)} / ${ceiling} ${currency}（${Math.round(share * 100)} %）`;
  return of === 'edition'
    ? say(io, { zh: `${today} 一期的上限：已用 ${used}`, en: `ceiling of the edition ${today}: ${used}` })
    : say(io, { zh: `本月的上限：已用 ${used}`, en: `ceiling of the month: ${used}` });
}

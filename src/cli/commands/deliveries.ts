import type { Delivery } from '../../domain/edition.ts';
import { isWeek } from '../../domain/week.ts';
import { addDays, clockTime, dateIn, isDate } from '../../newsroom/calendar.ts';
import { latestWeek } from '../../newsroom/latest-week.ts';
import { withLease } from '../../newsroom/lease.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { stateWords, textsOnce } from '../delivery-lines.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, type Io, say } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';

/** Days shown when no date is named. */
const DAYS = 7;

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, {
    ...CONFIG_OPTION,
    date: { type: 'string' },
    open: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    sent: { type: 'string' },
    again: { type: 'string' },
  });
  const { date, sent, again } = values;
  if (date !== undefined && !isDate(date) && !isWeek(date))
    throw usage(`--date ${date} 不是日期，应写成 2026-03-10（周报 2026-W11）这样 / not a date`);
  return withNewsroom(io, values.config, async (room) => {
    const key = sent ?? again;
    if (key !== undefined) return settle(room, key, sent !== undefined, io);
    const today = dateIn(room.config.timezone, room.clock());
    const days = Array.from({ length: DAYS }, (_, n) => addDays(today, n + 1 - DAYS));
    const dates = date ? [date] : [...days, latestWeek(today)];
    const all = (await Promise.all(dates.map((one) => room.store.deliveries(one)))).flat();
    const shown = values.open ? all.filter(({ state }) => state.kind !== 'delivered') : all;
    io.out(
      values.json ? JSON.stringify(textsOnce(shown), null, 2) : listing(shown, room.config.timezone, io),
    );
    return EXIT.ok;
  });
};

/** An editor who looked says whether a part is there. */
async function settle(room: Newsroom, key: string, isThere: boolean, io: Io): Promise<number> {
  const found = (await room.store.deliveries(key.split('/')[0] ?? '')).find((one) => one.key === key);
  if (found === undefined)
    throw usage(`没有 ${key} 这次投递；ribao deliveries --open 列出未定的 / no such delivery`);
  if (found.state.kind === 'delivered') throw usage(`${key} 早已送达 / delivered already`);
  await withLease(room, 'newsroom', async () => {
    const where = '编辑确认已送达';
    await room.store.recordDelivery(
      key,
      isThere ? { kind: 'delivered', at: room.clock(), where } : { kind: 'planned' },
    );
  });
  io.out(
    isThere
      ? say(io, { zh: `✓ ${key} 记为已送达`, en: `✓ ${key} counts as delivered` })
      : say(io, {
          zh: `✓ ${key} 待重发：ribao publish`,
          en: `✓ ${key} will be sent again: ribao publish`,
        }),
  );
  return EXIT.ok;
}

/** Thousands of letters that arrived are one line. */
const MOST_LINES = 20;

function listing(deliveries: readonly Delivery[], zone: string, io: Io): string {
  if (deliveries.length === 0) return say(io, { zh: '没有投递', en: 'no deliveries' });
  const groups = Map.groupBy(deliveries, ({ date, revision, channel }) => `${date}/r${revision}/${channel}`);
  return [...groups]
    .flatMap(([group, rows]) => {
      const arrived = rows.filter(({ state }) => state.kind === 'delivered');
      if (arrived.length <= MOST_LINES) return rows.map((one) => lineOf(one, zone, io));
      const last = arrived.at(-1)?.state;
      const at = last?.kind === 'delivered' ? clockTime(zone, last.at) : '';
      const sum = say(io, { zh: `→ ${arrived.length} 封已送达`, en: `→ ${arrived.length} delivered` });
      const others = rows.filter(({ state }) => state.kind !== 'delivered');
      return [`${at}  ${group}/*  ${sum}`, ...others.map((one) => lineOf(one, zone, io))];
    })
    .join('\n');
}

function lineOf(one: Delivery, zone: string, io: Io): string {
  const at = one.state.kind === 'planned' ? ''.padEnd(16) : clockTime(zone, one.state.at);
  return `${at}  ${one.key}  ${stateWords(one, io)}`;
}

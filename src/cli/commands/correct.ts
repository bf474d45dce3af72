import type { Edition, Item } from '../../domain/edition.ts';
import { identityOf } from '../../gather/identity.ts';
import { addDays, dateIn, isDate } from '../../newsroom/calendar.ts';
import { correctEdition, planCorrection, undoCorrection, type Wish } from '../../newsroom/correct-edition.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { channelName } from '../../newsroom/outbox.ts';
import { publishEdition } from '../../newsroom/publish-edition.ts';
import { channelKind } from '../../publish/channels/registry.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { deliveryLines } from '../delivery-lines.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, type Io, say } from '../io.ts';
import { showProgress } from '../progress.ts';
import { rulingLine } from '../story-report.ts';
import { withNewsroom } from '../with-newsroom.ts';

/** Without a date, the item is looked for in the editions of so many days. */
const DAYS_BACK = 31;

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    {
      ...CONFIG_OPTION,
      headline: { type: 'string' },
      summary: { type: 'string' },
      withdraw: { type: 'boolean', default: false },
      note: { type: 'string', default: '' },
      date: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
    { words: 2 },
  );
  const [word, number] = positionals;
  const { date, headline, summary } = values;
  if (word === undefined) throw usage('correct 后面要写是哪一条 / an item is missing');
  if (date !== undefined && !isDate(date))
    throw usage(`--date ${date} 不是日期，应写成 2026-03-10 这样 / not a date`);
  if (values.withdraw && (headline !== undefined || summary !== undefined))
    throw usage('--withdraw 撤回整条，不能同时改标题或摘要 / withdraw or change, not both');
  return withNewsroom(io, values.config, async (room) => {
    if (word === 'undo') return bring(room, await undoCorrection(room, Number(number)), io);
    const { edition, item } = await findItem(room, word, date);
    const wish: Wish = values.withdraw
      ? { kind: 'withdraw' }
      : {
          kind: 'correct',
          ...(headline === undefined ? {} : { headline }),
          ...(summary === undefined ? {} : { summary }),
        };
    const planned = await planCorrection(room, edition, item, wish);
    for (const doubt of planned.doubts) io.err(`! ${doubt}`);
    if (values['dry-run']) {
      const { decision } = planned;
      if (decision.kind === 'correct') io.out(`${decision.headline}\n${decision.summary}`);
      io.out(say(io, { zh: '只是看看，什么也没有改', en: 'only a look: nothing was changed' }));
      return EXIT.ok;
    }
    const made = await correctEdition(room, planned, values.note);
    io.out(rulingLine(made.ruling, room.config.timezone));
    return bring(room, made.edition, io);
  });
};

/**
 * The item that a person names, in the edition of this date or the latest that has it.
 * @throws Problem usage when there is none
 */
async function findItem(
  room: Newsroom,
  word: string,
  date: string | undefined,
): Promise<{ edition: Edition; item: Item }> {
  const tomorrow = addDays(dateIn(room.config.timezone, room.clock()), 1);
  const [from, before] =
    date === undefined ? [addDays(tomorrow, -DAYS_BACK), tomorrow] : [date, addDays(date, 1)];
  const storyId = (await room.store.story(word))?.story.id ?? word;
  const wanted = /^https?:/.test(word) ? identityOf(word) : undefined;
  for (const edition of (await room.store.editions(from, before)).toReversed()) {
    if (edition.status.kind === 'held') continue;
    const items = edition.sections.flatMap((section) => section.items);
    const item = items.find(
      ({ brief }) =>
        brief.storyId === storyId ||
        brief.articleId === word ||
        (wanted !== undefined && brief.url !== '' && identityOf(brief.url) === wanted),
    );
    if (item !== undefined) return { edition, item };
  }
  throw usage(`没有找到 ${word} 这一条；ribao show 日期 列出各条的编号 / no such item`);
}

/** Files and the site are made anew; messages only where the edition went before. */
async function bring(room: Newsroom, edition: Edition, io: Io): Promise<number> {
  const begun = new Set((await room.store.deliveries(edition.date)).map(({ channel }) => channel));
  const files = new Set(
    room.config.channels
      .map((config, n, all) => ({ name: channelName(config, n, all), form: channelKind(config.kind)?.form }))
      .filter(({ form }) => form === 'files')
      .map(({ name }) => name),
  );
  const progress = showProgress(io);
  const wanted = (name: string) => begun.has(name) || files.has(name);
  const report = await publishEdition(room, edition, progress.tell, wanted).finally(progress.end);
  io.out(deliveryLines(report.deliveries, io).join('\n'));
  const untouched = [...begun].filter(
    (name) =>
      !report.deliveries.some(({ channel, revision }) => channel === name && revision === edition.revision),
  );
  if (untouched.length > 0) {
    const names = untouched.join('、');
    io.out(
      say(io, {
        zh: `${names} 上还是原来的样子：那里不能由程序改，或没有要更正消息（corrections: true）；请看要不要手工改`,
        en: `unchanged on ${names}: cannot be edited by program, or no correction messages are wanted (corrections: true)`,
      }),
    );
  }
  return report.failures.length > 0 ? EXIT.undelivered : EXIT.ok;
}

import { HEALTHS } from '../../domain/source.ts';
import { healthOf } from '../../gather/health.ts';
import { addDays, clockTime, dateIn } from '../../newsroom/calendar.ts';
import { latestWeek } from '../../newsroom/latest-week.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { CONFIG_OPTION, readArguments } from '../arguments.ts';
import { deliveryLines } from '../delivery-lines.ts';
import { EXIT } from '../exit-codes.ts';
import { healthMark, healthWord } from '../health-words.ts';
import { hostLines } from '../host-lines.ts';
import type { CommandRun, Io } from '../io.ts';
import { heldLines } from '../print-edition.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, CONFIG_OPTION);
  return withNewsroom(io, values.config, async (room) => {
    io.out(
      [
        ...(await runLines(room, io)),
        '',
        ...(await editionLines(room, io)),
        '',
        ...(await readerLines(room, io)),
        ...(await sourceLines(room, io)),
      ].join('\n'),
    );
    return EXIT.ok;
  });
};

async function runLines(room: Newsroom, io: Io): Promise<string[]> {
  const runs = await room.store.runs(5);
  const articles = await room.store.countArticles();
  const head = { zh: `文章 ${articles} 篇。最近的运行：`, en: `${articles} articles. Latest runs:` }[
    io.tongue
  ];
  const none = { zh: '  还没有运行过：ribao run', en: '  none yet: ribao run' }[io.tongue];
  const lines = runs.map(
    ({ id, date, state, startedAt }) =>
      `  ${clockTime(room.config.timezone, startedAt)}  ${date}  ${state}  ${id}`,
  );
  return [head, ...(lines.length > 0 ? lines : [none])];
}

async function editionLines(room: Newsroom, io: Io): Promise<string[]> {
  const today = dateIn(room.config.timezone, room.clock());
  const editions = (await room.store.editions(addDays(today, -30), addDays(today, 1))).slice(-5);
  const weekly = await room.store.edition(latestWeek(today));
  if (weekly) editions.push(weekly);
  const lines: string[] = [];
  for (const edition of editions) {
    lines.push(
      `  ${edition.date} r${edition.revision}  ${edition.title}`,
      ...heldLines(edition, io).map((line) => `    ${line}`),
    );
    const deliveries = (await room.store.deliveries(edition.date)).filter(
      ({ revision, message }) => message !== undefined || revision === edition.revision,
    );
    lines.push(...deliveryLines(deliveries, io).map((line) => `  ${line}`));
  }
  return [{ zh: '最近几期：', en: 'Latest editions:' }[io.tongue], ...lines];
}

/** Readers by letter, where there are any, and how many no letter reaches any more. */
async function readerLines(room: Newsroom, io: Io): Promise<string[]> {
  const all = await room.store.subscribers();
  if (all.length === 0) return [];
  const count = (state: (typeof all)[number]['state']) => all.filter((one) => one.state === state).length;
  const disabled = count('disabled');
  return [
    {
      zh: `邮件订阅者 ${count('active')} 人，待确认 ${count('pending')}${disabled > 0 ? `，屡次退信而停寄 ${disabled}（ribao subscribers list）` : ''}`,
      en: `${count('active')} readers by letter, ${count('pending')} pending${disabled > 0 ? `, ${disabled} disabled after bounces (ribao subscribers list)` : ''}`,
    }[io.tongue],
    '',
  ];
}

/** How many days back changes of health are shown. */
const EVENT_DAYS = 7;

/** Only what needs an eye: sources that are not well, the worst first, what changed, and hosts that rest. */
async function sourceLines(room: Newsroom, io: Io): Promise<string[]> {
  const states = await room.store.sourceStates();
  const now = room.clock();
  const known = room.sources.map((source) => {
    const state = states.get(source.id);
    const { health, why } = state ? healthOf(state, now) : { health: 'new' as const, why: '' };
    return { source, state, health, why };
  });
  const counts = HEALTHS.flatMap((health) => {
    const count = known.filter((one) => one.health === health).length;
    return count > 0 ? [`${healthWord(health, io.tongue)} ${count}`] : [];
  });
  const ill = known
    .filter(({ health }) => health !== 'healthy' && health !== 'new')
    .toSorted((a, b) => HEALTHS.indexOf(b.health) - HEALTHS.indexOf(a.health));
  const trial = known.filter(({ state }) => state?.standing === 'quarantine');
  const events = await room.store.sourceEvents(now - EVENT_DAYS * 86_400_000);
  const zone = room.config.timezone;
  const say = (zh: string, en: string) => ({ zh, en })[io.tongue];
  return [
    say(`来源 ${room.sources.length} 个：`, `${room.sources.length} sources: `) + counts.join('，'),
    ...ill.map(
      ({ source, health, why }) =>
        `  ${healthMark(health)} ${source.id}  ${healthWord(health, io.tongue)}：${why}`,
    ),
    ...(trial.length > 0
      ? [
          say(
            `观察期（收稿但不见报；ribao sources admit 放行）：${trial.map(({ source }) => source.id).join('、')}`,
            `On trial (ribao sources admit lets in): ${trial.map(({ source }) => source.id).join(', ')}`,
          ),
        ]
      : []),
    ...(events.length > 0 ? [say(`近 ${EVENT_DAYS} 天的变化：`, `Changes in ${EVENT_DAYS} days:`)] : []),
    ...events
      .slice(0, 20)
      .map(
        ({ at, sourceId, before, after, why }) =>
          `  ${clockTime(zone, at)}  ${sourceId}  ${healthWord(before, io.tongue)} → ${healthWord(after, io.tongue)}  ${why}`,
      ),
    ...(await hostLines(room, io)),
  ];
}

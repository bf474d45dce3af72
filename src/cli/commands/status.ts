import { addDays, clockTime, dateIn } from '../../newsroom/calendar.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { describeOutcome } from '../../newsroom/steps/collect.ts';
import { CONFIG_OPTION, readArguments } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
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
  const lines: string[] = [];
  for (const edition of editions) {
    lines.push(
      `  ${edition.date} r${edition.revision}  ${edition.title}`,
      ...heldLines(edition, io).map((line) => `    ${line}`),
    );
    const deliveries = (await room.store.deliveries(edition.date)).filter(
      (d) => d.revision === edition.revision,
    );
    for (const { channel, state } of deliveries)
      lines.push(
        `    ${channel}  ${state.kind === 'delivered' ? state.where : state.kind === 'failed' ? `✗ ${state.message}` : '…'}`,
      );
  }
  return [{ zh: '最近几期：', en: 'Latest editions:' }[io.tongue], ...lines];
}

/** Only what needs an eye: failing and silent sources, the worst first. */
async function sourceLines(room: Newsroom, io: Io): Promise<string[]> {
  const states = await room.store.sourceStates();
  const known = room.sources.flatMap((source) => {
    const state = states.get(source.id);
    return state?.lastOutcome ? [{ source, state, outcome: state.lastOutcome }] : [];
  });
  const ill = known
    .filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'silent')
    .toSorted((a, b) => b.state.failureStreak - a.state.failureStreak);
  const well = known.length - ill.length;
  const head = {
    zh: `来源 ${room.sources.length} 个：正常 ${well}，有问题 ${ill.length}，未收过 ${room.sources.length - known.length}`,
    en: `${room.sources.length} sources: ${well} well, ${ill.length} in trouble, ${room.sources.length - known.length} never asked`,
  }[io.tongue];
  return [
    head,
    ...ill.map(({ source, state, outcome }) => {
      const streak =
        state.failureStreak > 1
          ? { zh: `（连续 ${state.failureStreak} 次）`, en: ` (${state.failureStreak} in a row)` }[io.tongue]
          : '';
      return `  ${outcome.kind === 'failed' ? '✗' : '?'} ${source.id}  ${describeOutcome(outcome, 0)}${streak}`;
    }),
  ];
}

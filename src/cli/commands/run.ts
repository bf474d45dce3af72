import type { RunState } from '../../domain/run.ts';
import { isDate } from '../../newsroom/calendar.ts';
import { type RunReport, runEdition } from '../../newsroom/run-edition.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { deliveryLines, textsOnce } from '../delivery-lines.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRun, Io } from '../io.ts';
import { editionLines, heldLines } from '../print-edition.ts';
import { showProgress } from '../progress.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, {
    ...CONFIG_OPTION,
    date: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const { date, json } = values;
  if (date !== undefined && !isDate(date))
    throw usage(`--date ${date} 不是日期，应写成 2026-03-10 这样 / not a date`);
  return withNewsroom(io, values.config, async (room) => {
    const progress = showProgress(json ? { ...io, terminal: false } : io);
    const report = await runEdition(
      room,
      { ...(date ? { date } : {}), dryRun: values['dry-run'] },
      progress.tell,
    ).finally(progress.end);
    if (json) io.out(JSON.stringify(toJson(report), null, 2));
    else {
      if (values['dry-run']) io.out(editionLines(report.edition, io).join('\n'));
      io.out(reportLines(report, io).join('\n'));
    }
    return exitCodeOf(report.run.state);
  });
};

/** 0 published, unchanged or rehearsed; 3 held; 4 some channel failed. */
export function exitCodeOf(state: RunState): number {
  if (state === 'held') return EXIT.held;
  return state === 'undelivered' ? EXIT.undelivered : EXIT.ok;
}

/** What became of the run and where things are, for a person. */
export function reportLines(
  { run: { state, date }, edition, deliveries, resumed }: RunReport,
  io: Io,
): string[] {
  const zh = io.tongue === 'zh';
  const items = edition.sections.reduce((sum, section) => sum + section.items.length, 0);
  const lines = resumed ? [zh ? '接着上次中断处做完了。' : 'Continued an interrupted run.'] : [];
  if (state === 'held') return [...lines, ...heldLines(edition, io)];
  if (state === 'rehearsed')
    return [...lines, zh ? '只是试编，没有发布。' : 'A rehearsal: nothing was published.'];
  const outcome = {
    published: zh
      ? `✓ ${date} 已发布：第 ${edition.revision} 版，${items} 条`
      : `✓ ${date} published: revision ${edition.revision}, ${items} items`,
    unchanged: zh
      ? `✓ ${date} 没有新内容，保持第 ${edition.revision} 版`
      : `✓ ${date}: nothing new, revision ${edition.revision} stays`,
    undelivered: zh
      ? `! ${date} 第 ${edition.revision} 版有渠道没送到`
      : `! ${date} revision ${edition.revision}: some channel failed`,
  };
  const head = state in outcome ? outcome[state as keyof typeof outcome] : state;
  return [...lines, head, ...deliveryLines(deliveries, io)];
}

function toJson({ run: made, edition, deliveries, failures, resumed }: RunReport) {
  const { id, date, state } = made;
  return { run: { id, date, state, resumed }, edition, deliveries: textsOnce(deliveries), failures };
}

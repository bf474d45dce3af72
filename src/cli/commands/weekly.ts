import { isWeek } from '../../domain/week.ts';
import { runWeekly } from '../../newsroom/run-weekly.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import type { CommandRun } from '../io.ts';
import { showProgress } from '../progress.ts';
import { withNewsroom } from '../with-newsroom.ts';
import { exitCodeOf, reportLines } from './run.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, { ...CONFIG_OPTION, week: { type: 'string' } });
  const { week } = values;
  if (week !== undefined && !isWeek(week))
    throw usage(`--week ${week} 不是一周，应写成 2026-W11 这样 / not an ISO week`);
  return withNewsroom(io, values.config, async (room) => {
    const progress = showProgress(io);
    const report = await runWeekly(room, week, progress.tell).finally(progress.end);
    io.out(reportLines(report, io).join('\n'));
    return exitCodeOf(report.run.state);
  });
};

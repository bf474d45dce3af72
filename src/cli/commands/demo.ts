import { relative, resolve } from 'node:path';
import { prepareDemo, runSampleDay } from '../../newsroom/demo.ts';
import type { RunReport } from '../../newsroom/run-edition.ts';
import { readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRun, Io } from '../io.ts';
import { editionLines } from '../print-edition.ts';
import { showProgress } from '../progress.ts';
import { exitCodeOf, reportLines } from './run.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, {
    day: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'ribao-demo' },
  });
  if (values.day !== '1' && values.day !== '2') throw usage('--day 只能是 1 或 2 / must be 1 or 2');
  const folder = resolve(io.cwd, values.folder);
  const configPath = await prepareDemo(folder);
  const days = values.day === '2' ? ([1, 2] as const) : ([1] as const);
  let code: number = EXIT.ok;
  for (const day of days) {
    const startedAt = performance.now();
    io.err({ zh: `虚构样例第 ${day} 天`, en: `Invented sample, day ${day}` }[io.tongue]);
    const progress = showProgress(io);
    const report = await runSampleDay(configPath, day, progress.tell).finally(progress.end);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    io.out(['', ...editionLines(report.edition, io), '', ...reportLines(report, io)].join('\n'));
    io.out({ zh: `  用时 ${seconds} 秒`, en: `  in ${seconds} s` }[io.tongue]);
    code = Math.max(code, exitCodeOf(report.run.state));
    if (day === days.at(-1)) io.out(nextSteps(report, relative(io.cwd, configPath) || configPath, io));
  }
  return code;
};

function nextSteps({ edition }: RunReport, config: string, io: Io): string {
  const item = edition.sections[0]?.items[0]?.brief.storyId ?? '';
  return {
    zh: `
接下来：
  看理由      ribao show story ${item} -c ${config}
  看未入选    ribao show --left-out -c ${config}
  做你自己的  ribao init，改好来源后 ribao run
（在项目目录里，把 ribao 换成 npm run ribao --）`,
    en: `
Next:
  reasons        ribao show story ${item} -c ${config}
  left out       ribao show --left-out -c ${config}
  your own       ribao init, choose your sources, then ribao run
(in a checkout, write "npm run ribao --" for "ribao")`,
  }[io.tongue];
}

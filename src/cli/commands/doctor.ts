import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import { type LoadedConfig, loadConfig } from '../../newsroom/config/load-config.ts';
import { type Finding, inspectMachine, inspectNewsroom } from '../../newsroom/doctor.ts';
import { CONFIG_OPTION, readArguments } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRun, Io } from '../io.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, CONFIG_OPTION);
  const path = resolve(io.cwd, values.config);
  const findings = inspectMachine();
  const config = readConfig(path, io, findings);
  if (config) findings.push(...(await inspectNewsroom(config)));
  for (const { mark, what, fix } of findings) {
    io.out(`${{ good: '✓', warning: '!', bad: '✗' }[mark]} ${what}`);
    if (fix) io.out(`  → ${fix}`);
  }
  const bad = findings.filter((finding) => finding.mark === 'bad').length;
  io.out(
    bad === 0
      ? { zh: '可以运行：ribao run', en: 'Ready: ribao run' }[io.tongue]
      : { zh: `有 ${bad} 处要先改正`, en: `to mend first: ${bad}` }[io.tongue],
  );
  if (bad === 0) return EXIT.ok;
  return config ? EXIT.other : EXIT.usage;
};

function readConfig(path: string, io: Io, findings: Finding[]): LoadedConfig | undefined {
  try {
    const loaded = loadConfig(path, io.env);
    findings.push({
      mark: 'good',
      what: `配置 ${path}：${loaded.sources.length} 个来源，${loaded.config.channels.length} 个渠道`,
    });
    return loaded;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const missing = existsSync(path) ? '' : '（文件不存在）';
    findings.push({ mark: 'bad', what: `配置${missing}：${error.message}`, fix: error.fix });
    return undefined;
  }
}

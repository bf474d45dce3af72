import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeConfig } from '../../newsroom/config/edit-sources.ts';
import { checkConfig } from '../../newsroom/config/load-config.ts';
import { configJsonSchema } from '../../newsroom/config/schema.ts';
import { starterConfig } from '../../newsroom/config/starter.ts';
import { defaultSources } from '../../newsroom/editorial.ts';
import { readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRun } from '../io.ts';

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    { force: { type: 'boolean', default: false } },
    { words: 1 },
  );
  const path = resolve(io.cwd, positionals[0] ?? 'ribao.yaml');
  if (existsSync(path) && !values.force) throw usage(`${path} 已经存在；要覆盖请加 --force / exists already`);
  const sources = defaultSources();
  const text = starterConfig(sources);
  const checked = checkConfig(text, { folder: dirname(path), env: io.env });
  if (checked.kind === 'invalid')
    throw new Error(`The starter config is wrong: ${JSON.stringify(checked.mistakes)}`);
  writeConfig(path, text);
  writeFileSync(join(dirname(path), 'ribao.schema.json'), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  io.out(
    {
      zh: `✓ 写好 ${path}：${sources.length} 个来源。\n接着：ribao doctor 检查环境，ribao run 做第一期。`,
      en: `✓ Wrote ${path} with ${sources.length} sources.\nNext: ribao doctor, then ribao run for the first edition.`,
    }[io.tongue],
  );
  return EXIT.ok;
};

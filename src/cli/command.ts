import type { CommandRun } from './io.ts';
import type { Words } from './language.ts';

/** A command as `--help` shows it. Its code is loaded only when it is called, so that help is quick. */
export type Command = {
  name: string;
  summary: Words;
  usage: string;
  help: Words;
  load: () => Promise<{ run: CommandRun }>;
};

/** What help says of the option that all commands with a newsroom have. */
export const CONFIG_HELP: Words = {
  zh: '  -c, --config 文件   配置文件，默认 ribao.yaml',
  en: '  -c, --config FILE   the config, default ribao.yaml',
};

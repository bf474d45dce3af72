import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import type { Tongue } from './language.ts';

const TEXT = {
  zh: {
    head: 'ribao（日报）：可自托管的 AI 日报编辑部',
    usage: '用法：ribao 命令 [选项]',
    commands: '命令：',
    more: '每个命令的选项：ribao 命令 --help',
    first: '第一次使用：先 ribao demo 看样例，再 ribao init 写配置，然后 ribao run。',
    codes: `退出码：0 已发布（或无变化）  2 用法或配置有误  3 被把关扣下  4 有渠道没送到  1 其他
环境变量：RIBAO_LANG=zh|en 指定语言`,
    command: '用法：',
  },
  en: {
    head: 'ribao (日报): the AI daily newsroom you can host',
    usage: 'Usage: ribao COMMAND [OPTIONS]',
    commands: 'Commands:',
    more: 'Options of a command: ribao COMMAND --help',
    first:
      'First time: `ribao demo` shows a sample, `ribao init` writes a config, `ribao run` makes your edition.',
    codes: `Exit codes: 0 published (or nothing new)  2 bad usage or config  3 held back by the guard
            4 some channel failed  1 anything else
Environment: RIBAO_LANG=zh|en chooses the language`,
    command: 'Usage:',
  },
} as const;

/** `ribao --help` */
export function programHelp(tongue: Tongue): string {
  const text = TEXT[tongue];
  const rows = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary[tongue]}`);
  return [
    text.head,
    '',
    text.usage,
    '',
    text.commands,
    ...rows,
    '',
    text.first,
    text.more,
    '',
    text.codes,
  ].join('\n');
}

/** `ribao COMMAND --help` */
export function commandHelp(command: Command, tongue: Tongue): string {
  const { summary, usage, help } = command;
  return [
    `ribao ${command.name}: ${summary[tongue]}`,
    '',
    `${TEXT[tongue].command} ${usage}`,
    '',
    help[tongue],
  ].join('\n');
}

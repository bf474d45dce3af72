import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Problem } from '../domain/problem.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * A command's options and words.
 * @throws Problem usage when there is an unknown option, a missing value or more words than `words` allows
 */
export function readArguments<const T extends Options>(
  args: string[],
  options: T,
  limits: { words: number } = { words: 0 },
) {
  const parsed = parse(args, options);
  if (parsed.positionals.length > limits.words)
    throw usage(`多余的参数：${parsed.positionals.slice(limits.words).join(' ')} / too many arguments`);
  return parsed;
}

function parse<const T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

/** What to throw when the person's words cannot be understood. */
export function usage(message: string): Problem {
  return new Problem({
    code: 'usage',
    message,
    fix: '用 ribao help 或 ribao 命令 --help 查看写法。 See `ribao help` or `ribao COMMAND --help`.',
  });
}

export const CONFIG_OPTION = { config: { type: 'string', short: 'c', default: 'ribao.yaml' } } as const;

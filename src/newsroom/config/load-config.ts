import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Document, isCollection, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import type { Source } from '../../domain/source.ts';
import { sourceKind } from '../../gather/sources/registry.ts';
import { type ChannelConfig, channelKeysOf, channelKind } from '../../publish/channels/registry.ts';
import { nearest } from './nearest.ts';
import { type Config, configSchema, sourceKeysOf } from './schema.ts';
import { partsOf, resolveSecret } from './secrets.ts';

/** A checked config with everything that depends on where it stands resolved. */
export type LoadedConfig = {
  path: string;
  config: Config;
  sources: Source[];
  /** Values that must never be shown. */
  secrets: string[];
};

/** One mistake: where it is, what is wrong with which value, how to mend it. Lines and columns count from 1. */
export type ConfigMistake = { line: number; column: number; path: string; message: string };

/**
 * Reads `ribao.yaml`. Relative folders are relative to it.
 * @throws Problem config-missing | config-invalid, the latter with every mistake by line and column
 */
export function loadConfig(
  path: string,
  env: Record<string, string | undefined> = process.env,
): LoadedConfig {
  const absolute = resolve(path);
  let text: string;
  try {
    text = readFileSync(absolute, 'utf8');
  } catch (error) {
    throw new Problem({
      code: 'config-missing',
      message: `读不到配置文件 ${absolute}（${error instanceof Error ? error.message : error}）`,
      fix: '先运行 ribao init 生成一份，或用 --config 指明位置。 Run `ribao init`, or pass --config.',
      cause: error,
    });
  }
  const checked = checkConfig(text, { folder: dirname(absolute), env });
  if (checked.kind === 'valid') return { path: absolute, ...checked };
  throw new Problem({
    code: 'config-invalid',
    message: checked.mistakes
      .map(
        ({ line, column, path: at, message }) =>
          `${absolute}:${line}:${column} ${at ? `${at}：` : ''}${message}`,
      )
      .join('\n'),
    fix: '改正以上各处后再运行。 Mend these places and run again.',
  });
}

type Checked =
  | { kind: 'valid'; config: Config; sources: Source[]; secrets: string[] }
  | { kind: 'invalid'; mistakes: ConfigMistake[] };

/** The config in this text, or every mistake in it. */
export function checkConfig(
  text: string,
  from: { folder: string; env: Record<string, string | undefined> },
): Checked {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    return {
      kind: 'invalid',
      mistakes: document.errors.map((error) => ({
        ...place(lines, error.pos[0]),
        path: '',
        message: `YAML 写法有误：${error.message.split('\n')[0]}`,
      })),
    };
  const parsed = configSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success)
    return {
      kind: 'invalid',
      mistakes: parsed.error.issues.flatMap((issue) => toMistakes(issue, document, lines)),
    };
  const mistakes = duplicateIds(parsed.data, document, lines);
  const secrets: string[] = [];
  const sources = parsed.data.sources.map(({ url, settings, ...rest }, n): Source => {
    const resolved = resolveSecret(url, from);
    if (resolved.kind === 'missing')
      mistakes.push(mistakeAt(document, lines, ['sources', n, 'url'], resolved.why));
    else if (!isFeedAddress(resolved.value))
      mistakes.push(
        mistakeAt(
          document,
          lines,
          ['sources', n, 'url'],
          '不是可用的 http(s) 地址；带用户名密码的地址请改用 env: 或 file: / not a usable http(s) address',
        ),
      );
    if (resolved.kind === 'secret') secrets.push(...partsOf(resolved.value));
    const own = settings && ownSettings(rest.kind, settings, n);
    return {
      ...rest,
      ...(own ? { settings: own } : {}),
      url: resolved.kind === 'missing' ? url : resolved.value,
    };
  });
  function ownSettings(kind: string, settings: Record<string, unknown>, n: number): Record<string, unknown> {
    const paths = sourceKind(kind)?.paths ?? [];
    const settle = ([key, value]: [string, unknown]): [string, unknown] => {
      if (typeof value !== 'string') return [key, value];
      if (paths.includes(key)) return [key, isAbsolute(value) ? value : join(from.folder, value)];
      const resolved = resolveSecret(value, from);
      if (resolved.kind === 'missing')
        mistakes.push(mistakeAt(document, lines, ['sources', n, key], resolved.why));
      if (resolved.kind === 'secret') secrets.push(...partsOf(resolved.value));
      return [key, resolved.kind === 'missing' ? value : resolved.value];
    };
    return Object.fromEntries(Object.entries(settings).map(settle));
  }
  /** Its secrets resolved and kept to be hidden, however they were written, and its paths placed beside the config. */
  function channelOf(channel: ChannelConfig, at: (string | number)[]): ChannelConfig {
    const { secrets: hidden = [], paths = [] } = channelKind(channel.kind) ?? {};
    const settle = ([key, value]: [string, unknown]): [string, unknown] => {
      if (typeof value !== 'string') return [key, value];
      if (paths.includes(key)) return [key, isAbsolute(value) ? value : join(from.folder, value)];
      const resolved = resolveSecret(value, from);
      if (resolved.kind === 'missing') {
        mistakes.push(mistakeAt(document, lines, [...at, key], resolved.why));
        return [key, value];
      }
      if (resolved.kind === 'secret' || hidden.includes(key)) secrets.push(...partsOf(resolved.value));
      return [key, resolved.value];
    };
    const settled = { ...Object.fromEntries(Object.entries(channel).map(settle)), kind: channel.kind };
    // What `env:` and `file:` stood for has to be right as well; the value itself is not shown.
    for (const { path, message } of channelKind(channel.kind)?.schema.safeParse(settled).error?.issues ?? [])
      mistakes.push(mistakeAt(document, lines, [...at, String(path[0] ?? '')], message));
    return settled;
  }
  const { model } = parsed.data;
  const key = model === undefined ? undefined : resolveSecret(model.apiKey, from);
  if (key?.kind === 'missing') mistakes.push(mistakeAt(document, lines, ['model', 'apiKey'], key.why));
  if (key?.kind === 'secret') secrets.push(key.value);
  const channels = parsed.data.channels.map((channel, n) => channelOf(channel, ['channels', n]));
  const alerts = parsed.data.alerts && channelOf(parsed.data.alerts, ['alerts']);
  if (mistakes.length > 0) return { kind: 'invalid', mistakes };
  const config = {
    ...parsed.data,
    channels,
    ...(alerts ? { alerts } : {}),
    ...(model && key && key.kind !== 'missing' ? { model: { ...model, apiKey: key.value } } : {}),
  };
  return { kind: 'valid', config: placeFolders(config, from.folder), sources, secrets };
}

function placeFolders(config: Config, folder: string): Config {
  const place = (path: string) => (isAbsolute(path) ? path : join(folder, path));
  return {
    ...config,
    store: place(config.store),
    editorial: place(config.editorial),
  };
}

function isFeedAddress(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === ''
  );
}

function duplicateIds(config: Config, document: Document, lines: LineCounter): ConfigMistake[] {
  const seen = new Map<string, number>();
  const mistakes: ConfigMistake[] = [];
  for (const [n, { id }] of config.sources.entries()) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, n);
    else
      mistakes.push(
        mistakeAt(
          document,
          lines,
          ['sources', n, 'id'],
          `"${id}" 已被第 ${first + 1} 个来源用了，请换一个 / already used by source ${first + 1}`,
        ),
      );
  }
  return mistakes;
}

function toMistakes(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): ConfigMistake[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = nearest(key, knownKeys(path, document));
      const fix = known ? `是不是 ${known}？ / did you mean ${known}?` : '请删去 / remove it';
      return mistakeAt(document, lines, [...path, key], `不认识这一项；${fix}`, 'key');
    });
  const value: unknown = path.length > 0 ? document.getIn(path) : undefined;
  const shown = value === undefined || isCollection(value) ? '' : `值 ${JSON.stringify(value)} 不对：`;
  return [mistakeAt(document, lines, path, `${shown}${issue.message}`)];
}

/** The keys the schema knows at this place, for «did you mean». */
function knownKeys(path: (string | number)[], document: Document): string[] {
  if (path.length === 2 && path[0] === 'sources') return sourceKeysOf(document.getIn([...path, 'kind']));
  if (path.length === 1 && path[0] === 'alerts') return channelKeysOf(document.getIn([...path, 'kind']));
  if (path.length === 2 && path[0] === 'channels') return channelKeysOf(document.getIn([...path, 'kind']));
  let schema: unknown = configSchema;
  for (const step of path) schema = stepInto(unwrap(schema), step);
  const shape = unwrap(schema);
  return hasShape(shape) ? Object.keys(shape.shape) : [];
}

function stepInto(schema: unknown, step: string | number): unknown {
  if (typeof step === 'number' && hasElement(schema)) return schema.element;
  return hasShape(schema) ? schema.shape[step] : undefined;
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (typeof inner === 'object' && inner !== null && 'unwrap' in inner && !hasElement(inner)) {
    if (typeof inner.unwrap !== 'function') break;
    inner = inner.unwrap();
  }
  return inner;
}

function hasShape(schema: unknown): schema is { shape: Record<string, unknown> } {
  return typeof schema === 'object' && schema !== null && 'shape' in schema;
}

function hasElement(schema: unknown): schema is { element: unknown } {
  return typeof schema === 'object' && schema !== null && 'element' in schema;
}

function mistakeAt(
  document: Document,
  lines: LineCounter,
  path: (string | number)[],
  message: string,
  what: 'key' | 'value' = 'value',
): ConfigMistake {
  return { ...place(lines, offsetOf(document, path, what)), path: path.join('.'), message };
}

/** Where the node at this path begins; of a missing node, its nearest parent. */
function offsetOf(document: Document, path: (string | number)[], what: 'key' | 'value'): number {
  const parent: unknown = document.getIn(path.slice(0, -1), true);
  if (what === 'key' && isCollection(parent))
    for (const pair of parent.items)
      if (isPair(pair) && isScalar(pair.key) && pair.key.value === path.at(-1))
        return pair.key.range?.[0] ?? 0;
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

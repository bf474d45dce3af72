import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

export type Secret = { kind: 'plain' | 'secret'; value: string } | { kind: 'missing'; why: string };

/**
 * `env:NAME` and `file:PATH` (relative to the config's folder) become what they point at; other text stays as it is.
 * A secret is never written into the store, a page, a log or an error.
 */
export function resolveSecret(
  text: string,
  from: { folder: string; env: Record<string, string | undefined> },
): Secret {
  const [, scheme, name] = /^(env|file):(.*)$/s.exec(text) ?? [];
  if (scheme === undefined || name === undefined) return { kind: 'plain', value: text };
  if (scheme === 'env') {
    const value = from.env[name]?.trim();
    return value
      ? { kind: 'secret', value }
      : { kind: 'missing', why: `环境变量 ${name} 没有设置 / environment variable ${name} is not set` };
  }
  const path = isAbsolute(name) ? name : join(from.folder, name);
  try {
    const value = readFileSync(path, 'utf8').trim();
    return value
      ? { kind: 'secret', value }
      : { kind: 'missing', why: `文件 ${path} 是空的 / file is empty` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'missing', why: `读不到文件 ${path}（${why}）/ cannot read the file` };
  }
}

/** A query value of this length, or a path segment of twice that, is a key rather than a word. */
const KEY_LENGTH = 8;

/** A secret address and the keys inside it: a message may name only a part of it. Longest first. */
export function partsOf(secret: string): string[] {
  const url = URL.parse(secret);
  const values = [...(url?.searchParams.values() ?? [])].filter((value) => value.length >= KEY_LENGTH);
  const segments = (url?.pathname ?? '').split('/').filter((part) => part.length >= 2 * KEY_LENGTH);
  return [secret, ...values, ...segments].toSorted((a, b) => b.length - a.length);
}

/** Replaces every secret that stands in `text` by `***`. Secrets shorter than 4 characters are too common to hide. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
}

import { createServer, type IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';
import type { Entry } from '../../src/domain/article.ts';
import type { Source, SourceState } from '../../src/domain/source.ts';
import type { Collected, SourceKind } from '../../src/gather/sources/source-kind.ts';
import { openNet } from '../../src/net/open-net.ts';
import { listen } from './listen.ts';

/** What a loopback double answers. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: string | Buffer | object };
export type Double = (request: { path: string; query: URLSearchParams; request: IncomingMessage }) => Answer;

export const NOW = Date.UTC(2026, 2, 10, 12);

/** Serves a double on 127.0.0.1 until the test ends and gives its address. */
export async function serveDouble(t: TestContext, answer: Double): Promise<string> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://double');
    const {
      status = 200,
      headers = {},
      body = '',
    } = answer({
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      request,
    });
    const plain = typeof body === 'string' || Buffer.isBuffer(body);
    response
      .writeHead(status, { 'content-type': plain ? 'text/plain' : 'application/json', ...headers })
      .end(plain ? body : JSON.stringify(body));
  });
  return `http://127.0.0.1:${await listen(t, server)}`;
}

/** Asks a source of this kind, over a real socket when `url` leads to a double. */
export async function askSource(
  t: TestContext,
  kind: SourceKind,
  wanted: { url?: string; settings?: Record<string, unknown>; state?: Partial<SourceState>; now?: number },
): Promise<Collected> {
  const net = openNet({
    userAgent: 'ribao-test',
    perHost: 2,
    timeoutMs: 5000,
    maxCompressedBytes: 10_000_000,
    maxBytes: 10_000_000,
    allowHosts: ['127.0.0.1'],
  });
  t.after(() => net.close());
  const source: Source = {
    id: 'asked',
    kind: kind.kind,
    name: 'asked',
    url: wanted.url ?? kind.home ?? '',
    weight: 1,
    fullText: 'feed',
    settings: wanted.settings ?? {},
  };
  const state = { sourceId: 'asked', failureStreak: 0, ...wanted.state };
  return kind.collect(source, state, { fetch: net.fetch, now: wanted.now ?? NOW });
}

/** The entries of what was collected, or an error that says what came instead. */
export function entriesOf(collected: Collected): Entry[] {
  if (collected.kind !== 'listed') throw new Error(JSON.stringify(collected));
  return collected.entries;
}

/** The failure's code, or what came instead. */
export function codeOf(collected: Collected): string {
  return collected.kind === 'failed' ? collected.code : collected.kind;
}

import type { Dispatcher } from 'undici';
import { Agent, buildConnector, request } from 'undici';
import type { AddressGuard } from './address-guard.ts';
import { addressGuard, guardedLookup, literalAddress, PRIVATE_ADDRESS } from './address-guard.ts';
import { failureOfError, failureOfStatus, waitAskedFor } from './failure.ts';
import type { FetchFailure, FetchOutcome, FetchRequest, Net, NetOptions } from './fetch.ts';
import { mannersFor } from './host-manners.ts';
import { hostQueue, type Pace } from './host-queue.ts';
import { readBody } from './read-body.ts';
import { createRobots, type Permission, type RobotsText } from './robots.ts';

/** What browsers and feed readers allow lies between 5 and 20; honest feeds need two or three. */
const MAX_REDIRECTS = 5;

const ACCEPT = {
  feed: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5',
  page: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5',
  json: 'application/json, */*;q=0.5',
  robots: 'text/plain, */*;q=0.5',
};

/** One hop's answer: the end of the way, or where to go next. */
type Hop = FetchOutcome | { kind: 'redirect'; to: string };

/**
 * Opens the one way out to the web: polite (so many requests per host), conditional (ETag, Last-Modified), bounded
 * (time, bytes before and after decompression, redirects) and guarded (no private addresses, see `addressGuard`).
 * Keeps connections open for reuse until `close()`.
 */
export function openNet(options: NetOptions): Net {
  const guard = addressGuard(options.allowHosts);
  const queue = hostQueue();
  const agent = new Agent({
    connect: options.connectTo
      ? connectElsewhere(options.connectTo, options)
      : guardedConnect(guard, options),
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    keepAliveTimeout: 10_000,
  });
  const checkAddress = options.connectTo === undefined;

  async function follow(start: FetchRequest): Promise<FetchOutcome> {
    let wanted = start;
    let leftMs = options.timeoutMs;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const url = parsed(wanted.url);
      const refusal =
        url === undefined ? badAddress(wanted.url) : refuse(url, checkAddress ? guard : undefined);
      if (url === undefined || refusal !== undefined) return refusal ?? badAddress(wanted.url);
      const permission = await permissionFor(url, wanted);
      if (permission.unknown)
        return fail(
          'net-robots',
          '读不到网站的 robots.txt（站点出错或连接不上），按规矩先不读它的网页，稍后会再试',
          true,
        );
      if (!permission.allowed)
        return fail('net-robots', '网站的 robots.txt 不许程序读这一页，改用来源自带的文字', false);
      const hop = await queue.run(url.host, paceOf(url, wanted, permission.crawlDelayMs), async () => {
        const startedAt = performance.now();
        const answer = await ask(url, wanted, { agent, options, leftMs });
        leftMs -= performance.now() - startedAt;
        return answer;
      });
      if (hop.kind !== 'redirect') return hop;
      wanted = nextRequest(wanted, url, hop.to);
    }
    return fail('net-redirects', `跳转超过 ${MAX_REDIRECTS} 次，已放弃。请改用最终的网址`, false);
  }

  function paceOf(url: URL, wanted: FetchRequest, crawlDelayMs = 0): Pace {
    // A machine of one's own needs no sparing.
    if (options.connectTo !== undefined || guard.allowsHost(url.hostname))
      return { atOnce: options.perHost, gapMs: 0 };
    const own = mannersFor(url.hostname, options.manners ?? []);
    const usualMs = wanted.accept === 'page' ? (options.pageGapMs ?? 0) : 0;
    return {
      atOnce: Math.min(own?.atOnce ?? options.perHost, options.perHost),
      gapMs: Math.max(own === undefined ? usualMs : own.delaySeconds * 1000, crawlDelayMs),
    };
  }

  const askRobots = createRobots(async (address): Promise<RobotsText> => {
    const answer = await ended({ url: address, accept: 'robots', maxBytes: ROBOTS_BYTES });
    if (answer.kind === 'ok') return { kind: 'text', text: new TextDecoder().decode(answer.bytes) };
    const { status } = answer.kind === 'failed' ? answer : {};
    // Too large, or no such file: what there is says nothing against reading.
    const absent = status !== undefined && status >= 400 && status < 500 && status !== 429;
    return absent || (answer.kind === 'failed' && answer.code === 'net-too-large')
      ? { kind: 'none' }
      : { kind: 'unreachable' };
  });

  async function permissionFor(url: URL, wanted: FetchRequest): Promise<Permission> {
    return options.robots === true && wanted.accept === 'page' ? askRobots(url) : { allowed: true };
  }

  /** Follows to the end, whatever happens on the way. */
  async function ended(wanted: FetchRequest): Promise<FetchOutcome> {
    try {
      return await follow(wanted);
    } catch (error) {
      if (wanted.signal?.aborted) return fail('net-other', '请求已取消', true);
      return failureOfError(error);
    }
  }

  return {
    fetch: ended,
    close: () => agent.destroy(),
  };
}

async function ask(
  url: URL,
  wanted: FetchRequest,
  way: { agent: Agent; options: NetOptions; leftMs: number },
): Promise<Hop> {
  const { options } = way;
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(way.leftMs)));
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, deadline]) : deadline;
  signal.throwIfAborted();
  const answer = await request(url, {
    dispatcher: way.agent,
    headers: headersFor(wanted, options.userAgent),
    signal,
  });
  const headers = flatten(answer.headers);
  const status = answer.statusCode;
  const location = headers.location;
  if (status === 304 || status < 200 || status >= 300) answer.body.on('error', () => {}).destroy();
  if (status === 304) return { kind: 'not-modified' };
  if (status >= 300 && status < 400 && location !== undefined) return { kind: 'redirect', to: location };
  if (status < 200 || status >= 300) return failureOfStatus(status, waitAskedFor(headers, Date.now()));
  const bytes = await readBody(answer.body, headers['content-encoding'], {
    maxCompressedBytes: options.maxCompressedBytes,
    maxBytes: Math.min(options.maxBytes, wanted.maxBytes ?? options.maxBytes),
  });
  return {
    kind: 'ok',
    url: url.href,
    status,
    headers,
    bytes,
    ...(headers.etag === undefined ? {} : { etag: headers.etag }),
    ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
    ...freshness(headers['cache-control']),
  };
}

/** RFC 9309 2.5: parsers must take at least 500 kibibytes. */
const ROBOTS_BYTES = 512_000;
/** A feed that says it is good for a week is still looked at every day. */
const MAX_FRESH_MS = 24 * 3_600_000;

/** `max-age` of an answer (RFC 9111 5.2.2.1), unless it must not be kept. */
function freshness(cacheControl = ''): { freshForMs?: number } {
  const [, seconds] = /(?:^|[ ,])max-age="?(\d{1,9})/i.exec(cacheControl) ?? [];
  if (seconds === undefined || /no-cache|no-store/i.test(cacheControl) || Number(seconds) === 0) return {};
  return { freshForMs: Math.min(Number(seconds) * 1000, MAX_FRESH_MS) };
}

function headersFor(wanted: FetchRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: ACCEPT[wanted.accept],
    'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
    'accept-encoding': 'gzip, br, zstd, deflate',
    ...wanted.headers,
    ...(wanted.etag === undefined ? {} : { 'if-none-match': wanted.etag }),
    ...(wanted.lastModified === undefined ? {} : { 'if-modified-since': wanted.lastModified }),
  };
}

/** Validators and tokens belong to the host they were made for: another host's 304 would mean something else. */
function nextRequest(wanted: FetchRequest, from: URL, location: string): FetchRequest {
  const to = parsed(location, from);
  if (to === undefined) return { ...wanted, url: location };
  if (to.host === from.host) return { ...wanted, url: to.href };
  const { etag: _etag, lastModified: _lastModified, headers: _headers, ...rest } = wanted;
  return { ...rest, url: to.href };
}

function refuse(url: URL, guard: AddressGuard | undefined): FetchFailure | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return fail('net-scheme', `只支持 http 和 https 网址，不支持 ${url.protocol}`, false);
  }
  if (url.username !== '' || url.password !== '') {
    return fail('net-scheme', '网址里带有用户名或密码，已拒绝。请去掉 @ 之前的部分', false);
  }
  // Sockets look up names only; a literal address would pass by the guarded lookup, so it is checked here.
  const literal = literalAddress(url.hostname);
  if (guard === undefined || literal === undefined || guard.allowsHost(url.hostname)) return undefined;
  return guard.allowsAddress(literal)
    ? undefined
    : failureOfError(Object.assign(new Error(), { code: PRIVATE_ADDRESS }));
}

function guardedConnect(guard: AddressGuard, options: NetOptions): buildConnector.connector {
  // undici passes these on to net.connect and tls.connect, whose lookup has this shape.
  return buildConnector({ lookup: guardedLookup(guard), timeout: options.timeoutMs });
}

function connectElsewhere(
  target: { address: string; port: number },
  options: NetOptions,
): buildConnector.connector {
  const connect = buildConnector({ timeout: options.timeoutMs });
  return (wanted, done) =>
    connect({ ...wanted, protocol: 'http:', hostname: target.address, port: String(target.port) }, done);
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function parsed(url: string, base?: URL): URL | undefined {
  return URL.parse(url, base?.href) ?? undefined;
}

function badAddress(url: string): FetchFailure {
  return fail('net-scheme', `网址无法理解：${url.slice(0, 200)}`, false);
}

function fail(code: string, message: string, retryable: boolean): FetchFailure {
  return { kind: 'failed', code, message, retryable };
}

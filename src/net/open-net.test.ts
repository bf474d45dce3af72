import assert from 'node:assert/strict';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { FetchOutcome, NetOptions } from './fetch.ts';
import { openNet } from './open-net.ts';

const BASE: NetOptions = {
  userAgent: 'ribao-test',
  perHost: 2,
  timeoutMs: 5000,
  maxCompressedBytes: 200_000,
  maxBytes: 1_000_000,
  allowHosts: ['127.0.0.1'],
};

function netFor(t: TestContext, change: Partial<NetOptions> = {}) {
  const net = openNet({ ...BASE, ...change });
  t.after(() => net.close());
  return net;
}

async function listening(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function site(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  t.after(() => server.closeAllConnections());
  return `http://127.0.0.1:${await listening(t, server)}`;
}

async function rawSite(t: TestContext, answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    answer(socket);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${await listening(t, server)}`;
}

function textOf(outcome: FetchOutcome): string {
  return outcome.kind === 'ok' ? Buffer.from(outcome.bytes).toString() : `not ok: ${JSON.stringify(outcome)}`;
}

function codeOf(outcome: FetchOutcome): string {
  return outcome.kind === 'failed' ? outcome.code : `not failed: ${outcome.kind}`;
}

test('a feed arrives whole in every encoding servers use', async (t) => {
  const text = '今天的新闻。'.repeat(50);
  const bodies: Record<string, [string, Buffer]> = {
    '/plain': ['identity', Buffer.from(text)],
    '/gzip': ['gzip', gzipSync(text)],
    '/br': ['br', brotliCompressSync(text)],
    '/zstd': ['zstd', zstdCompressSync(Buffer.from(text))],
    '/deflate': ['deflate', deflateSync(text)],
    '/raw-deflate': ['deflate', deflateRawSync(text)],
    '/twice': ['gzip, br', brotliCompressSync(gzipSync(text))],
    '/mislabelled': ['gzip', Buffer.from(text)],
  };
  const origin = await site(t, (request, response) => {
    const [encoding, body] = bodies[request.url ?? ''] ?? ['identity', Buffer.from('?')];
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  });
  const net = netFor(t);
  for (const path of Object.keys(bodies)) {
    assert.equal(textOf(await net.fetch({ url: origin + path, accept: 'feed' })), text, path);
  }
});

test('a feed that has not changed costs one short answer', async (t) => {
  const origin = await site(t, (request, response) => {
    const known =
      request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'] === 'then';
    response.writeHead(known ? 304 : 200, { etag: '"v1"', 'last-modified': 'then' }).end(known ? '' : 'feed');
  });
  const net = netFor(t);
  const first = await net.fetch({ url: `${origin}/feed`, accept: 'feed' });
  assert.ok(first.kind === 'ok' && first.etag === '"v1"' && first.lastModified === 'then');
  const again = await net.fetch({
    url: `${origin}/feed`,
    accept: 'feed',
    etag: '"v1"',
    lastModified: 'then',
  });
  assert.deepEqual(again, { kind: 'not-modified' });
});

test('a compression bomb is cut off on the decompressed side', async (t) => {
  const zeros = Buffer.alloc(50_000_000);
  const bombs: Record<string, [string, Buffer]> = {
    '/gzip': ['gzip', gzipSync(zeros)],
    '/br': ['br', brotliCompressSync(zeros)],
    '/nested': ['gzip, gzip', gzipSync(gzipSync(zeros))],
  };
  const origin = await site(t, (request, response) => {
    const [encoding, body] = bombs[request.url ?? ''] ?? ['', Buffer.alloc(0)];
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  });
  const net = netFor(t);
  for (const path of Object.keys(bombs)) {
    assert.equal(codeOf(await net.fetch({ url: origin + path, accept: 'page' })), 'net-bomb', path);
  }
});

test('three encodings on top of each other are refused rather than undone', async (t) => {
  const origin = await site(t, (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip, gzip, gzip' }).end('x');
  });
  assert.equal(codeOf(await netFor(t).fetch({ url: origin, accept: 'page' })), 'net-decode');
});

test('an endless body is cut off at the cap', async (t) => {
  const origin = await site(t, (_request, response) => {
    const chunk = Buffer.alloc(16_384, 'x');
    const pump = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', pump);
    };
    pump();
  });
  const net = netFor(t);
  assert.equal(codeOf(await net.fetch({ url: origin, accept: 'page' })), 'net-too-large');
  assert.equal(codeOf(await net.fetch({ url: origin, accept: 'page', maxBytes: 100 })), 'net-too-large');
});

test('a server that drips one byte at a time runs into the time-out', async (t) => {
  const origin = await rawSite(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  const outcome = await netFor(t, { timeoutMs: 200 }).fetch({ url: origin, accept: 'page' });
  assert.equal(codeOf(outcome), 'net-timeout');
  assert.ok(outcome.kind === 'failed' && outcome.retryable);
});

test('a server that never answers runs into the time-out', async (t) => {
  const origin = await rawSite(t, () => {});
  assert.equal(
    codeOf(await netFor(t, { timeoutMs: 150 }).fetch({ url: origin, accept: 'page' })),
    'net-timeout',
  );
});

test('a connection cut in the middle of the body is a reset, not half a page', async (t) => {
  const origin = await rawSite(t, (socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf', () => socket.destroy());
    });
  });
  assert.equal(codeOf(await netFor(t).fetch({ url: origin, accept: 'page' })), 'net-reset');
});

test('half a gzip file is a broken body, not half a page', async (t) => {
  const whole = gzipSync(Buffer.from('新闻'.repeat(1000)));
  const origin = await site(t, (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(whole.subarray(0, whole.length - 12));
  });
  assert.equal(codeOf(await netFor(t).fetch({ url: origin, accept: 'page' })), 'net-decode');
});

test('redirects are followed to the end and the final address is told', async (t) => {
  const origin = await site(t, (request, response) => {
    if (request.url === '/old') response.writeHead(301, { location: '/new?a=1' }).end();
    else response.end(request.url);
  });
  const outcome = await netFor(t).fetch({ url: `${origin}/old`, accept: 'page' });
  assert.ok(outcome.kind === 'ok');
  assert.equal(outcome.url, `${origin}/new?a=1`);
});

test('a token goes to the host it was meant for, not to where that host points', async (t) => {
  const heard: (string | undefined)[] = [];
  const stranger = await site(t, (request, response) => {
    heard.push(request.headers.authorization);
    response.end('{}');
  });
  const origin = await site(t, (request, response) => {
    heard.push(request.headers.authorization);
    response.writeHead(302, { location: request.url === '/near' ? '/far' : stranger }).end();
  });
  const headers = { authorization: 'Bearer invented' };
  const outcome = await netFor(t).fetch({ url: `${origin}/near`, accept: 'json', headers });
  assert.equal(outcome.kind, 'ok');
  assert.deepEqual(heard, ['Bearer invented', 'Bearer invented', undefined]);
});

test('a rate limit that is used up says until when, and an answer how long it is good', async (t) => {
  const reset = Math.floor(Date.now() / 1000) + 90;
  const origin = await site(t, (request, response) => {
    if (request.url === '/limited')
      response.writeHead(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }).end();
    else if (request.url === '/forbidden') response.writeHead(403, { 'x-ratelimit-remaining': '12' }).end();
    else if (request.url === '/hour')
      response.writeHead(200, { 'cache-control': 'public, max-age=3600' }).end('x');
    else response.writeHead(200, { 'cache-control': 'no-cache, max-age=3600' }).end('x');
  });
  const ask = (path: string) => netFor(t).fetch({ url: origin + path, accept: 'json' });
  const limited = await ask('/limited');
  assert.ok(
    limited.kind === 'failed' &&
      (limited.retryAfterMs ?? 0) > 80_000 &&
      (limited.retryAfterMs ?? 0) <= 90_000,
  );
  const forbidden = await ask('/forbidden');
  assert.ok(forbidden.kind === 'failed' && forbidden.retryAfterMs === undefined);
  const [hour, never] = [await ask('/hour'), await ask('/never')];
  assert.ok(hour.kind === 'ok' && hour.freshForMs === 3_600_000);
  assert.ok(never.kind === 'ok' && never.freshForMs === undefined);
});

test('a circle of redirects ends', async (t) => {
  const origin = await site(t, (_request, response) => response.writeHead(302, { location: '/' }).end());
  assert.equal(codeOf(await netFor(t).fetch({ url: origin, accept: 'page' })), 'net-redirects');
});

test('a redirect does not lead inside the house, nor to another kind of address', async (t) => {
  const targets: Record<string, [string, string]> = {
    '/metadata': ['http://169.254.169.254/latest/', 'net-private'],
    '/v6': ['http://[::1]:80/', 'net-private'],
    '/mapped': ['http://[::ffff:10.0.0.1]/', 'net-private'],
    '/decimal': ['http://2130706434/', 'net-private'],
    '/octal': ['http://012.0.0.1/', 'net-private'],
    '/hex': ['http://0xa9fea9fe/latest/', 'net-private'],
    '/file': ['file:///etc/passwd', 'net-scheme'],
    '/secret': ['http://user:pass@example.com/', 'net-scheme'],
  };
  const origin = await site(t, (request, response) => {
    response.writeHead(302, { location: targets[request.url ?? '']?.[0] ?? '/' }).end();
  });
  const net = netFor(t);
  for (const [path, [, code]] of Object.entries(targets)) {
    assert.equal(codeOf(await net.fetch({ url: origin + path, accept: 'page' })), code, path);
  }
});

test('a name that points to this machine is refused unless the editor allows it', async (t) => {
  const origin = await site(t, (_request, response) => response.end('inside'));
  const url = origin.replace('127.0.0.1', 'localhost');
  assert.equal(codeOf(await netFor(t, { allowHosts: [] }).fetch({ url, accept: 'page' })), 'net-private');
  assert.equal(
    textOf(await netFor(t, { allowHosts: ['localhost'] }).fetch({ url, accept: 'page' })),
    'inside',
  );
});

test('validators of one host are not shown to another', async (t) => {
  const seen: (string | undefined)[] = [];
  const other = await site(t, (request, response) => {
    seen.push(request.headers['if-none-match']);
    response.end('moved');
  });
  const origin = await site(t, (_request, response) => response.writeHead(302, { location: other }).end());
  await netFor(t).fetch({ url: origin, accept: 'feed', etag: '"old"' });
  assert.deepEqual(seen, [undefined]);
});

test('a host never gets more requests at once than it should', async (t) => {
  let now = 0;
  let most = 0;
  const waiting: ServerResponse[] = [];
  const origin = await site(t, (_request: IncomingMessage, response) => {
    now += 1;
    most = Math.max(most, now);
    waiting.push(response);
    setImmediate(() => {
      if (waiting.length < 2) setTimeout(release, 30);
      else release();
    });
  });
  const release = (): void => {
    for (const response of waiting.splice(0)) {
      now -= 1;
      response.end('ok');
    }
  };
  const net = netFor(t);
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, n) => net.fetch({ url: `${origin}/${n}`, accept: 'page' })),
  );
  assert.ok(all.every((one) => one.kind === 'ok'));
  assert.equal(most, 2);
});

test('refusals of the server keep their status, and how long to wait', async (t) => {
  const origin = await site(t, (request, response) => {
    if (request.url === '/busy') response.writeHead(429, { 'retry-after': '120' }).end('slow down');
    else response.writeHead(404).end('gone');
  });
  const net = netFor(t);
  const busy = await net.fetch({ url: `${origin}/busy`, accept: 'page' });
  assert.ok(busy.kind === 'failed');
  assert.deepEqual([busy.code, busy.retryable, busy.retryAfterMs], ['http-429', true, 120_000]);
  const gone = await net.fetch({ url: `${origin}/gone`, accept: 'page' });
  assert.ok(gone.kind === 'failed');
  assert.deepEqual([gone.code, gone.status, gone.retryable], ['http-404', 404, false]);
});

test('a closed port is refused and a cancelled request says so', async (t) => {
  const server = createTcpServer();
  const port = await listening(t, server);
  await new Promise((resolve) => server.close(resolve));
  const net = netFor(t);
  assert.equal(codeOf(await net.fetch({ url: `http://127.0.0.1:${port}/`, accept: 'page' })), 'net-refused');
  const cancelled = await net.fetch({
    url: `http://127.0.0.1:${port}/`,
    accept: 'page',
    signal: AbortSignal.abort(),
  });
  assert.ok(cancelled.kind === 'failed' && cancelled.message.includes('取消'));
});

test('samples: every address, https too, is served by the sample server', async (t) => {
  const origin = await site(t, (request, response) => response.end(`${request.headers.host}${request.url}`));
  const net = netFor(t, { connectTo: { address: '127.0.0.1', port: Number(new URL(origin).port) } });
  const plain = await net.fetch({ url: 'http://news.example/feed', accept: 'feed' });
  const secure = await net.fetch({ url: 'https://mp.weixin.qq.com/s/token', accept: 'page' });
  assert.equal(textOf(plain), 'news.example/feed');
  assert.equal(textOf(secure), 'mp.weixin.qq.com/s/token');
});

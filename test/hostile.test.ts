import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { listen } from './support/listen.ts';
import { SELF_SIGNED } from './support/self-signed.ts';

const ASKER = fileURLToPath(new URL('./support/collect-hostile.ts', import.meta.url));

const item = (n: number) =>
  `<item><title>第${n}篇</title><link>https://lantern.example/${n}</link><pubDate>Tue, 10 Mar 2026 08:00:00 +0800</pubDate></item>`;
const feed = (inside: string) =>
  `<rss version="2.0"><channel><title>x</title><description>d</description>${inside}</channel></rss>`;
const GOOD = feed([1, 2, 3].map(item).join(''));
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "haha">${[...'bcdefghi'].map((one, n) => `<!ENTITY ${one} "${`&${'abcdefgh'[n]};`.repeat(10)}">`).join('')}<!ENTITY file SYSTEM "file:///etc/hostname">]>${feed(`<item><title>&i;</title><link>https://a.example/1</link></item><item><title>&file;x</title><link>https://a.example/2</link></item>`)}`;
const DEEP = feed(`${item(1)}${'<b>'.repeat(50_000)}x${'</b>'.repeat(50_000)}`);

/** Sends `chunk` for as long as anybody listens. */
function forever(response: ServerResponse, chunk: Buffer | string, pauseMs: number): void {
  const timer = setInterval(() => {
    if (response.destroyed) clearInterval(timer);
    else response.write(chunk);
  }, pauseMs);
}

const MEGABYTE = Buffer.alloc(1_000_000, item(7));
const WAYS: Record<string, (response: ServerResponse) => void> = {
  '/good/1': (response) => response.end(GOOD),
  '/good/2': (response) => response.end(GOOD),
  '/bomb': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB),
  '/endless': (response) => forever(response, MEGABYTE, 1),
  '/trickle': (response) => forever(response, '<', 50),
  '/silent': () => {},
  '/big': (response) => {
    for (let n = 0; n < 100; n += 1) response.write(MEGABYTE);
    response.end();
  },
  '/laughs': (response) => response.end(LAUGHS),
  '/deep': (response) => response.end(DEEP),
  '/circle': (response) => response.writeHead(302, { location: '/circle' }).end(),
  '/flood': (response) => {
    for (let n = 0; n < 4000; n += 1) response.setHeader(`x-flood-${n}`, 'y'.repeat(200));
    response.end(GOOD);
  },
  '/inside': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
};
const BOMB = gzipSync(Buffer.alloc(200_000_000, 'A'));

describe('a run among hostile servers', { timeout: 100_000 }, () => {
  it('ends each with its reason, keeps its memory small, and holds up no other source', async (t) => {
    const answer: RequestListener = (request, response) => {
      response.on('error', () => {});
      const way = WAYS[request.url ?? ''];
      if (way === undefined) response.writeHead(404).end();
      else way(response);
    };
    const http = await listen(t, createServer(answer));
    const tls = await listen(t, createTlsServer(SELF_SIGNED, answer));
    const { ended, peakMegabytes } = await ask([String(http), String(tls), '/tls', ...Object.keys(WAYS)]);
    const said = Object.fromEntries(ended.map((one) => [one.path, one.said]));
    const ways: Record<string, RegExp> = {
      '/good/1': /^new$/,
      '/good/2': /^new$/,
      // On a busy machine the time may run out before the pit is seen: either ends it.
      '/inside': /^net-(private|timeout)$/,
      '/tls': /^net-(tls|timeout)$/,
      '/trickle': /^net-timeout$/,
      '/silent': /^net-timeout$/,
      '/bomb': /^net-(bomb|timeout)$/,
      '/endless': /^net-(too-large|timeout)$/,
      '/big': /^net-(too-large|timeout)$/,
      '/circle': /^net-(redirects|timeout)$/,
      '/flood': /^net-(too-large|timeout)$/,
      // What can be read of it is read; nothing is unfolded.
      '/laughs': /^new$/,
      // What lies before the pit may be kept, or the feed be refused.
      '/deep': /^(new|feed-malformed|feed-empty)$/,
    };
    assert.deepEqual(Object.keys(said).toSorted(), Object.keys(ways).toSorted());
    for (const [path, way] of Object.entries(ways)) assert.match(said[path] ?? '', way, path);
    assert.ok(peakMegabytes < 300, `${peakMegabytes} MB`);
    for (const { path, tookMs } of ended) assert.ok(tookMs < 10_000 + 5000, `${path} took ${tookMs} ms`);
  });
});

type Report = { ended: { path: string; said: string; tookMs: number }[]; peakMegabytes: number };

function ask(words: string[]): Promise<Report> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [ASKER, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.on('close', () => {
      try {
        done(JSON.parse(out));
      } catch (error) {
        failed(error);
      }
    });
  });
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { serve } from '../src/server/serve.ts';
import { aLetterDesk } from './support/letter-desk.ts';

const BUILT = new Date('2026-03-10T00:00:00Z');

async function aSite(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'ribao-serve-'));
  const folder = join(root, 'site');
  mkdirSync(join(folder, '2026', '03'), { recursive: true });
  mkdirSync(join(folder, '.ribao'));
  writeFileSync(join(root, 'secret.txt'), 'sesame');
  symlinkSync(join(root, 'secret.txt'), join(folder, 'link.txt'));
  for (const [path, text] of [
    ['index.html', '<p>今日</p>'],
    ['2026/03/index.html', '<p>三月</p>'],
    ['2026/03/10.html', '<p>十日</p>'],
    ['sections/开源.html', '<p>开源</p>'],
    ['feed.xml', '<rss/>'],
    ['empty.txt', ''],
    ['.ribao/manifest.json', '{}'],
  ] as const) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), BUILT, BUILT);
  }
  const serving = await serve({
    host: '127.0.0.1',
    port: 0,
    folder,
    tell: (trouble) => assert.fail(trouble),
  });
  t.after(() => serving.stop());
  return { folder, serving, base: `http://127.0.0.1:${serving.port}` };
}

/** A request word for word, for what well-behaved clients would not send. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  let heard = '';
  socket.on('data', (piece) => {
    heard += piece;
  });
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return heard;
}

test('the site is served as it lies on the disk, with its headers', async (t) => {
  const { base } = await aSite(t);
  const front = await fetch(base);
  assert.equal(await front.text(), '<p>今日</p>');
  assert.equal(front.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.match(
    front.headers.get('content-security-policy') ?? '',
    /default-src 'self'.*frame-ancestors 'none'/,
  );
  assert.equal(front.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(front.headers.get('last-modified'), BUILT.toUTCString());
  assert.equal(await (await fetch(`${base}/2026/03/`)).text(), '<p>三月</p>');
  const month = await fetch(`${base}/2026/03`, { redirect: 'manual' });
  assert.deepEqual([month.status, month.headers.get('location')], [301, '/2026/03/']);
  assert.equal(
    await (await fetch(`${base}/sections/${encodeURIComponent('开源')}.html`)).text(),
    '<p>开源</p>',
  );
  assert.equal(
    (await fetch(`${base}/feed.xml`)).headers.get('content-type'),
    'application/xml; charset=utf-8',
  );
  assert.equal(await (await fetch(`${base}/empty.txt`)).text(), '');
  const head = await fetch(base, { method: 'HEAD' });
  assert.deepEqual([head.headers.get('content-length'), await head.text()], ['13', '']);
});

test('what a browser has already is not sent again, what changed is', async (t) => {
  const { base, folder } = await aSite(t);
  const etag = (await fetch(base)).headers.get('etag') ?? '';
  const status = async (headers: Record<string, string>) => (await fetch(base, { headers })).status;
  assert.equal(await status({ 'if-none-match': etag }), 304);
  assert.equal(await status({ 'if-none-match': `"x", W/${etag}` }), 304);
  assert.equal(await status({ 'if-none-match': '"x"', 'if-modified-since': BUILT.toUTCString() }), 200);
  assert.equal(await status({ 'if-modified-since': BUILT.toUTCString() }), 304);
  writeFileSync(join(folder, 'index.html'), '<p>新的</p>');
  assert.equal(await status({ 'if-none-match': etag }), 200);
});

test('nothing outside the folder is reached, and nothing hidden in it', async (t) => {
  const { serving } = await aSite(t);
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/2026/../../secret.txt',
    '/2026/..%2f..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '/.ribao/manifest.json',
    '/%00',
    '/%zz',
    '//etc/passwd',
    '/nowhere.html',
    '/subscribe',
  ]) {
    const heard = await raw(serving.port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    assert.match(heard, /^HTTP\/1\.1 40[04] /, path);
    assert.doesNotMatch(heard, /sesame|\{\}/, path);
  }
});

test('other methods are refused, and heads that are too long', async (t) => {
  const { base, serving } = await aSite(t);
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const answer = await fetch(base, { method, body: 'x' });
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD']);
  }
  assert.match(
    await raw(serving.port, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`),
    /^HTTP\/1\.1 431 /,
  );
});

test('a request that dawdles is cut off, in its head or in its body', async (t) => {
  const serving = await serve({
    host: '127.0.0.1',
    port: 0,
    tell: (trouble) => assert.fail(trouble),
    desk: (await aLetterDesk(t, 1)).desk,
    timeouts: {
      headersTimeout: 150,
      requestTimeout: 300,
      keepAliveTimeout: 100,
      connectionsCheckingInterval: 50,
    },
  });
  t.after(() => serving.stop());
  assert.match(await raw(serving.port, 'GET / HTTP/1.1\r\nhost: x\r\nslow: '), /^HTTP\/1\.1 408 /);
  const body = 'POST /subscribe HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\naddress=';
  assert.doesNotMatch(await raw(serving.port, body), /HTTP\/1\.1 200/);
});

test('a port that is taken is said as what it is', async (t) => {
  const { serving } = await aSite(t);
  await assert.rejects(
    serve({ host: '127.0.0.1', port: serving.port, tell: () => {} }),
    (error) => error instanceof Error && 'code' in error && error.code === 'serve-port',
  );
});

test('stopping lets a request under way end and takes no more', async (t) => {
  const { serving, base } = await aSite(t);
  const socket = connect(serving.port, '127.0.0.1');
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n');
  await new Promise((later) => setTimeout(later, 50));
  const stopped = serving.stop();
  socket.write('connection: close\r\n\r\n');
  const [piece] = await once(socket, 'data');
  assert.match(String(piece), /^HTTP\/1\.1 200 /);
  await stopped;
  await assert.rejects(fetch(base));
});

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { listen } from '../../test/support/listen.ts';
import { openPostOffice } from './post.ts';

function office(t: TestContext, timeoutMs = 2000) {
  const opened = openPostOffice({ timeoutMs, userAgent: 'ribao/test' });
  t.after(() => opened.close());
  return opened.post;
}

async function serve(t: TestContext, server: Server): Promise<string> {
  return `http://127.0.0.1:${await listen(t, server)}`;
}

test('an answer is given as it is, errors and redirects too', async (t) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => {
      seen.push(`${request.method} ${request.headers['content-type']} ${text}`);
    });
    request.on('end', () => {
      const status = request.url === '/moved' ? 302 : 429;
      response.writeHead(status, { location: '/elsewhere', 'Retry-After': '7' }).end('慢一点');
    });
  });
  const home = await serve(t, server);
  const post = office(t);
  const busy = await post({
    url: `${home}/`,
    headers: { 'content-type': 'application/json' },
    body: '{"题":1}',
  });
  assert.ok(busy.kind === 'answered');
  assert.deepEqual([busy.status, busy.text, busy.headers['retry-after']], [429, '慢一点', '7']);
  const moved = await post({ url: `${home}/moved`, body: 'x' });
  assert.equal(moved.kind === 'answered' && moved.status, 302);
  assert.deepEqual(seen, ['POST application/json {"题":1}', 'POST undefined x']);
});

test('who takes no connection has read nothing', async (t) => {
  const post = office(t);
  const answer = await post({ url: 'http://127.0.0.1:1/', body: 'x' });
  assert.deepEqual(answer.kind === 'failed' && [answer.code, answer.reached], ['net-refused', false]);
});

test('who says nothing, or hangs up, may have read it', async (t) => {
  const silent = await serve(
    t,
    createServer(() => {}),
  );
  const late = await office(t, 300)({ url: silent, body: 'x' });
  assert.deepEqual(late.kind === 'failed' && [late.code, late.reached], ['net-timeout', true]);
  const cutter = createTcpServer((socket) => socket.on('data', () => socket.destroy()));
  await new Promise<void>((ready) => cutter.listen(0, '127.0.0.1', ready));
  t.after(() => cutter.close());
  const bound = cutter.address();
  assert.ok(bound !== null && typeof bound !== 'string');
  const cut = await office(t)({ url: `http://127.0.0.1:${bound.port}/`, body: 'x' });
  assert.deepEqual(cut.kind === 'failed' && [cut.code, cut.reached], ['net-reset', true]);
});

test('an endless answer is cut, the message counts as answered', async (t) => {
  const home = await serve(
    t,
    createServer((_, response) => {
      const chatter = setInterval(() => response.write('x'.repeat(200_000)), 1);
      response.on('close', () => clearInterval(chatter));
    }),
  );
  const answer = await office(t)({ url: home, body: 'x' });
  assert.ok(answer.kind === 'answered' && answer.text.length <= 1_048_576);
});

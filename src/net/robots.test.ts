import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { listen } from '../../test/support/listen.ts';
import type { NetOptions } from './fetch.ts';
import { openNet } from './open-net.ts';
import { createRobots, type RobotsText } from './robots.ts';

const RULES = `# invented
User-agent: *
Disallow: /

User-agent: ribao
Disallow: /private/
Allow: /private/open
Crawl-delay: 2
`;

/** A site that says these rules and counts who asked for what. */
async function siteSaying(t: TestContext, robots: { status: number; body?: string; headers?: object }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url !== '/robots.txt') return void response.end('<p>page</p>');
    response.writeHead(robots.status, { ...robots.headers }).end(robots.body ?? '');
  });
  const port = await listen(t, server);
  const options: NetOptions = {
    userAgent: 'ribao-test',
    perHost: 2,
    timeoutMs: 3000,
    maxCompressedBytes: 2_000_000,
    maxBytes: 2_000_000,
    allowHosts: ['127.0.0.1'],
    robots: true,
  };
  const net = openNet(options);
  t.after(() => net.close());
  const codeFor = async (path: string, accept: 'page' | 'feed' = 'page') => {
    const answer = await net.fetch({ url: `http://127.0.0.1:${port}${path}`, accept });
    return answer.kind === 'failed' ? answer.code : answer.kind;
  };
  return { codeFor, asked };
}

test('pages that robots.txt keeps from us are not asked for; the file is read once', async (t) => {
  const { codeFor, asked } = await siteSaying(t, { status: 200, body: RULES });
  const codes = [];
  for (const path of ['/a', '/private/x', '/private/open/y', '/a?b=1']) codes.push(await codeFor(path));
  assert.deepEqual(codes, ['ok', 'net-robots', 'ok', 'ok']);
  assert.deepEqual(asked, ['/robots.txt', '/a', '/private/open/y', '/a?b=1']);
});

test('a feed that an editor subscribed to is asked whatever robots.txt says', async (t) => {
  const { codeFor, asked } = await siteSaying(t, { status: 200, body: 'User-agent: *\nDisallow: /' });
  assert.equal(await codeFor('/feed.xml', 'feed'), 'ok');
  assert.equal(await codeFor('/page'), 'net-robots');
  assert.deepEqual(asked, ['/feed.xml', '/robots.txt']);
});

test('no file allows everything, a site in trouble nothing', async (t) => {
  for (const [status, code] of [
    [404, 'ok'],
    [403, 'ok'],
    [503, 'net-robots'],
    [429, 'net-robots'],
  ] as const)
    assert.equal(await (await siteSaying(t, { status })).codeFor('/a'), code, String(status));
});

test('a file that is endless, binary or a bomb of rules keeps nobody from reading, and nothing fails', async (t) => {
  const bodies = [
    'x'.repeat(1_000_000),
    '\u0000\u0001\ufffd'.repeat(1000),
    `User-agent: other\n${'Disallow: /\n'.repeat(40_000)}`,
  ];
  for (const body of bodies)
    assert.equal(await (await siteSaying(t, { status: 200, body })).codeFor('/a'), 'ok');
});

test('is asked again after a day, and after ten minutes when it could not be had', async () => {
  let now = 0;
  const answers: RobotsText[] = [{ kind: 'unreachable' }, { kind: 'none' }, { kind: 'text', text: RULES }];
  let asked = 0;
  const robots = createRobots(
    async () => {
      asked += 1;
      return answers.shift() ?? { kind: 'none' };
    },
    () => now,
  );
  const page = new URL('https://a.example/private/x');
  const allowedAt = async (at: number) => {
    now = at;
    return (await robots(page)).allowed;
  };
  const [MINUTE, DAY] = [60_000, 86_400_000];
  assert.deepEqual(
    [
      await allowedAt(0),
      await allowedAt(9 * MINUTE),
      await allowedAt(11 * MINUTE),
      await allowedAt(DAY),
      await allowedAt(DAY + 12 * MINUTE),
    ],
    [false, false, true, true, false],
  );
  assert.equal(asked, 3);
  assert.equal((await robots(new URL('https://a.example/'))).crawlDelayMs, 2000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Source, SourceState } from '../domain/source.ts';
import type { FetchOutcome, FetchRequest } from '../net/fetch.ts';
import { collectSource } from './collect-source.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 4, 23, 8);
const SOURCE: Source = {
  id: 'lab',
  kind: 'feed',
  name: 'Lab',
  url: 'https://lab.example/feed',
  weight: 1,
  fullText: 'page',
};
const FRESH: SourceState = { sourceId: 'lab', failureStreak: 0 };

function feedOf(daysAgo: number[]): string {
  const items = daysAgo.map(
    (days) =>
      `<item><title>t${days}</title><link>https://lab.example/${days}</link><pubDate>${new Date(NOW - days * DAY).toUTCString()}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>Lab</title>${items.join('')}</channel></rss>`;
}

function answering(text: string, more: { etag?: string } = {}): FetchOutcome {
  return { kind: 'ok', url: SOURCE.url, status: 200, headers: {}, bytes: Buffer.from(text), ...more };
}

async function collect(answer: FetchOutcome, state = FRESH, now = NOW) {
  const asked: FetchRequest[] = [];
  const fetch = async (request: FetchRequest) => {
    asked.push(request);
    return answer;
  };
  return { ...(await collectSource(SOURCE, state, { fetch, now })), asked };
}

test('a feed with news is listed, and what it said about itself is remembered', async () => {
  const { outcome, state, entries } = await collect(answering(feedOf([0, 1, 2]), { etag: '"a"' }), {
    ...FRESH,
    failureStreak: 3,
    lastModified: 'before',
  });
  assert.deepEqual(outcome, { kind: 'new', entries: 3, fresh: 0 });
  assert.equal(entries.length, 3);
  assert.deepEqual([state.etag, state.lastModified, state.failureStreak], ['"a"', undefined, 0]);
  assert.deepEqual([state.lastTriedAt, state.lastOkAt, state.lastNewAt], [NOW, NOW, NOW]);
});

test('a link of absurd length is left out, said so, and costs no other entry', async () => {
  const item = `<item><title>长</title><link>https://lab.example/${'x'.repeat(100_000)}</link></item>`;
  const { outcome, entries } = await collect(
    answering(feedOf([0, 1]).replace('</channel>', `${item}</channel>`)),
  );
  assert.equal(entries.length, 2);
  assert.ok(outcome.kind === 'new');
  assert.match(outcome.note ?? '', /^1 条的链接超过 4096 个字符，已略去$/);
});

test('the next time it is asked only for what changed', async () => {
  const { outcome, asked, state } = await collect(
    { kind: 'not-modified' },
    { ...FRESH, etag: '"a"', lastModified: 'm' },
  );
  assert.deepEqual([asked[0]?.etag, asked[0]?.lastModified], ['"a"', 'm']);
  assert.deepEqual(outcome, { kind: 'unchanged' });
  assert.equal(state.etag, '"a"');
});

test('a daily source without a word for a week is silent; a monthly one is not', async () => {
  const daily = await collect(answering(feedOf([7, 8, 9, 10])));
  assert.deepEqual(daily.outcome, { kind: 'silent', lastNewAt: NOW - 7 * DAY, usualGapMs: DAY });
  const monthly = await collect(answering(feedOf([40, 70, 100])));
  assert.equal(monthly.outcome.kind, 'new');
  const weekend = await collect(answering(feedOf([2.5, 2.6, 2.7])));
  assert.equal(weekend.outcome.kind, 'new');
});

test('a silent source that has not changed is still silent', async () => {
  const first = await collect(answering(feedOf([7, 8, 9])));
  const second = await collect({ kind: 'not-modified' }, first.state, NOW + DAY);
  assert.equal(second.outcome.kind, 'silent');
});

test('a source that asks for patience is left alone until then, and asked again after', async () => {
  const busy: FetchOutcome = {
    kind: 'failed',
    code: 'http-429',
    message: '慢',
    retryable: true,
    status: 429,
    retryAfterMs: 3_600_000,
  };
  const first = await collect(busy);
  assert.deepEqual([first.state.notBeforeAt, first.state.failureStreak], [NOW + 3_600_000, 1]);
  const early = await collect(answering(feedOf([0])), first.state, NOW + 1000);
  assert.deepEqual(early.asked, []);
  assert.ok(early.outcome.kind === 'failed' && early.outcome.code === 'source-waiting');
  assert.equal(early.state.failureStreak, 1);
  const later = await collect(answering(feedOf([0])), early.state, NOW + 3_600_001);
  assert.equal(later.outcome.kind, 'new');
  assert.equal(later.state.notBeforeAt, undefined);
});

test('failures add up, keep the validators, and say what to do', async () => {
  const html = await collect(answering('<html><body>login</body></html>'), {
    ...FRESH,
    etag: '"a"',
    failureStreak: 1,
  });
  assert.ok(html.outcome.kind === 'failed');
  assert.deepEqual([html.outcome.code, html.outcome.retryable], ['feed-is-html', false]);
  assert.deepEqual([html.state.failureStreak, html.state.etag, html.state.lastOkAt], [2, '"a"', undefined]);
  const broken = await collect(answering('{"a":1}'));
  assert.ok(broken.outcome.kind === 'failed' && broken.outcome.code === 'feed-malformed');
  const empty = await collect(answering('<rss version="2.0"><channel><title>x</title></channel></rss>'));
  assert.ok(empty.outcome.kind === 'failed' && empty.outcome.code === 'feed-empty');
});

test('a source of a kind nobody knows fails without a request', async () => {
  const fetch = async (): Promise<FetchOutcome> => assert.fail('asked');
  const { outcome } = await collectSource({ ...SOURCE, kind: 'fax' }, FRESH, { fetch, now: NOW });
  assert.ok(outcome.kind === 'failed' && outcome.code === 'source-kind' && outcome.message.includes('fax'));
});

test('a source that answered in part, until its hour was used up, is well and waits', async () => {
  const source: Source = { ...SOURCE, kind: 'github', settings: { repositories: ['a/a', 'b/b', 'c/c'] } };
  const used: FetchOutcome = {
    kind: 'failed',
    code: 'http-403',
    message: '满',
    retryable: false,
    status: 403,
    retryAfterMs: 600_000,
  };
  const fetch = async ({ url }: FetchRequest) => (url.includes('/a/a/') ? answering('[]') : used);
  const { outcome, state } = await collectSource(source, FRESH, { fetch, now: NOW });
  assert.equal(outcome.kind, 'unchanged');
  assert.deepEqual([state.failureStreak, state.notBeforeAt], [0, NOW + 600_000]);
});

test('a page in place of a feed asks for a captcha only when it says little else', async () => {
  const captcha = await collect(answering('<html><body><p>请完成安全验证</p></body></html>'));
  assert.ok(captcha.outcome.kind === 'failed' && captcha.outcome.code === 'page-blocked');
  assert.deepEqual([captcha.state.health, captcha.state.notBeforeAt], ['blocked', NOW + 6 * 3_600_000]);
  const news = '<p>怎样写出更好的验证：人机验证的历史、现状与前景，以及我们为什么要换掉它。</p>'.repeat(20);
  const site = await collect(answering(`<html><body>${news}</body></html>`));
  assert.ok(site.outcome.kind === 'failed' && site.outcome.code === 'feed-is-html');
});

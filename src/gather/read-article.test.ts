import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Article } from '../domain/article.ts';
import type { FetchOutcome } from '../net/fetch.ts';
import type { PageReading, PageText } from './pages/page-reading.ts';
import { readArticle } from './read-article.ts';

const NOW = Date.UTC(2026, 4, 23);
const URL_A = 'https://news.example/a';
const ARTICLE: Article = {
  id: '0123456789abcdef',
  identity: 'url:news.example/a',
  sourceId: 's',
  publisher: '某源',
  url: URL_A,
  title: '标题',
  language: 'zh',
  publishedAt: NOW - 1000,
  firstSeenAt: NOW,
  excerpt: '摘要。',
  tags: [],
  body: { kind: 'unread' },
};
const PAGE: PageText = {
  kind: 'text',
  text: '网页上的正文，比摘要长得多。',
  extractor: 'readability',
  language: 'zh',
  identities: ['url:news.example/canonical'],
};

const page = (url = URL_A): FetchOutcome => ({
  kind: 'ok',
  url,
  status: 200,
  headers: { 'content-type': 'text/html' },
  bytes: new Uint8Array(),
});
const refused = (status: number): FetchOutcome => ({
  kind: 'failed',
  code: `http-${status}`,
  message: `HTTP ${status}`,
  retryable: status >= 500,
  status,
});

function read(answer: FetchOutcome, reading: PageReading = PAGE, article = ARTICLE) {
  return readArticle(article, { fetch: async () => answer, readPage: async () => reading, now: NOW });
}

test('a page that can be read gives the article its text and its other names', async () => {
  const outcome = await read(page());
  assert.ok(outcome.kind === 'read');
  assert.deepEqual(outcome.article.body, { kind: 'page', text: PAGE.text, extractor: 'readability' });
  assert.deepEqual(outcome.identities, ['url:news.example/a', 'url:news.example/canonical']);
  assert.deepEqual(
    [outcome.article.id, outcome.article.url, outcome.article.title],
    [ARTICLE.id, URL_A, '标题'],
  );
});

test('when the source itself carried more, its text is kept, and why', async () => {
  const outcome = await read(page(), PAGE, { ...ARTICLE, excerpt: '源自带的全文。'.repeat(20) });
  assert.ok(outcome.kind === 'read' && outcome.article.body.kind === 'feed');
  assert.match(outcome.article.body.why, /更长/);
});

test('readers know a WeChat article by its account, also when it came through an aggregate feed', async () => {
  const outcome = await read(page(), { ...PAGE, account: '某账号', author: '小记者' });
  assert.ok(outcome.kind === 'read');
  assert.deepEqual([outcome.article.publisher, outcome.article.author], ['某账号', '小记者']);
});

test('lead image and keywords come from the page; a feed’s own tags stay', async () => {
  const told = { ...PAGE, image: 'https://news.example/a.png', tags: ['芯片'] };
  const outcome = await read(page(), told);
  assert.deepEqual([outcome.article.image, outcome.article.tags], ['https://news.example/a.png', ['芯片']]);
  assert.deepEqual((await read(page(), told, { ...ARTICLE, tags: ['模型'] })).article.tags, ['模型']);
});

test('a page without a lead image leaves the one that the feed showed', async () => {
  const shown = { ...ARTICLE, image: 'https://news.example/feed.png' };
  assert.equal((await read(page(), PAGE, shown)).article.image, 'https://news.example/feed.png');
});

test('times on a page count from the run’s own clock', async () => {
  const asked: number[] = [];
  const readPage = async ({ fetchedAt }: { fetchedAt: number }): Promise<PageReading> => {
    asked.push(fetchedAt);
    return PAGE;
  };
  await readArticle(ARTICLE, { fetch: async () => page(), readPage, now: NOW });
  assert.deepEqual(asked, [NOW]);
});

test('the page’s date counts only where the source gave none, and never lies ahead', async () => {
  const dated = { ...PAGE, publishedAt: NOW - 5000 };
  const given = await read(page(), dated);
  assert.equal(given.article.publishedAt, NOW - 1000);
  const undated = { ...ARTICLE, publishedAt: NOW };
  assert.equal((await read(page(), dated, undated)).article.publishedAt, NOW - 5000);
  assert.equal((await read(page(), { ...PAGE, publishedAt: NOW + 5000 }, undated)).article.publishedAt, NOW);
});

test('a short link is replaced by where it led; a front page is no article', async () => {
  const short = { ...ARTICLE, url: 'https://short.example/x' };
  const led = await read(page('https://news.example/a?utm_source=x'), PAGE, short);
  assert.equal(led.article.url, 'https://news.example/a');
  const home = await read(page('https://news.example/'));
  assert.ok(home.kind === 'fallback' && home.failure.code === 'page-moved');
});

test('a temporary WeChat link becomes the permanent one', async () => {
  const url = 'https://mp.weixin.qq.com/s?src=11&timestamp=1&signature=x';
  const canonicalUrl = 'https://mp.weixin.qq.com/s?__biz=MzA=&mid=1&idx=1&sn=0';
  const outcome = await read(page(url), { ...PAGE, canonicalUrl }, { ...ARTICLE, url });
  assert.equal(outcome.article.url, canonicalUrl);
});

test('a page that cannot be had leaves the article with what its source said', async () => {
  const outcome = await read(refused(503));
  assert.ok(outcome.kind === 'fallback');
  assert.deepEqual(outcome.article.body, { kind: 'feed', text: '摘要。', why: 'HTTP 503', again: true });
  assert.deepEqual(outcome.failure, {
    code: 'http-503',
    subject: URL_A,
    message: 'HTTP 503',
    retryable: true,
  });
  const forbidden = await read(refused(403));
  assert.ok(
    forbidden.kind === 'fallback' && forbidden.article.body.kind === 'feed' && !forbidden.article.body.again,
  );
});

test('a page taken away is gone, unless the source had told enough', async () => {
  assert.equal((await read(refused(404))).kind, 'gone');
  assert.equal(
    (await read(refused(410), PAGE, { ...ARTICLE, excerpt: '足够长的文字。'.repeat(20) })).kind,
    'fallback',
  );
  const deleted = await read(page(), { kind: 'gone', why: '已被发布者删除' });
  assert.ok(deleted.kind === 'gone' && deleted.article.body.kind === 'gone');
});

test('a bot check or «too many requests» names the host to leave alone', async () => {
  for (const outcome of [
    await read(page(), { kind: 'blocked', why: '人机验证' }),
    await read(refused(429)),
  ]) {
    assert.ok(outcome.kind === 'blocked');
    assert.equal(outcome.host, 'news.example');
    assert.ok(outcome.article.body.kind === 'feed' && outcome.article.body.again);
  }
});

test('a page that is closed today is tried again; one that makes no sense is not', async () => {
  const later = await read(page(), { kind: 'later', why: '暂时无法查看' });
  assert.ok(later.kind === 'fallback' && later.failure.retryable);
  const never = await read(page(), { kind: 'unreadable', why: '没有正文' });
  assert.ok(never.kind === 'fallback' && !never.failure.retryable);
});

test('an article that is one section of a long page keeps its own text and fetches nothing', async () => {
  const deps = {
    fetch: async (): Promise<FetchOutcome> => assert.fail('fetched'),
    readPage: async () => PAGE,
    now: NOW,
  };
  const outcome = await readArticle({ ...ARTICLE, url: 'https://c.example/log#v2' }, deps);
  assert.ok(outcome.kind === 'fallback' && outcome.failure.code === 'page-section');
});

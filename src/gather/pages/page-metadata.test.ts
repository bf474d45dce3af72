import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from '../dom.ts';
import { readMetadata } from './page-metadata.ts';
import { withoutSiteName } from './page-title.ts';
import { readStructuredData } from './structured-data.ts';

/** 2026-11-23 14:00 in Beijing. */
const FETCHED_AT = Date.UTC(2026, 10, 23, 6);
const about = (head: string, body = '', url = 'https://news.example/a') => {
  const document = parseDocument(
    `<!doctype html><html lang="zh"><head>${head}</head><body>${body}</body></html>`,
  );
  return readMetadata(document, readStructuredData(document), { url, fetchedAt: FETCHED_AT });
};
const iso = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

test('the site’s name is no part of the title, wherever it stands', () => {
  const site = '<meta property="og:site_name" content="灯报网">';
  for (const title of [
    '青石降价一半 - 灯报网',
    '青石降价一半_灯报网',
    '灯报网 | 青石降价一半',
    '青石降价一半-灯报网',
  ])
    assert.equal(about(`${site}<meta property="og:title" content="${title}">`).title, '青石降价一半', title);
  assert.equal(about('<title>青石公司模型降价一半 - 灯报</title>').title, '青石公司模型降价一半');
});

test('a title that has a dash of its own keeps it', () => {
  const head =
    '<meta property="og:site_name" content="Lamp"><meta property="og:title" content="GPT-5 - a first look">';
  assert.equal(about(head).title, 'GPT-5 - a first look');
});

test('the page’s own heading says where the title ends', () => {
  assert.equal(
    about('<meta property="og:title" content="青石降价一半｜科技频道">', '<h1>青石降价一半</h1>').title,
    '青石降价一半',
  );
});

test('a heading that is the site’s own, or a short name before a long half, does not make the title', () => {
  assert.equal(about('<title>青石降价一半 | 灯报</title>', '<h1>灯报与你同行</h1>').title, '青石降价一半');
  assert.equal(about('<title>青石 - 一家模型公司的七年</title>').title, '青石 - 一家模型公司的七年');
  assert.equal(about('', '<h1>青石降价一半</h1>').title, '青石降价一半');
  assert.equal(
    about('<title>青石模型降价，开发者欢迎 | 灯报</title>', '<h1>青石降价一半</h1>').title,
    '青石降价一半',
  );
});

test('the author is who is declared, else who is shown; no addresses, no sentences', () => {
  assert.equal(
    about('<meta name="author" content="https://news.example/u/1">', '<span class="author">作者：小明</span>')
      .author,
    '小明',
  );
  assert.equal(about('<meta name="Author" content="By Ada Example">').author, 'Ada Example');
  assert.equal(
    about('', `<div class="author">${'小明写了很多年的科技报道，'.repeat(8)}</div>`).author,
    undefined,
  );
});

test('times as Chinese pages show them count from the moment of fetching', () => {
  assert.equal(iso(about('', '<span class="time">3小时前</span>').publishedAt), '2026-11-23T03:00:00.000Z');
  assert.equal(
    iso(about('', '<span class="pubtime">灯报 昨天 09:30</span>').publishedAt),
    '2026-11-22T01:30:00.000Z',
  );
  assert.equal(iso(about('', '<p>发布时间：2026-11-20</p>').publishedAt), '2026-11-19T16:00:00.000Z');
});

test('a byline without a year, its time in an element of its own', () => {
  const byline = '<span class="date">发布时间：11-20</span><span class="time">08:30</span>';
  assert.equal(iso(about('', byline).publishedAt), '2026-11-20T00:30:00.000Z');
});

test('what is declared comes before what is shown, and the address comes last', () => {
  const declared = '<meta property="article:published_time" content="2026-11-22T08:00:00+08:00">';
  const url = 'https://news.example/2026/11/20/a.html';
  assert.equal(
    iso(about(declared, '<time datetime="2026-01-01"></time>', url).publishedAt),
    '2026-11-22T00:00:00.000Z',
  );
  assert.equal(iso(about('', '正文', url).publishedAt), '2026-11-19T16:00:00.000Z');
  assert.equal(about('', '正文', 'https://news.example/20261399').publishedAt, undefined);
});

test('lead image and canonical link are absolute; what is no picture address is none', () => {
  const page = about('<meta property="og:image" content="/a.png"><link rel="canonical" href="/b">');
  assert.deepEqual([page.image, page.canonicalUrl], ['https://news.example/a.png', 'https://news.example/b']);
  assert.equal(about('<meta property="og:image" content="data:image/png;base64,AA">').image, undefined);
});

test('keywords become tags, each once', () => {
  assert.deepEqual(about('<meta name="keywords" content="模型，芯片,模型">').tags, ['模型', '芯片']);
  assert.deepEqual(
    about('<meta property="article:tag" content="甲"><meta property="article:tag" content="乙">').tags,
    ['甲', '乙'],
  );
});

test('for all titles: cutting ends, and gives a part of the title', () => {
  const part = fc.constantFrom('灯报', ' - ', '|', '_', '青石降价一半', '-', ' ', '·');
  fc.assert(
    fc.property(fc.array(part), fc.boolean(), (parts, cutLast) => {
      const title = parts.join('').trim();
      assert.ok(
        title.includes(withoutSiteName(title, { sites: ['灯报'], heading: '青石降价一半', cutLast })),
      );
    }),
  );
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { PAGE_RULES } from '../../../test/fixtures/page-rules.ts';
import type { PageReading, PageText } from './page-reading.ts';
import { prepareRules } from './page-rules.ts';
import { readPage } from './read-page.ts';

const RULES = prepareRules(PAGE_RULES);
const FETCHED_AT = Date.UTC(2026, 4, 23);

const WECHAT = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv';
const AT = Date.UTC(2026, 4, 22, 0, 30);

const bytesOf = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../test/fixtures/pages/${name}.html`, import.meta.url));

function readBytes(bytes: Uint8Array, url: string, contentType = 'text/html; charset=utf-8'): PageReading {
  return readPage({ bytes, contentType, url, fetchedAt: FETCHED_AT }, RULES);
}

const readHtml = (html: string, url = 'https://news.example/1'): PageReading =>
  readBytes(Buffer.from(html), url);

const read = (name: string, url = WECHAT): PageReading => readBytes(bytesOf(name), url);

function textOf(reading: PageReading): PageText {
  assert.equal(reading.kind, 'text', JSON.stringify(reading));
  return reading as PageText;
}

test('a WeChat article: text without name cards and tail, account, time, and all its names', () => {
  const page = textOf(read('wechat-article'));
  assert.equal(
    page.text,
    '5月22日，某公司发布了新一代大模型，价格为上一代的一半。\n该模型支持一百万字的上下文，即日起开放接口。\n它在三项公开测试中排名第一，代码将在下月开源。',
  );
  assert.deepEqual(
    [page.title, page.account, page.author, page.publishedAt, page.language],
    ['某公司发布新一代大模型', '某账号', '小记者', AT, 'zh'],
  );
  assert.deepEqual(page.identities, [
    'wechat:MzAwMDAwMDAwMQ==:2650000001:2',
    'wechat-short:AbCdEfGhIjKlMnOpQrStUv',
  ]);
  assert.match(page.canonicalUrl ?? '', /^https:\/\/mp\.weixin\.qq\.com\/s\?__biz=MzAw.*&idx=2&sn=0123/);
});

test('the same page on a mirror is the same WeChat article', () => {
  const page = textOf(read('wechat-article', 'http://mirror.example/a/1'));
  assert.ok(page.identities.includes('wechat:MzAwMDAwMDAwMQ==:2650000001:2'));
});

test('an image share has its text in the data of the page', () => {
  const page = textOf(read('wechat-image-share'));
  assert.equal(page.text, '第一段说芯片。\n第二段说"算力"。');
  assert.deepEqual([page.title, page.account, page.publishedAt], ['一图看懂芯片', '图说账号', AT]);
  assert.ok(page.identities.includes('wechat:MzAwMDAwMDAwMQ==:2650000002:1'));
});

test('a text share without a title is named by its first sentence', () => {
  const page = textOf(read('wechat-text-share'));
  assert.equal(page.title, '今天我们开源了训练代码。');
  assert.equal(page.text, '今天我们开源了训练代码。欢迎大家试用并提意见。\n谢谢所有参与的人。');
});

test('WeChat failure pages come as 200 and never become articles', () => {
  assert.deepEqual(read('wechat-deleted'), { kind: 'gone', why: '已被发布者删除' });
  assert.deepEqual(read('wechat-violation'), { kind: 'gone', why: '因违规无法查看' });
  assert.equal(read('wechat-later').kind, 'later');
  assert.equal(read('wechat-check').kind, 'blocked');
  assert.equal(read('wechat-repost').kind, 'unreadable');
  const captcha = 'https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?target_url=x';
  assert.equal(read('wechat-article', captcha).kind, 'blocked');
});

test('a news page: the story, without captions, recommendations and what hangs below it', () => {
  const page = textOf(read('news-article', 'https://news.example/2026/05/chip?from=feed'));
  assert.match(page.text, /^某芯片厂商周五公布了/);
  assert.match(page.text, /并提示了短期波动的风险。$/);
  assert.doesNotMatch(page.text, /图片说明|推荐：|责任编辑|相关阅读|热门排行|首页/);
  assert.deepEqual([page.title, page.author, page.publishedAt], ['芯片厂商公布路线图', '小编', AT]);
  assert.equal(page.canonicalUrl, 'https://news.example/2026/05/chip');
  assert.deepEqual(page.identities, ['url:news.example/2026/05/chip']);
});

test('a newsflash that hides itself until its script runs is read all the same', () => {
  const page = textOf(read('newsflash', 'https://flash.example/1'));
  assert.match(page.text, /下调百分之五十[\s\S]*更详细的说明。$/);
  assert.equal(page.title, '快讯：某模型降价');
});

test('a bot check and a page that is not there are told from articles, also with status 200', () => {
  assert.equal(read('cloudflare', 'https://news.example/1').kind, 'blocked');
  assert.equal(read('soft-404', 'https://news.example/1').kind, 'gone');
});

test('an article about bot checks is an article', () => {
  const html = Buffer.from(bytesOf('news-article'))
    .toString()
    .replace('分析人士认为', '页面显示“请完成安全验证”，分析人士认为');
  const reading = readHtml(html);
  assert.equal(reading.kind, 'text');
});

test('a PDF, an empty page and an application shell are unreadable, with a reason', () => {
  const url = 'https://news.example/x';
  const pdf = readBytes(Buffer.from('%PDF-1.7'), url, 'application/pdf');
  assert.ok(pdf.kind === 'unreadable' && pdf.why.includes('application/pdf'));
  assert.equal(readHtml('', url).kind, 'unreadable');
  const shell = '<html><body><div id="root"></div><script src="app.js"></script></body></html>';
  assert.equal(readHtml(shell, url).kind, 'unreadable');
});

test('a page nested beyond reason is given up at once instead of keeping a thread busy for minutes', () => {
  const html = `${'<div>'.repeat(20_000)}${'字'.repeat(1000)}`;
  const reading = readHtml(html);
  assert.ok(reading.kind === 'unreadable' && reading.why.includes('嵌套'));
});

test('a canonical link to the front page does not make all articles of a site one', () => {
  const html = Buffer.from(bytesOf('news-article'))
    .toString()
    .replace('https://news.example/2026/05/chip', 'https://news.example/');
  const page = textOf(readHtml(html, 'https://news.example/a'));
  assert.equal(page.canonicalUrl, undefined);
  assert.deepEqual(page.identities, []);
});

test('for all damage to a page: a reading, never an exception', () => {
  const whole = Buffer.from(bytesOf('wechat-article')).toString();
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(400), fc.boolean(), (at, length, wechat) => {
      const bytes = Buffer.from(whole.slice(0, at) + whole.slice(at + length));
      const url = wechat ? WECHAT : 'https://news.example/1';
      assert.ok(['text', 'gone', 'blocked', 'later', 'unreadable'].includes(readBytes(bytes, url, '').kind));
    }),
    { numRuns: 40 },
  );
});

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

const paragraph = (n: number): string =>
  `第${n}段：青石公司周五公布了新模型的价格，称推理成本比上一代下降一半，接口从下周一起对所有开发者开放。`;

test('where an extractor finds a teaser and the page has more, others are asked and the fuller text wins', () => {
  // «extra» is a name that Readability passes over while it has something else.
  const story = Array.from({ length: 12 }, (_, n) => `<p>${paragraph(n)}</p>`).join('');
  const teaser = `<article><p>${paragraph(90)}</p><p>${paragraph(91)}</p><p>${paragraph(92)}</p></article>`;
  const page = textOf(readHtml(`<html><body>${teaser}<div class="extra">${story}</div></body></html>`));
  assert.match(page.text, /第0段[\s\S]*第11段/);
  assert.notEqual(page.extractor, 'readability');
});

test('a page that shows hardly any text but tells its article in its data is read from there', () => {
  const body = Array.from({ length: 6 }, (_, n) => paragraph(n)).join('\\n');
  const data = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"青石降价","articleBody":"${body}"}</script>`;
  const page = textOf(
    readHtml(`<html><head>${data}</head><body><div id="root">${paragraph(0)}</div></body></html>`),
  );
  assert.deepEqual([page.extractor, page.title], ['json-ld', '青石降价']);
  assert.equal(page.text.split('\n').length, 6);
});

test('a site’s rule decides where its article is; a page without that place is read like any other', () => {
  const rules = {
    ...RULES,
    sites: [{ hosts: ['site.example'], why: '', content: '.abstract', remove: ['.label'] }],
  };
  const rest = Array.from({ length: 9 }, (_, n) => `<p>${paragraph(n)}</p>`).join('');
  const ruled = (abstract: string): PageText => {
    const bytes = Buffer.from(`<html><body><article>${rest}</article>${abstract}</body></html>`);
    const input = {
      bytes,
      contentType: 'text/html',
      url: 'https://www.site.example/1',
      fetchedAt: FETCHED_AT,
    };
    return textOf(readPage(input, rules));
  };
  const found = ruled(
    `<div class="abstract"><b class="label">摘要：</b>${paragraph(50)}${paragraph(51)}</div>`,
  );
  assert.deepEqual([found.extractor, found.text], ['site', `${paragraph(50)}${paragraph(51)}`]);
  assert.equal(ruled('').extractor, 'readability');
});

test('what stands around the text goes: share bar, byline, caption, author’s note, labels of adverts', () => {
  const html = `<html><body><article><h1>青石降价</h1><div class="post-meta">小明 2026-05-22</div>
<p>${paragraph(1)}</p><p class="wp-caption-text">图：发布会现场，摄影小红</p><p>广告</p><p>${paragraph(2)}</p><p>${paragraph(3)}</p>
<div class="share-bar">分享到微信 微博</div><p>${paragraph(4)}</p><div class="author-bio">小明写了十年科技报道。</div></article></body></html>`;
  assert.equal(textOf(readHtml(html)).text, [1, 2, 3, 4].map(paragraph).join('\n'));
});

test('tables, code, lists and formulas keep their sense', () => {
  const html = `<html><body><article><p>${paragraph(1)}</p><table><tr><th>模型</th><th>价格</th></tr><tr><td>远帆3</td><td>2 元</td></tr></table>
<p>${paragraph(2)}</p><pre><code>import model\nmodel.run()</code></pre><ol><li>先装好这个软件包，再打开终端。</li><li>然后运行它。</li></ol>
<p>损失是 <math alttext="L = x^2"><mi>L</mi></math>，越小越好，其余的与上一代没有区别，也不需要重新训练。</p></article></body></html>`;
  const { text } = textOf(readHtml(html));
  for (const kept of [
    '模型 | 价格\n远帆3 | 2 元',
    'import model\nmodel.run()',
    '1. 先装好这个软件包，再打开终端。\n2. 然后运行它。',
    '损失是 L = x^2 ，',
  ])
    assert.ok(text.includes(kept), `${kept}\n---\n${text}`);
});

test('a relative time counts from the moment of fetching', () => {
  const html = `<html lang="zh"><body><article><h1>青石降价</h1><span class="time">3小时前</span><p>${paragraph(1)}</p><p>${paragraph(2)}</p></article></body></html>`;
  assert.equal(textOf(readHtml(html)).publishedAt, FETCHED_AT - 3 * 3_600_000);
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

test('papers and code that the text links are kept; those of menus and lists below are not', () => {
  const filler = '这一段是正文，说明新方法的做法与结果，一共做了六个基准的实验，准确率没有下降。'.repeat(4);
  const page = textOf(
    readHtml(
      `<html lang="zh"><head><title>中继点</title></head><body><nav><a href="https://github.com/paper/site">网站源码</a></nav><article><h1>中继点</h1><p>${filler}</p><p>${filler}详见<a href="https://arxiv.org/abs/2603.00042v2">这篇论文</a>，<a href="/code">代码</a>在别处。</p></article></body></html>`,
    ),
  );
  assert.deepEqual(page.cites, ['https://arxiv.org/abs/2603.00042']);
});

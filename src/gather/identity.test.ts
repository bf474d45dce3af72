import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { articleId, canonicalUrl, identityOf } from './identity.ts';

const LONG =
  'https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&mid=2650000001&idx=2&sn=0123456789abcdef0123456789abcdef';

test('one WeChat article is one article, however its link was copied', () => {
  const copies = [
    LONG,
    `${LONG}&chksm=abc&scene=21&pass_ticket=SECRET&key=SECRET&uin=SECRET#rd`,
    LONG.replaceAll('&', '&amp;'),
    LONG.replaceAll('&', '\\x26amp;'),
    LONG.replace('https', 'http'),
    LONG.replace('==', '%3D%3D'),
    'https://mp.weixin.qq.com/s?sign=0123456789abcdef0123456789abcdef&itemidx=2&appmsgid=2650000001&__biz=MzAwMDAwMDAwMQ==',
  ];
  assert.deepEqual(new Set(copies.map(identityOf)), new Set(['wechat:MzAwMDAwMDAwMQ==:2650000001:2']));
  assert.deepEqual(new Set(copies.map(canonicalUrl)), new Set([LONG]));
});

test('two articles of one push are two articles', () => {
  assert.notEqual(identityOf(LONG), identityOf(LONG.replace('idx=2', 'idx=1')));
});

test('a short WeChat link keeps its token and loses everything else', () => {
  const short = 'http://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv?scene=1&pass_ticket=SECRET#wechat_redirect';
  assert.equal(canonicalUrl(short), 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv');
  assert.equal(identityOf(short), 'wechat-short:AbCdEfGhIjKlMnOpQrStUv');
});

test('a mirror of a WeChat article on another host is the same article, and stays on its host', () => {
  const mirror = LONG.replace('https://mp.weixin.qq.com', 'http://mirror.example:8080');
  assert.equal(identityOf(mirror), identityOf(LONG));
  assert.match(canonicalUrl(mirror), /^http:\/\/mirror\.example:8080\/s\?__biz=/);
});

test('a temporary WeChat link loses its secrets and keeps what opens it', () => {
  const temporary = 'https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=1&signature=x&pass_ticket=SECRET';
  assert.equal(canonicalUrl(temporary), 'https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=1&signature=x');
});

test('all versions and forms of a paper are one paper', () => {
  for (const url of [
    'https://arxiv.org/abs/2604.20791',
    'http://arxiv.org/abs/2604.20791v2',
    'https://www.arxiv.org/pdf/2604.20791v1.pdf',
    'https://export.arxiv.org/html/2604.20791v3',
  ]) {
    assert.equal(identityOf(url), 'arxiv:2604.20791');
  }
  assert.equal(identityOf('https://arxiv.org/abs/cs/0112017v1'), 'arxiv:cs/0112017');
});

test('tracking parameters go, parameters that choose the page stay', () => {
  assert.equal(
    canonicalUrl('https://news.example/show?id=7&utm_source=x&fbclid=y&spm=a.b&from=timeline&lang=zh#top'),
    'https://news.example/show?id=7&lang=zh',
  );
});

test('www, a trailing slash, the scheme and the order of parameters do not make another article', () => {
  assert.equal(
    identityOf('http://www.news.example/a/?b=2&a=1'),
    identityOf('https://news.example/a?a=1&b=2'),
  );
  assert.equal(identityOf('https://news.example/a?a=1&b=2'), 'url:news.example/a?a=1&b=2');
});

test('what is no web address is left as it is', () => {
  assert.equal(canonicalUrl('  tag:news.example,2026:1 '), 'tag:news.example,2026:1');
  assert.equal(identityOf('tag:news.example,2026:1'), 'url:tag:news.example,2026:1');
});

test('a parameter without name and value leaves no trace', () => {
  assert.equal(canonicalUrl('http://a.example/?a&='), 'http://a.example/?a');
});

test('for all addresses: canonical once is canonical, and the identity does not change by it', () => {
  const query = fc.webQueryParameters();
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true }), query, (base, extra) => {
      const url = `${base.split('#')[0]?.split('?')[0]}?${extra}&utm_source=x`;
      const once = canonicalUrl(url);
      assert.equal(canonicalUrl(once), once);
      assert.equal(identityOf(once), identityOf(url));
    }),
  );
});

test('an article id is 16 hex digits of its identity', () => {
  assert.match(articleId('url:news.example/a'), /^[0-9a-f]{16}$/);
  assert.notEqual(articleId('url:news.example/a'), articleId('url:news.example/b'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutHead } from './cut-head.ts';

test('the path of the site above an article goes, the article stays', () => {
  assert.equal(cutHead('当前位置：首页 > 人工智能 > 正文\n青石发布模型。'), '青石发布模型。');
  assert.equal(cutHead('Home › News › AI\nA model is out.'), 'A model is out.');
  const told = '首页改版之后，青石的访问量翻倍。\n当前位置服务也已上线。';
  assert.equal(cutHead(told), told);
});

test('further down the same words belong to the article', () => {
  const text = '一。\n二。\n三。\n四。\n首页 > 设置 > 模型';
  assert.equal(cutHead(text), text);
});

test('title and byline, which are known apart, are not the text', () => {
  const text = '青石换标识\n2026-03-10 18:10 来源：灯报 作者：灯报编辑部 字号：大 中 小\n青石官网换了标识。';
  assert.equal(cutHead(text, '青石换标识'), '青石官网换了标识。');
});

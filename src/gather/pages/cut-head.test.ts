import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_RULES } from '../../../test/fixtures/page-rules.ts';
import { cutHead } from './cut-head.ts';
import { prepareRules } from './page-rules.ts';

const { heads } = prepareRules(PAGE_RULES);
const cut = (text: string, title?: string): string => cutHead(text, heads, title);

const PARAGRAPH =
  '青石公司周五公布了新模型的价格，称推理成本比上一代下降一半，接口从下周一起对所有开发者开放。';

test('the path of the site above an article goes, the article stays', () => {
  assert.equal(cut('当前位置：首页 > 人工智能 > 正文\n青石发布模型。'), '青石发布模型。');
  assert.equal(cut('Home › News › AI\nA model is out.'), 'A model is out.');
  const told = '首页改版之后，青石的访问量翻倍。\n当前位置服务也已上线。';
  assert.equal(cut(told), told);
});

test('below the first paragraph the same words belong to the article', () => {
  const text = `${PARAGRAPH}\n首页 > 设置 > 模型\n2026-03-10 18:10`;
  assert.equal(cut(text), text);
});

test('title and byline, which are known apart, are not the text', () => {
  const text = `青石换标识\n2026-03-10 18:10 来源：灯报 作者：灯报编辑部 字号：大 中 小\n${PARAGRAPH}`;
  assert.equal(cut(text, '青石换标识'), PARAGRAPH);
});

test('English bylines and dates go as well, a first sentence with a date in it stays', () => {
  const lead =
    'March 10, 2026, will be remembered at Bluestone as the day on which its first model was released.';
  assert.equal(
    cut(`By Ada Example and Bo Sample\nUpdated 5:27 am CST, Wednesday, March 11, 2026\n5 min read\n${lead}`),
    lead,
  );
});

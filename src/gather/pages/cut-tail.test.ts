import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PAGE_RULES } from '../../../test/fixtures/page-rules.ts';
import { cutTail } from './cut-tail.ts';
import { prepareRules } from './page-rules.ts';

const { tails } = prepareRules(PAGE_RULES);
const cut = (text: string): string => cutTail(text, tails);

const STORY = Array.from(
  { length: 8 },
  (_, n) => `第${n}段：某公司在发布会上介绍了新的模型，并公布了价格与上线时间。`,
).join('\n');

test('credits, reading lists and calls to follow below an article go', () => {
  for (const tail of [
    '责任编辑：小明',
    '相关阅读',
    '【往期推荐】',
    '扫码关注我们，获取更多资讯',
    'Related articles',
  ]) {
    assert.equal(cut(`${STORY}\n${tail}\n另一篇文章的标题`), STORY, tail);
  }
});

test('the same words in the middle of an article, or inside a sentence, stay', () => {
  const middle = `${STORY}\n相关阅读\n${STORY}\n${STORY}`;
  assert.equal(cut(middle), middle);
  const sentence = `${STORY}\n该产品的相关阅读功能让用户可以在一个页面里看完所有材料。`;
  assert.equal(cut(sentence), sentence);
});

test('a call to follow that stands between paragraphs does not end the article', () => {
  const item = (n: number) =>
    `第${n}条：某公司公布了新的模型，价格与上线时间都写在公告里，开发者可以从下周开始试用。\n长按识别二维码查看原文`;
  const list = Array.from({ length: 10 }, (_, n) => item(n)).join('\n');
  assert.equal(cut(list), list.slice(0, list.lastIndexOf('\n')));
});

test('below the editor’s name nothing is the article, however much follows', () => {
  const excerpt = '另一篇文章的摘要，说的是完全不同的一件事，而且写得很长，读起来就像是正文的一段话。';
  assert.equal(cut(`${STORY}\n（责编：小明、小红）\n推荐阅读\n${excerpt}\n${excerpt}`), STORY);
});

test('English tails go: related stories, subscriptions, rights', () => {
  const story = Array.from(
    { length: 8 },
    (_, n) =>
      `Paragraph ${n} tells what the company announced on Friday, and what its customers said about the price.`,
  ).join('\n');
  for (const tail of [
    'You may also like',
    'Subscribe to our newsletter',
    'Share this article',
    'About the author',
  ])
    assert.equal(cut(`${story}\n${tail}\nAnother headline`), story, tail);
});

test('for all texts: the result is a beginning of the text', () => {
  const line = fc.constantFrom('责任编辑：小明', '相关阅读', '正文一句话。', '另一句。', '');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      assert.ok(text.startsWith(cut(text)));
    }),
  );
});

test('a newsflash of one line keeps its line and loses what hangs below it', () => {
  const flash = '青石官网换了标识。\n（责任编辑：小明）\n免责声明：本文仅供参考，不构成投资建议。';
  assert.equal(cut(flash), '青石官网换了标识。');
  assert.equal(cut('责任编辑：小明'), '责任编辑：小明');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutTail } from './cut-tail.ts';

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
    assert.equal(cutTail(`${STORY}\n${tail}\n另一篇文章的标题`), STORY, tail);
  }
});

test('the same words in the middle of an article, or inside a sentence, stay', () => {
  const middle = `${STORY}\n相关阅读\n${STORY}\n${STORY}`;
  assert.equal(cutTail(middle), middle);
  const sentence = `${STORY}\n该产品的相关阅读功能让用户可以在一个页面里看完所有材料。`;
  assert.equal(cutTail(sentence), sentence);
});

test('for all texts: the result is a beginning of the text', () => {
  const line = fc.constantFrom('责任编辑：小明', '相关阅读', '正文一句话。', '另一句。', '');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      assert.ok(text.startsWith(cutTail(text)));
    }),
  );
});

test('a newsflash of one line keeps its line and loses what hangs below it', () => {
  const flash = '青石官网换了标识。\n（责任编辑：小明）\n免责声明：本文仅供参考，不构成投资建议。';
  assert.equal(cutTail(flash), '青石官网换了标识。');
  assert.equal(cutTail('责任编辑：小明'), '责任编辑：小明');
});

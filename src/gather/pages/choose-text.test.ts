import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseText, isDoubtful, paragraphsOf } from './choose-text.ts';

const paragraph = (n: number): string =>
  `第${n}段：青石公司周五公布了新模型的价格，称推理成本比上一代下降一半，接口从下周一起对所有开发者开放。`;
const STORY = [1, 2, 3, 4, 5, 6].map(paragraph).join('\n');
const MENU = Array.from({ length: 30 }, (_, n) => `栏目${n}`).join('\n');

test('a reading that has most of the page’s paragraphs is not doubted, a part of them is', () => {
  const seen = { paragraphs: paragraphsOf(`${MENU}\n${STORY}`), visibleLength: STORY.length + MENU.length };
  assert.equal(isDoubtful(STORY, seen), false);
  assert.equal(isDoubtful([1, 2].map(paragraph).join('\n'), seen), true);
  assert.equal(isDoubtful('', seen), true);
});

test('a short reading is doubted only where the page shows more', () => {
  assert.equal(isDoubtful('青石换了标识。', { paragraphs: [], visibleLength: 10 }), false);
  assert.equal(isDoubtful('本网站使用 Cookie。', { paragraphs: [], visibleLength: 900 }), true);
});

test('the reading with the paragraphs wins over a teaser; menus around them count against it', () => {
  const paragraphs = paragraphsOf(STORY);
  const teaser = { text: paragraph(1), extractor: 'a' };
  const whole = { text: STORY, extractor: 'b' };
  const noisy = { text: `${MENU}\n${STORY}\n${MENU}`, extractor: 'c' };
  assert.equal(chooseText([teaser, noisy, whole], paragraphs), whole);
  assert.equal(chooseText([teaser, { text: MENU, extractor: 'd' }], paragraphs), teaser);
});

test('between equals the first stays, and nothing is chosen from nothing', () => {
  const one = { text: STORY, extractor: 'a' };
  assert.equal(
    chooseText([one, { text: `${STORY}\n${paragraph(7)}`, extractor: 'b' }], paragraphsOf(STORY)),
    one,
  );
  assert.equal(chooseText([{ text: '', extractor: 'a' }], []), undefined);
});

test('titles, menus and bylines are no paragraphs', () => {
  const lines = [
    '青石发布新模型，价格减半',
    '首页',
    '2026-03-10 18:10 来源：灯报',
    'Bluestone releases a model',
  ];
  assert.deepEqual(paragraphsOf(lines.join('\n')), []);
});

test('for all candidates: the answer is one of them, the same every time', () => {
  const texts = fc.array(fc.record({ text: fc.string(), extractor: fc.string() }));
  fc.assert(
    fc.property(texts, fc.array(fc.string()), (candidates, paragraphs) => {
      const chosen = chooseText(candidates, paragraphs);
      assert.equal(
        chosen === undefined,
        candidates.every(({ text }) => text === ''),
      );
      if (chosen !== undefined) assert.ok(candidates.includes(chosen));
      assert.equal(chooseText(candidates, paragraphs), chosen);
    }),
  );
});

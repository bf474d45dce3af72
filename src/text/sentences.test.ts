import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clausesOf, sentencesOf } from './sentences.ts';

const CASES: readonly [story: string, text: string, sentences: string[]][] = [
  ['full stops and lines are boundaries', '甲来了。乙走了\n丙留下！', ['甲来了。', '乙走了', '丙留下！']],
  ['a quotation stays in its sentence', '青石说“开源。免费。”并道谢。', ['青石说“开源。免费。”并道谢。']],
  ['decimals and versions are numbers', 'Lumen 2.5得3.7分。完', ['Lumen 2.5得3.7分。', '完']],
  ['abbreviations go on', 'Dr. Wen met Ms. Lu. They left.', ['Dr. Wen met Ms. Lu.', 'They left.']],
  ['repeated marks belong together', '真的？！好。', ['真的？！', '好。']],
  ['a quotation that is never closed does not swallow the rest', '他说“好。走。', ['他说“好。', '走。']],
];

describe('sentences of a text', () => {
  for (const [story, text, sentences] of CASES)
    it(story, () => assert.deepEqual(sentencesOf(text), sentences));

  it('has none in an empty text', () => assert.deepEqual(sentencesOf(' \n '), []));
});

describe('clauses of a sentence', () => {
  it('end at commas, not inside numbers, quotations and brackets', () => {
    assert.deepEqual(clausesOf('售价1,000元，“快，省”（甲，乙），完。'), [
      '售价1,000元，',
      '“快，省”（甲，乙），',
      '完。',
    ]);
  });
});

const text = fc
  .array(
    fc.constantFrom('青石', 'a.b', '3.5', '，', '。', '.', ' ', '\n', '“', '”', '（', '）', '！', '…', ','),
    {
      maxLength: 40,
    },
  )
  .map((pieces) => pieces.join(''));
const solid = (parts: string) => parts.replace(/\s/g, '');

describe('sentences of all texts', () => {
  it('lose nothing but blanks', () => {
    fc.assert(fc.property(text, (one) => assert.equal(solid(sentencesOf(one).join('')), solid(one))));
  });

  it('fall into clauses that joined give the sentence back', () => {
    fc.assert(
      fc.property(text, (one) => {
        for (const sentence of sentencesOf(one))
          assert.equal(solid(clausesOf(sentence).join('')), solid(sentence));
      }),
    );
  });

  it('are found in texts with ten thousand openings that never close', () => {
    assert.ok(sentencesOf('“'.repeat(10_000)).length > 0);
    assert.ok(clausesOf('（甲，'.repeat(10_000)).length > 0);
  });
});

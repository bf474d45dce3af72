import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { meanRouge, rouge } from './rouge.ts';

test('the same letters are all of it, whatever the marks; none in common is nothing', () => {
  assert.deepEqual(rouge('青石，发布 Lumen！', '青石发布lumen'), { r1: 1, r2: 1, rl: 1 });
  assert.deepEqual(rouge('青石', '远帆'), { r1: 0, r2: 0, rl: 0 });
  assert.deepEqual(rouge('', '远帆'), { r1: 0, r2: 0, rl: 0 });
});

test('order counts for pairs and for the subsequence only', () => {
  const { r1, r2, rl } = rouge('丙丁甲乙', '甲乙丙丁');
  assert.deepEqual([r1, r2, rl], [1, 2 / 3, 0.5]);
});

test('a letter counts as often as both have it', () => {
  assert.equal(rouge('甲甲甲甲', '甲乙').r1, 2 / 6);
  assert.equal(meanRouge([rouge('甲', '甲'), rouge('甲', '乙')]).r1, 0.5);
});

test('for all texts: symmetric, between 0 and 1', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      assert.deepEqual(rouge(one, other), rouge(other, one));
      for (const figure of Object.values(rouge(one, other))) assert.ok(figure >= 0 && figure <= 1);
    }),
  );
});

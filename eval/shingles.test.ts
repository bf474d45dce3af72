import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmonic, shingleScores } from './shingles.ts';

test('the same words in any typography are the same text', () => {
  assert.equal(shingleScores('One, two — three; four five!', 'One two three four five').f1, 1);
});

test('what is missing costs recall, what is too much costs precision, each shingle as often as it occurs', () => {
  const truth = 'a b c d e f';
  const half = shingleScores('a b c d', truth);
  assert.deepEqual([half.precision, half.recall], [1, 1 / 3]);
  const twice = shingleScores(`${truth} x y z ${truth}`, truth);
  assert.deepEqual([twice.precision, twice.recall], [3 / 12, 1]);
});

test('texts shorter than a shingle are compared whole; nothing agrees with nothing only', () => {
  assert.equal(shingleScores('快讯', '快讯').f1, 1);
  assert.equal(shingleScores('', '快讯').f1, 0);
  assert.equal(shingleScores('', '').f1, 1);
  assert.equal(harmonic(0, 0), 0);
});

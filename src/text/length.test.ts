import assert from 'node:assert/strict';
import { it } from 'node:test';
import { visibleLength } from './length.ts';

it('counts a Chinese character, a letter, a blank and an emoji as one each', () => {
  assert.equal(visibleLength('青石 AI'), 5);
  assert.equal(visibleLength('𠮷😀'), 2);
  assert.equal(visibleLength(''), 0);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withDigits } from './english-numbers.ts';

describe('an English text for comparing', () => {
  it('has in digits what it spelled out', () => {
    assert.equal(withDigits('Forty-seven companies and ninety banks'), '47 companies and 90 banks');
    assert.equal(withDigits('up to one million tokens, twelve days'), 'up to 1 million tokens, 12 days');
    assert.equal(withDigits('in the second quarter'), 'in Q2');
  });

  it('keeps what only looks like a number', () => {
    for (const text of ['one of them', 'someone often listens', 'Ninetyfold', 'seven'])
      assert.equal(withDigits(text), text);
  });
});

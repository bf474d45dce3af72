import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bandKeys, estimateJaccard, shinglesOf, signatureOf } from './similarity.ts';

/** Pseudo-random words, the same every time. */
function words(seed: number, count: number): string[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return `w${state % 5000}`;
  });
}

function jaccard(left: Set<number>, right: Set<number>): number {
  return left.intersection(right).size / left.union(right).size;
}

describe('near-duplicates by MinHash', () => {
  it('estimates the true overlap within four standard errors', () => {
    const base = words(1, 400);
    for (const kept of [400, 380, 300, 200, 0]) {
      const left = base.join(' ');
      const right = [...base.slice(0, kept), ...words(kept + 7, 400 - kept)].join(' ');
      const one = signatureOf(left);
      const other = signatureOf(right);
      assert.ok(one && other);
      const truth = jaccard(shinglesOf(left), shinglesOf(right));
      const error = 4 * Math.sqrt(Math.max(0.01, truth * (1 - truth)) / 64);
      assert.ok(Math.abs(estimateJaccard(one, other) - truth) <= error, `truth ${truth}`);
    }
  });

  it('lets a repost with a new footer share a band with the original', () => {
    const text = words(3, 300);
    const one = signatureOf(text.join(' '));
    const other = signatureOf([...text, ...words(9, 30)].join(' '));
    assert.ok(one && other);
    const keys = new Set(bandKeys(one));
    assert.ok(bandKeys(other).some((key) => keys.has(key)));
  });

  it('has no signature for a text without words', () => {
    assert.equal(signatureOf('……！'), undefined);
  });

  it('gives any text the same signature however it is cased or spaced', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 30 }), (list) => {
        const one = signatureOf(list.join(' '));
        const other = signatureOf(list.join('  ').toUpperCase());
        return one !== undefined && other !== undefined && estimateJaccard(one, other) === 1;
      }),
    );
  });
});

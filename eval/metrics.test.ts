import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bCubedScores, binaryScores, macroF1, ndcg, pairwiseScores } from './metrics.ts';

const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-9, `${found} is not ${expected}`);

describe('scores of a clustering', () => {
  it('is perfect whatever the clusters are called', () => {
    assert.equal(pairwiseScores(['x', 'x', 'y'], ['1', '1', '2']).f1, 1);
    assert.equal(bCubedScores(['x', 'x', 'y'], ['1', '1', '2']).f1, 1);
  });

  it('counts pairs: one of three put together is right, one of two found', () => {
    const scores = pairwiseScores(['a', 'a', 'a', 'b'], ['1', '1', '2', '2']);
    near(scores.precision, 1 / 3);
    near(scores.recall, 1 / 2);
    near(scores.f1, 0.4);
  });

  it('counts items: B-cubed of the same clustering', () => {
    const scores = bCubedScores(['a', 'a', 'a', 'b'], ['1', '1', '2', '2']);
    near(scores.precision, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4);
    near(scores.recall, (1 + 1 + 1 / 2 + 1 / 2) / 4);
  });

  it('does not mix up keys that look alike when joined', () => {
    near(pairwiseScores(['a', 'a b'], ['b c', 'c']).f1, 1);
  });
});

describe('scores of decisions', () => {
  it('knows precision from recall', () => {
    const scores = binaryScores([true, true, false, false], [true, false, true, true]);
    near(scores.precision, 1 / 2);
    near(scores.recall, 1 / 3);
  });

  it('gives each class the same say', () => {
    near(macroF1(['a', 'a', 'a', 'a'], ['a', 'a', 'a', 'b']), (6 / 7 + 0) / 2);
  });
});

describe('scores of a ranking', () => {
  it('is 1 for the best order and less for the reverse', () => {
    near(ndcg([3, 2, 0]), 1);
    assert.ok(ndcg([0, 2, 3]) < 1);
  });

  it('gains 2 to the importance less one', () => {
    near(ndcg([0, 1]), 1 / Math.log2(3));
    near(ndcg([1, 3]), (1 + 7 / Math.log2(3)) / (7 + 1 / Math.log2(3)));
  });

  it('looks at the top only', () => {
    near(ndcg([0, 3], 1), 0);
  });
});

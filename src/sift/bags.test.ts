import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createBags } from './bags.ts';
import { createTerms } from './terms.ts';

const BACKGROUND = { documents: 0, counts: new Map<string, number>() };

test('bags share what their sets share, both ways round, however many were made before', () => {
  const terms = createTerms(BACKGROUND);
  const bags = createBags(terms);
  // More terms than the first arrays have room for.
  for (let n = 0; n <= 40_000; n += 1) terms.id(`t${n}`);
  const ids = fc.array(fc.nat(40_000), { maxLength: 60 });
  fc.assert(
    fc.property(ids, ids, (left, right) => {
      const [one, other] = [bags.plain(left), bags.plain(right)];
      const both = new Set(left).intersection(new Set(right));
      const there = { ...bags.overlap(one, other) };
      assert.equal(there.count, both.size);
      assert.equal(bags.overlap(other, one).count, both.size);
      assert.ok(Math.abs(bags.overlap(other, one).mass - there.mass) < 1e-9);
      assert.equal(bags.shared(one, other), both.size);
      assert.deepEqual(
        [...bags.ids(one)],
        [...new Set(left)].sort((a, b) => a - b),
      );
    }),
  );
});

test('a weighted bag is exactly like itself, and keeps its heaviest terms when it is long', () => {
  const terms = createTerms(BACKGROUND);
  const bags = createBags(terms);
  const ids = Array.from({ length: 300 }, (_, n) => terms.id(`word${n}`));
  const counts = ids.map((_, n) => 1 + n);
  const bag = bags.weighted({ ids, counts });
  assert.ok(Math.abs(bags.overlap(bag, bag).cosine - 1) < 1e-6);
  assert.equal(bags.size(bag), 96);
  assert.equal(bags.ids(bag).at(-1), ids.at(-1));
  assert.equal(bags.overlap(bag, 0).cosine, 0);
});

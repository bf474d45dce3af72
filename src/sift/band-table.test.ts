import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createBandTable } from './band-table.ts';

test('a table of bands holds what a map of lists would hold, the first of each list', () => {
  // Few distinct keys that fall on the same slots, and the signs that 32 bits can have.
  const key = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer(),
    fc.constantFrom(0xffff_ffff, 0x8000_0000, 4096, 8192),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, fc.nat(1000)), { maxLength: 9000 }),
      fc.integer({ min: 1, max: 5 }),
      (adds, most) => {
        const table = createBandTable(most);
        const lists = new Map<number, number[]>();
        for (const [band, piece] of adds) {
          const list = lists.get(band | 0) ?? [];
          assert.deepEqual([...table.take(band, piece)], list);
          if (list.length < most) lists.set(band | 0, [...list, piece]);
        }
      },
    ),
    { numRuns: 30 },
  );
});

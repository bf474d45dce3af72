import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOf, daysOf, isWeek, orderOf, weekOf } from './week.ts';

test('weeks are those of ISO 8601, over the turn of years too', () => {
  assert.deepEqual(
    ['2026-03-09', '2026-03-15', '2026-03-16', '2026-12-31', '2027-01-03', '2027-01-04', '2020-12-31'].map(
      weekOf,
    ),
    ['2026-W11', '2026-W11', '2026-W12', '2026-W53', '2026-W53', '2027-W01', '2020-W53'],
  );
  assert.deepEqual(daysOf('2026-W11'), { first: '2026-03-09', last: '2026-03-15' });
  assert.deepEqual(daysOf('2026-W53'), { first: '2026-12-28', last: '2027-01-03' });
});

test('a day lies in its week, and the week’s days belong to it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), (n) => {
      const day = new Date(n * 86_400_000).toISOString().slice(0, 10);
      const { first, last } = daysOf(weekOf(day));
      assert.ok(first <= day && day <= last);
      assert.equal(weekOf(last), weekOf(first));
    }),
  );
});

test('only weeks that exist are weeks; a week is sorted after its last day', () => {
  assert.deepEqual(['2026-W11', '2026-W00', '2025-W53', '2026-03-10', '2026-W1', 'x'].map(isWeek), [
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  assert.equal(dayOf('2026-W11'), '2026-03-15');
  assert.equal(dayOf('2026-03-10'), '2026-03-10');
  const keys = ['2026-W11', '2026-03-16', '2026-03-15', '2026-W10'];
  assert.deepEqual(
    keys.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
    ['2026-W10', '2026-03-15', '2026-W11', '2026-03-16'],
  );
});

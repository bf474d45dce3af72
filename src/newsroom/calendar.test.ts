import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, dateIn, endOfDay, HOUR_MS, isDate } from './calendar.ts';

test('half past midnight in Shanghai is the new day there, whatever UTC says', () => {
  const at = Date.parse('2026-03-10T00:30:00+08:00');
  assert.equal(dateIn('Asia/Shanghai', at), '2026-03-10');
  assert.equal(dateIn('UTC', at), '2026-03-09');
});

test('a day ends when the next begins, also where clocks are changed', () => {
  assert.equal(endOfDay('Asia/Shanghai', '2026-03-10'), Date.parse('2026-03-11T00:00:00+08:00'));
  const spring = endOfDay('Europe/Berlin', '2026-03-29') - endOfDay('Europe/Berlin', '2026-03-28');
  assert.equal(spring, 23 * HOUR_MS);
});

test('for every zone and moment, the moment lies in its day', () => {
  const zone = fc.constantFrom(
    'Asia/Shanghai',
    'UTC',
    'America/New_York',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Australia/Lord_Howe',
  );
  const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(zone, moment, (timezone, at) => {
      const date = dateIn(timezone, at);
      assert.ok(at < endOfDay(timezone, date));
      assert.ok(at >= endOfDay(timezone, addDays(date, -1)));
    }),
    { numRuns: 60 },
  );
});

test('only real days are dates', () => {
  assert.ok(isDate('2028-02-29'));
  for (const text of ['2026-02-29', '2026-2-1', '26-02-01', 'today', '2026-13-01', ''])
    assert.ok(!isDate(text), text);
});

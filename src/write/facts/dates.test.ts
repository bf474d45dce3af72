import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDates } from './dates.ts';

const days = (text: string, publishedOn = '2026-03-10') =>
  readDates(text, publishedOn).flatMap(({ days: found }) => found);

describe('dates', () => {
  it('are read in both languages', () => {
    const march = { year: 2026, month: 3, day: 9 };
    assert.deepEqual(days('2026年3月9日'), [march]);
    assert.deepEqual(days('2026-03-09'), [march]);
    assert.deepEqual(days('March 9, 2026'), [march]);
    assert.deepEqual(days('9 March 2026'), [march]);
    assert.deepEqual(days('昨天'), [march]);
    assert.deepEqual(days('三月九日'), [{ month: 3, day: 9, nearYear: 2026 }]);
    assert.deepEqual(days('去年12月'), [{ year: 2025, month: 12 }]);
  });

  it('around New Year belong to the nearer year', () => {
    assert.deepEqual(days('12月31日', '2026-01-02'), [{ month: 12, day: 31, nearYear: 2025 }]);
  });

  it('of a weekday leave open which week, unless it is said', () => {
    assert.equal(days('周三').length, 3);
    assert.deepEqual(days('本周三'), [{ year: 2026, month: 3, day: 11 }]);
  });

  it('without a publish time stand for themselves', () => {
    assert.deepEqual(readDates('昨天', undefined)[0]?.days, [{ word: 'day-1' }]);
  });

  it('are no years in 2020倍 and 2026小时', () => {
    assert.deepEqual(days('提速2020倍，用了2026小时'), []);
  });

  it('are no dates in 3个月, 月球 and 1号线', () => {
    assert.deepEqual(days('3个月后去月球，坐1号线'), []);
  });
});

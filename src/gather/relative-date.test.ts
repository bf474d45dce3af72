import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from './parse-date.ts';
import { dateExpressionIn, parseRelativeDate } from './relative-date.ts';

const CHINA = 480;
/** 2026-11-23 14:00 in Beijing. */
const NOW = Date.UTC(2026, 10, 23, 6);
const beijing = (text: string): string | undefined => {
  const at = parseRelativeDate(text, CHINA, NOW);
  return at === undefined ? undefined : new Date(at + CHINA * 60_000).toISOString().slice(0, 16);
};

test('Chinese pages tell the time from the reader’s own', () => {
  const said = {
    刚刚: '2026-11-23T14:00',
    '5分钟前': '2026-11-23T13:55',
    半小时前: '2026-11-23T13:30',
    '3小时前': '2026-11-23T11:00',
    '3 小时前': '2026-11-23T11:00',
    '2天前': '2026-11-21T14:00',
    '今天 08:15': '2026-11-23T08:15',
    '昨天 09:30': '2026-11-22T09:30',
    昨天: '2026-11-22T00:00',
    '前天21:05': '2026-11-21T21:05',
    '11月22日': '2026-11-22T00:00',
    '11月22日 08:15': '2026-11-22T08:15',
    '11-22 08:15': '2026-11-22T08:15',
  };
  for (const [text, at] of Object.entries(said)) assert.equal(beijing(text), at, text);
});

test('English ones do as well', () => {
  assert.equal(beijing('2 hours ago'), '2026-11-23T12:00');
  assert.equal(beijing('an hour ago'), '2026-11-23T13:00');
  assert.equal(beijing('yesterday at 09:30'), '2026-11-22T09:30');
});

test('a day without a year that would lie ahead was last year’s', () => {
  assert.equal(beijing('12月30日'), '2025-12-30T00:00');
});

test('the day is the reader’s, not the one in Greenwich', () => {
  const lateInBeijing = Date.UTC(2026, 10, 22, 17);
  assert.equal(parseRelativeDate('今天 00:30', CHINA, lateInBeijing), Date.UTC(2026, 10, 22, 16, 30));
});

test('what is no time is no time', () => {
  for (const text of ['', '3小时', '13月40日', '今天 25:00', '从前', '20 apples ago'])
    assert.equal(beijing(text), undefined, text);
});

test('a date is found inside a byline', () => {
  assert.equal(dateExpressionIn('灯报 3小时前 · 阅读 12'), '3小时前');
  assert.equal(dateExpressionIn('发布：2026年3月10日 18:10 来源：灯报'), '2026年3月10日 18:10');
  assert.equal(dateExpressionIn('Posted by Ada on March 10, 2026'), 'March 10, 2026');
  assert.equal(dateExpressionIn('没有时间'), '');
});

test('a moment is only told from now where now is known', () => {
  assert.equal(parseDate('昨天 08:30', CHINA), undefined);
  assert.equal(parseDate('昨天 09:30', CHINA, NOW), Date.UTC(2026, 10, 22, 1, 30));
});

test('for all amounts: never ahead of now', () => {
  fc.assert(
    fc.property(fc.nat(999), fc.constantFrom('秒', '分钟', '小时', '天'), (count, unit) => {
      const at = parseRelativeDate(`${count}${unit}前`, CHINA, NOW);
      assert.ok(at !== undefined && at <= NOW);
    }),
  );
});

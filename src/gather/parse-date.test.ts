import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from './parse-date.ts';

const CHINA = 480;
const iso = (text: string, zone = 0): string | undefined => {
  const at = parseDate(text, zone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

test('the ways feeds write one moment', () => {
  for (const text of [
    '2026-05-22T08:30:00+08:00',
    '2026-05-22T00:30:00Z',
    '2026-05-22T00:30:00.000Z',
    'Fri, 22 May 2026 08:30:00 +0800',
    'Fri, 22 May 2026 00:30:00 GMT',
    '22 May 26 00:30 UT',
    'Thursday, 21-May-26 19:30:00 EST',
    'May 22, 2026 00:30:00',
    '2026/5/22 0:30',
    '1779409800',
    '1779409800000',
  ]) {
    assert.equal(iso(text), '2026-05-22T00:30:00.000Z', text);
  }
});

test('a date without a zone is local to the feed', () => {
  assert.equal(iso('2026-05-22 08:30:00', CHINA), '2026-05-22T00:30:00.000Z');
  assert.equal(iso('Fri, 22 May 2026 08:30:00', CHINA), '2026-05-22T00:30:00.000Z');
  assert.equal(iso('2026年5月22日 08:30', CHINA), '2026-05-22T00:30:00.000Z');
  assert.equal(iso('2026-05-22', CHINA), '2026-05-21T16:00:00.000Z');
});

test('CST is China in a Chinese feed and Chicago elsewhere', () => {
  assert.equal(iso('Fri, 22 May 2026 08:30:00 CST', CHINA), '2026-05-22T00:30:00.000Z');
  assert.equal(iso('Fri, 22 May 2026 08:30:00 CST', 0), '2026-05-22T14:30:00.000Z');
});

test('what is no date is no date', () => {
  for (const text of [
    '',
    'yesterday',
    '0001-01-01T00:00:00Z',
    '2026-13-01',
    '1970-01-01T00:00:00Z',
    '昨天 08:30',
  ]) {
    assert.equal(parseDate(text, 0), undefined, text);
  }
});

test('for all moments: ISO and RFC 822 come back as they were', () => {
  const moment = fc.date({ min: new Date('1995-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.constantFrom(0, 480, -300), (date, zone) => {
      const seconds = Math.floor(date.getTime() / 1000) * 1000;
      assert.equal(parseDate(new Date(seconds).toISOString(), zone), seconds);
      assert.equal(parseDate(new Date(seconds).toUTCString(), zone), seconds);
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askerOf, rateLimit } from './rate-limit.ts';

test('somebody may ask so often, and again when the window has passed; others are not touched', () => {
  const may = rateLimit({ most: 2, windowMs: 100 });
  assert.deepEqual([may('a', 0), may('a', 10), may('a', 20), may('b', 20)], [true, true, false, true]);
  assert.deepEqual([may('a', 99), may('a', 100), may('a', 105)], [false, true, false]);
});

test('a crowd does not fill the memory, and does not free who asked too often a moment ago', () => {
  const may = rateLimit({ most: 1, windowMs: 1_000_000 });
  for (let n = 0; n < 30_000; n += 1) may(`crowd ${n}`, n);
  assert.equal(may('crowd 29999', 30_000), false);
  assert.equal(may('crowd 0', 30_000), true, 'the oldest are forgotten');
});

test('what a proxy adds is believed from the own network only, and one IPv6 network is one asker', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    askerOf({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });
  assert.equal(from('127.0.0.1', '198.51.100.1, 203.0.113.5'), '203.0.113.5');
  assert.equal(from('::ffff:10.0.0.2', '203.0.113.5'), '203.0.113.5');
  assert.equal(from('203.0.113.9', '198.51.100.1'), '203.0.113.9', 'a stranger says what they like');
  assert.equal(from('127.0.0.1'), '127.0.0.1');
  assert.equal(from('2001:db8:1:2:3:4:5:6'), from('2001:db8:1:2:9:9:9:9'));
});

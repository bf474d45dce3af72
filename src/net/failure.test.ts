import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOfError, failureOfStatus, retryAfterMs } from './failure.ts';

const NOW = Date.UTC(2026, 10, 23, 8, 0, 0);

test('Retry-After is understood in seconds and as a date, and never lies in the past', () => {
  assert.equal(retryAfterMs('90', NOW), 90_000);
  assert.equal(retryAfterMs('Mon, 23 Nov 2026 08:01:00 GMT', NOW), 60_000);
  assert.equal(retryAfterMs('Mon, 23 Nov 2026 07:00:00 GMT', NOW), 0);
  assert.equal(retryAfterMs('soon', NOW), undefined);
  assert.equal(retryAfterMs(undefined, NOW), undefined);
});

test('the cause of a failed connection is found inside the errors that wrap it', () => {
  const dns = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  assert.equal(failureOfError(new TypeError('fetch failed', { cause: dns })).code, 'net-dns');
  const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  assert.equal(failureOfError(new AggregateError([refused])).code, 'net-refused');
  const tls = Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  assert.deepEqual([failureOfError(tls).code, failureOfError(tls).retryable], ['net-tls', false]);
  assert.equal(failureOfError('what').code, 'net-other');
});

test('a refusal can be tried again only when the server may change its mind', () => {
  assert.equal(failureOfStatus(503).retryable, true);
  assert.equal(failureOfStatus(403).retryable, false);
  assert.match(failureOfStatus(418).message, /HTTP 418/);
});

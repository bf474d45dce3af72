import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SourceOutcome, SourceState } from '../domain/source.ts';
import { healthOf } from './health.ts';
import { nextPollAt } from './next-poll.ts';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const NOW = Date.UTC(2026, 2, 10, 12);
const failedWith = (code: string, retryable = true): SourceOutcome => ({
  kind: 'failed',
  code,
  message: '不行',
  retryable,
});
const state = (more: Partial<SourceState>): SourceState => ({ sourceId: 'a', failureStreak: 0, ...more });
const healthIn = (more: Partial<SourceState>) => healthOf(state(more), NOW).health;

describe('a source’s health', () => {
  it('is healthy while pieces come at its own rhythm, quiet and then silent when they do not', () => {
    const unchanged = { lastOutcome: { kind: 'unchanged' } as const, usualGapMs: 7 * DAY };
    assert.equal(healthIn({ ...unchanged, lastNewAt: NOW - 10 * DAY }), 'healthy');
    assert.equal(healthIn({ ...unchanged, lastNewAt: NOW - 15 * DAY }), 'quiet');
    const silent = { kind: 'silent', lastNewAt: NOW - 40 * DAY, usualGapMs: 7 * DAY } as const;
    assert.deepEqual(healthOf(state({ lastOutcome: silent }), NOW), {
      health: 'silent',
      why: '通常 7 天一篇，已 40 天没有',
    });
    assert.equal(
      healthIn({
        lastOutcome: { kind: 'new', entries: 3, fresh: 0 },
        lastNewAt: NOW - 20 * HOUR,
        usualGapMs: HOUR,
      }),
      'healthy',
    );
  });

  it('concludes nothing from one hiccup, but sees at once what trying again cannot mend', () => {
    assert.equal(
      healthIn({ lastOutcome: failedWith('net-timeout'), failureStreak: 1, health: 'healthy' }),
      'healthy',
    );
    assert.equal(
      healthIn({ lastOutcome: failedWith('net-timeout'), failureStreak: 2, health: 'healthy' }),
      'failing',
    );
    assert.equal(
      healthIn({ lastOutcome: failedWith('feed-is-html', false), failureStreak: 1, health: 'healthy' }),
      'failing',
    );
    assert.equal(healthIn({ lastOutcome: failedWith('net-timeout'), failureStreak: 1 }), 'failing');
  });

  it('tells a refusal from a failure', () => {
    for (const code of ['http-403', 'http-429', 'source-imap-login'])
      assert.equal(
        healthIn({ lastOutcome: failedWith(code), failureStreak: 2, health: 'healthy' }),
        'blocked',
        code,
      );
  });

  it('takes a source for gone only when it says so, or after a week of 404', () => {
    const lost = { lastOutcome: failedWith('http-404', false), failureStreak: 6 };
    assert.equal(healthIn({ lastOutcome: failedWith('http-410', false), failureStreak: 1 }), 'gone');
    assert.equal(healthIn({ ...lost, failingSince: NOW - 3 * DAY }), 'failing');
    assert.equal(healthIn({ ...lost, failingSince: NOW - 8 * DAY }), 'gone');
    const youtube = { ...lost, lastOutcome: failedWith('http-404', true), failingSince: NOW - 30 * DAY };
    assert.equal(healthIn(youtube), 'failing');
  });

  it('does not change while nobody asks', () => {
    assert.equal(healthIn({ lastOutcome: failedWith('source-waiting'), health: 'quiet' }), 'quiet');
    assert.equal(healthIn({}), 'new');
  });
});

describe('when a source is asked again between editions', () => {
  it('follows its own rhythm, within bounds', () => {
    const after = (usualGapMs: number) => nextPollAt(state({ usualGapMs }), NOW) - NOW;
    assert.ok(after(6 * HOUR) >= 1.6 * HOUR && after(6 * HOUR) <= 2.4 * HOUR);
    assert.ok(after(60_000) >= 12 * 60_000);
    assert.ok(after(60 * DAY) <= 7.2 * HOUR);
    assert.equal(nextPollAt(state({}), NOW), NOW);
  });

  it('waits out what the server says of freshness', () => {
    assert.equal(nextPollAt(state({ usualGapMs: HOUR }), NOW, 5 * HOUR), NOW + 5 * HOUR);
  });

  it('backs off after failures, doubled each time, never beyond half a day', () => {
    const waits = [1, 2, 3, 8, 40].map((failureStreak) => nextPollAt(state({ failureStreak }), NOW) - NOW);
    for (let n = 1; n < 3; n += 1) assert.ok((waits[n] ?? 0) > (waits[n - 1] ?? 0) * 1.2);
    assert.ok((waits[4] ?? 0) <= 14.4 * HOUR && (waits[4] ?? 0) >= 9.6 * HOUR);
  });
});

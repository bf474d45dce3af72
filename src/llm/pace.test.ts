import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import type { Clock } from './llm.ts';
import { openPace } from './pace.ts';

/** A clock that jumps as far as somebody sleeps. */
function jumpingClock(): Clock & { at: number } {
  const clock = {
    at: 0,
    now: () => clock.at,
    async sleep(ms: number) {
      const until = clock.at + ms;
      await soon();
      clock.at = Math.max(clock.at, until);
    },
  };
  return clock;
}

test('no more at once than the provider takes', async () => {
  const pace = openPace({ atOnce: 3 }, jumpingClock());
  let [now, most] = [0, 0];
  await Promise.all(
    Array.from({ length: 12 }, () =>
      pace.turn(async () => {
        now += 1;
        most = Math.max(most, now);
        await soon();
        now -= 1;
      }),
    ),
  );
  assert.equal(most, 3);
});

test('so many in a minute begin evenly spread over it', async () => {
  const clock = jumpingClock();
  const pace = openPace({ atOnce: 1, perMinute: 3 }, clock);
  const begun: number[] = [];
  await Promise.all(Array.from({ length: 4 }, () => pace.turn(async () => void begun.push(clock.at))));
  assert.deepEqual(begun, [0, 20_000, 40_000, 60_000]);
});

test('a rest holds up whoever comes next', async () => {
  const clock = jumpingClock();
  const pace = openPace({ atOnce: 2 }, clock);
  pace.rest(5_000);
  await pace.turn(async () => {});
  assert.equal(clock.at, 5_000);
});

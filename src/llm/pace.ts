import pLimit from 'p-limit';
import type { Clock } from './llm.ts';

/** How many requests at once and in a minute a provider takes. */
export type PaceLimits = { atOnce: number; perMinute?: number | undefined };

export type Pace = {
  /** Does the work when it is its turn. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Nobody's turn comes for so long. */
  rest(ms: number): void;
};

const MINUTE_MS = 60_000;

/** Keeps requests to a provider within its limits: so many at once, and their beginnings spread over the minute. */
export function openPace({ atOnce, perMinute }: PaceLimits, clock: Clock): Pace {
  const limit = pLimit(atOnce);
  const gapMs = perMinute === undefined ? 0 : MINUTE_MS / perMinute;
  let nextAt = 0;
  return {
    turn: (work) =>
      limit(async () => {
        const now = clock.now();
        const at = Math.max(now, nextAt);
        nextAt = at + gapMs;
        if (at > now) await clock.sleep(at - now);
        return work();
      }),
    rest(ms) {
      nextAt = Math.max(nextAt, clock.now() + ms);
    },
  };
}

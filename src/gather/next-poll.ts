import { createHash } from 'node:crypto';
import type { Instant } from '../domain/article.ts';
import type { SourceState } from '../domain/source.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Asked three times in its usual gap a source is late by a sixth of it on average. */
const LOOKS_PER_GAP = 3;
const SOONEST_MS = 15 * MINUTE_MS;
/** Even a monthly source is looked at a few times a day: its next piece may come any moment. */
const LATEST_MS = 6 * HOUR_MS;
const BACK_OFF_MS = 10 * MINUTE_MS;
const BACK_OFF_MOST_MS = 12 * HOUR_MS;
/** Sources with one rhythm are spread by a fifth, so that they do not all come due together. */
const SPREAD = 0.2;

/**
 * When a source is worth asking again between editions: by its own rhythm, not before what the server says of the
 * freshness of its answer, and after failures ever more rarely (10 minutes, doubled each time, at most 12 hours).
 * Deterministic: the spread comes from the source's id and the number of failures. An edition's own run asks regardless.
 */
export function nextPollAt(state: SourceState, now: Instant, freshForMs = 0): Instant {
  const spread = 1 + SPREAD * (2 * fraction(`${state.sourceId}:${state.failureStreak}`) - 1);
  if (state.failureStreak > 0)
    return now + Math.min(BACK_OFF_MOST_MS, BACK_OFF_MS * 2 ** (state.failureStreak - 1)) * spread;
  const rhythmMs =
    state.usualGapMs === undefined
      ? 0
      : Math.min(LATEST_MS, Math.max(SOONEST_MS, state.usualGapMs / LOOKS_PER_GAP));
  return now + Math.max(rhythmMs * spread, freshForMs);
}

/** A number in 0..1 that stands for a text. */
function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

import type { Instant } from '../domain/article.ts';

/** With fewer moments a source has no rhythm to speak of. */
const MIN_MOMENTS = 3;

/** The median time between two of a source's pieces, in ms; undefined when there are too few. Moments newest first. */
export function usualGapOf(moments: readonly Instant[]): number | undefined {
  if (moments.length < MIN_MOMENTS) return undefined;
  return median(moments.slice(1).map((at, index) => (moments[index] ?? at) - at));
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

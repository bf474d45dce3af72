import { letterPairs } from '../text/similarity.ts';

/** Share of the shorter text's character pairs that the longer has too, 0..1. */
export function alike(a: string, b: string): number {
  return alikePairs(pairsOf(a), pairsOf(b));
}

/** The same for texts whose pairs are known. */
export function alikePairs(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const smaller = Math.min(left.size, right.size);
  if (smaller === 0) return 0;
  let both = 0;
  for (const pair of left) if (right.has(pair)) both += 1;
  return both / smaller;
}

export function pairsOf(text: string): Set<string> {
  return new Set(letterPairs(text));
}

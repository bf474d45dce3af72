import type { Scores } from './metrics.ts';

/** Shingles of this many words, as the article extraction benchmark counts them. */
const WORDS = 4;

/**
 * How much of a text was found: shared 4-word shingles, each as often as it occurs (words are runs of letters and
 * digits in any script). A text shorter than four words is one shingle. Two empty texts agree.
 */
export function shingleScores(found: string, truth: string): Scores {
  const [ours, theirs] = [shinglesOf(found), shinglesOf(truth)];
  let hits = 0;
  for (const [shingle, count] of ours) hits += Math.min(count, theirs.get(shingle) ?? 0);
  const precision = ratio(hits, total(ours));
  const recall = ratio(hits, total(theirs));
  return { precision, recall, f1: harmonic(precision, recall) };
}

/** The harmonic mean. */
export function harmonic(one: number, other: number): number {
  return one + other === 0 ? 0 : (2 * one * other) / (one + other);
}

function shinglesOf(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(1, words.length - WORDS + 1); at += 1) {
    const shingle = words.slice(at, at + WORDS).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function total(counts: Map<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

import { bond, type Group } from './agglomerate.ts';
import type { Piece } from './pieces.ts';

/** Two pieces that were compared, and how surely they tell one event. */
export type Pair = { left: Piece; right: Piece; likeness: number };

/**
 * Pieces further apart than this tell one event only when they are plainly alike: their bonds count this much. The labels
 * that the line `SAME_EVENT` was chosen on cover forty hours (decision 0030).
 */
const LATER = { hours: 48, counts: 0.6 };

/** Whether two pieces are so far apart in time that their bond counts less. */
export function isLater({ left, right }: Pair): boolean {
  return Math.abs(left.publishedAt - right.publishedAt) > LATER.hours * 3_600_000;
}

/** Adds to the bond of two groups what this pair counts in it. */
export function linkGroups(one: Group<Piece>, other: Group<Piece>, pair: Pair): void {
  if (one === other || (one.openStory !== undefined && other.openStory !== undefined)) return;
  const counts = bond(pair.likeness) * (isLater(pair) ? LATER.counts : 1);
  const share = counts / (one.members.length * other.members.length);
  one.links.set(other.key, (one.links.get(other.key) ?? 0) + share);
  other.links.set(one.key, one.links.get(other.key) ?? 0);
}

/** By piece: the pairs with members of its own group, the piece on the left. */
export function pairsInside(groups: Iterable<Group<Piece>>, pairs: readonly Pair[]): Map<Piece, Pair[]> {
  const groupOf = new Map<Piece, Group<Piece>>();
  for (const group of groups)
    if (group.members.length > 1) for (const piece of group.members) groupOf.set(piece, group);
  const inside = pairs.filter(
    ({ left, right }) => groupOf.has(left) && groupOf.get(left) === groupOf.get(right),
  );
  return Map.groupBy(
    inside.flatMap(({ left, right, likeness }) => [
      { left, right, likeness },
      { left: right, right: left, likeness },
    ]),
    ({ left }) => left,
  );
}

import TinyQueue from 'tinyqueue';

/** Some pieces that belong together so far. */
export type Group<T> = {
  /** Unique; of two that become one the smaller key stays. */
  key: number;
  members: T[];
  /** The open story these pieces belong to. Two groups with stories never become one here. */
  openStory: string | undefined;
  /** Average bond with other groups by their keys, 0..1; a missing one is 0. */
  links: Map<number, number>;
};

/** How strongly two groups must be bound to become one: `alone` when each is but one piece, and no third bears them out. */
export type Line = { alone: number; least: number };

type Link = { one: number; other: number; score: number };

/**
 * What the likeness of two pieces counts in an average: its root, so that several members that fit half say more than one
 * that fits wholly among others that do not.
 */
export function bond(likeness: number): number {
  return Math.sqrt(likeness);
}

/**
 * Average-link clustering: again and again the two groups that agree most become one, until none agree enough.
 * Average link (Sokal and Michener 1958; update by Lance and Williams 1967) means that a piece must fit the whole story,
 * so no chain of half-fitting pieces can grow. Deterministic: ties go to the smaller keys.
 * Cost: O(l log l) for l links.
 */
export function agglomerate<T>(groups: Map<number, Group<T>>, { alone, least }: Line): void {
  const queue = new TinyQueue<Link>(
    [],
    (left, right) => right.score - left.score || left.one - right.one || left.other - right.other,
  );
  const offer = (group: Group<T>, other: number, score: number) => {
    const pair = group.members.length === 1 && groups.get(other)?.members.length === 1;
    if (score >= (pair ? alone : least))
      queue.push({ one: Math.min(group.key, other), other: Math.max(group.key, other), score });
  };
  for (const group of groups.values())
    for (const [other, score] of group.links) if (other > group.key) offer(group, other, score);
  for (let best = queue.pop(); best !== undefined; best = queue.pop()) {
    const into = groups.get(best.one);
    const from = groups.get(best.other);
    // Links of groups that changed since were offered anew.
    if (into === undefined || from === undefined || into.links.get(from.key) !== best.score) continue;
    merge(groups, into, from);
    for (const [other, score] of into.links) offer(into, other, score);
  }
}

function merge<T>(groups: Map<number, Group<T>>, into: Group<T>, from: Group<T>): void {
  const sizes = [into.members.length, from.members.length] as const;
  const total = sizes[0] + sizes[1];
  for (const key of new Set([...into.links.keys(), ...from.links.keys()])) {
    const third = groups.get(key);
    if (third === undefined || third === into || third === from) continue;
    const bothOpen = third.openStory !== undefined && (into.openStory ?? from.openStory) !== undefined;
    const score = bothOpen
      ? 0
      : (sizes[0] * (into.links.get(key) ?? 0) + sizes[1] * (from.links.get(key) ?? 0)) / total;
    into.links.set(key, score);
    third.links.set(into.key, score);
    third.links.delete(from.key);
  }
  into.links.delete(from.key);
  into.members.push(...from.members);
  into.openStory ??= from.openStory;
  groups.delete(from.key);
}

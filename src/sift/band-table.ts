import { doubled } from './doubled.ts';

/** Which pieces (by number) share a band of their signatures. */
export type BandTable = {
  /** The pieces that were added under this key, in order. */
  holders(key: number): number[];
  /** Adds a piece under a key; nothing happens once `most` pieces share it. */
  add(key: number, piece: number): void;
};

const NONE = -1;

/**
 * Opens an empty table: open addressing with linear probing in two arrays, since a million keys in a Map take five times
 * the memory. A key that several pieces share leads to a chain of entries.
 */
export function createBandTable(most: number): BandTable {
  let keys = new Int32Array(1 << 12);
  /** By slot: the first entry, or none. */
  let firsts = new Int32Array(1 << 12).fill(NONE);
  let used = 0;
  let pieces = new Int32Array(1 << 12);
  let nexts = new Int32Array(1 << 12).fill(NONE);
  let entries = 0;

  const slotOf = (key: number): number => {
    const mask = keys.length - 1;
    let slot = key & mask;
    while (firsts[slot] !== NONE && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = () => {
    const [oldKeys, oldFirsts] = [keys, firsts];
    keys = new Int32Array(oldKeys.length * 2);
    firsts = new Int32Array(oldKeys.length * 2).fill(NONE);
    oldFirsts.forEach((first, old) => {
      if (first === NONE) return;
      const slot = slotOf(oldKeys[old] ?? 0);
      keys[slot] = oldKeys[old] ?? 0;
      firsts[slot] = first;
    });
  };

  return {
    holders(key) {
      const found: number[] = [];
      for (let entry = firsts[slotOf(key | 0)] ?? NONE; entry !== NONE; entry = nexts[entry] ?? NONE)
        found.push(pieces[entry] ?? 0);
      return found;
    },
    add(key, piece) {
      if (used * 4 > keys.length * 3) grow();
      const slot = slotOf(key | 0);
      let last = NONE;
      let length = 0;
      for (let entry = firsts[slot] ?? NONE; entry !== NONE; entry = nexts[entry] ?? NONE) {
        last = entry;
        length += 1;
      }
      if (length >= most) return;
      if (entries === pieces.length) {
        pieces = doubled(pieces);
        nexts = doubled(nexts).fill(NONE, entries);
      }
      pieces[entries] = piece;
      if (last === NONE) {
        keys[slot] = key | 0;
        firsts[slot] = entries;
        used += 1;
      } else nexts[last] = entries;
      entries += 1;
    },
  };
}

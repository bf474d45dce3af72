/** Which pieces (by number, from 0) share a band of their signatures. */
export type BandTable = {
  /** The pieces that were added under this key, in order; then adds another, unless `most` share it already. */
  take(key: number, piece: number): readonly number[];
};

const EMPTY = 0;
const NOBODY: readonly number[] = [];

/**
 * Opens an empty table: open addressing with linear probing in two arrays, since a million keys in a Map take five times
 * the memory. Nearly every key has one piece, which stands in its slot; a key that several share leads to a list.
 */
export function createBandTable(most: number): BandTable {
  let keys = new Int32Array(1 << 12);
  /** By slot: the piece counted from 1, or, below 0, the place of a list counted from -1. */
  let holders = new Int32Array(1 << 12);
  let used = 0;
  const lists: number[][] = [];

  const slotOf = (key: number): number => {
    const mask = keys.length - 1;
    let slot = key & mask;
    while (holders[slot] !== EMPTY && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = () => {
    const [oldKeys, oldHolders] = [keys, holders];
    keys = new Int32Array(oldKeys.length * 2);
    holders = new Int32Array(oldKeys.length * 2);
    for (let old = 0; old < oldKeys.length; old += 1) {
      if (oldHolders[old] === EMPTY) continue;
      const slot = slotOf(oldKeys[old] ?? 0);
      keys[slot] = oldKeys[old] ?? 0;
      holders[slot] = oldHolders[old] ?? 0;
    }
  };

  return {
    take(unsigned, piece) {
      // Fuller than usual, since this is the largest table of a window; seven in eight still means few steps.
      if (used * 8 > keys.length * 7) grow();
      const key = unsigned | 0;
      const slot = slotOf(key);
      const held = holders[slot] ?? EMPTY;
      if (held === EMPTY) {
        keys[slot] = key;
        holders[slot] = piece + 1;
        used += 1;
        return NOBODY;
      }
      const list = held > 0 ? [held - 1] : (lists[-held - 1] ?? []);
      const before = list.slice();
      if (list.length < most) list.push(piece);
      if (held > 0 && list.length > 1) holders[slot] = -lists.push(list);
      return before;
    },
  };
}

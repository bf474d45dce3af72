import { doubled } from './doubled.ts';
import { createRuns, INSIDE } from './runs.ts';
import { fromLetters } from './texts.ts';

/** Texts as small numbers, counted from 0 in the order in which they are first met. */
export type TermTable = {
  /** The number of `mark` and `text` together; the next one when they were never met. */
  numberOf(mark: string, text: string): number;
  read(number: number): string;
  readonly size: number;
};

/**
 * Opens an empty table: open addressing with linear probing, the letters of all texts end to end. A Map of texts takes
 * four times the memory for a word of two letters, and longer to find one that was just cut out of a text.
 */
export function createTermTable(): TermTable {
  const letters = createRuns((size) => new Uint16Array(size));
  /** By number: where its letters begin, and how many they are. */
  let starts = new Int32Array(1 << 14);
  let lengths = new Uint16Array(1 << 14);
  let size = 0;
  /** By slot: a number counted from 1; 0: free. */
  let slots = new Int32Array(1 << 15);

  const isAt = (number: number, mark: string, text: string): boolean => {
    if (lengths[number] !== mark.length + text.length) return false;
    const start = starts[number] ?? 0;
    const kept = letters.chunkOf(start);
    const from = start & INSIDE;
    for (let n = 0; n < mark.length; n += 1) if (kept[from + n] !== mark.charCodeAt(n)) return false;
    const textFrom = from + mark.length;
    for (let n = 0; n < text.length; n += 1) if (kept[textFrom + n] !== text.charCodeAt(n)) return false;
    return true;
  };
  const read = (number: number): string =>
    fromLetters(letters.read(starts[number] ?? 0, lengths[number] ?? 0));
  const grow = () => {
    slots = new Int32Array(slots.length * 2);
    for (let number = 0; number < size; number += 1) {
      let slot = hashOf('', read(number)) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = number + 1;
    }
  };
  const add = (mark: string, text: string): number => {
    const number = size;
    size += 1;
    if (number >= starts.length) [starts, lengths] = [doubled(starts), doubled(lengths)];
    const length = mark.length + text.length;
    const start = letters.reserve(length);
    const run = letters.read(start, length);
    const whole = mark + text;
    for (let n = 0; n < length; n += 1) run[n] = whole.charCodeAt(n);
    starts[number] = start;
    lengths[number] = length;
    return number;
  };

  return {
    numberOf(mark, text) {
      const last = slots.length - 1;
      let slot = hashOf(mark, text) & last;
      for (let held = slots[slot] ?? 0; held !== 0; held = slots[slot] ?? 0) {
        if (isAt(held - 1, mark, text)) return held - 1;
        slot = (slot + 1) & last;
      }
      const number = add(mark, text);
      slots[slot] = number + 1;
      if (size * 2 > slots.length) grow();
      return number;
    },
    read,
    get size() {
      return size;
    },
  };
}

/** FNV-1a over UTF-16 code units, its bits then mixed, since words of two letters differ in few. */
function hashOf(mark: string, text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < mark.length; n += 1) hash = Math.imul(hash ^ mark.charCodeAt(n), 0x01000193);
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

import { doubled } from './doubled.ts';
import type { Terms } from './terms.ts';

/** A list of terms laid out by term, so that each term of another list is found in it in one look. */
export type Spread = {
  /** Takes up what lay here and lays out these. */
  lay(ids: Int32Array): void;
  /** By term: its place in the list laid out, counted from 1; 0: not there. */
  readonly places: Uint16Array;
  /** By the last bits of a term (`markOf`): 0 when the list holds none of them. Small, so that most looks stay in the fastest cache. */
  readonly marks: Uint8Array;
};

/** With 100 terms laid out one look in 40 is in vain. */
const MARKS = 1 << 12;

export function markOf(id: number): number {
  return id & (MARKS - 1);
}

/** Opens an empty place to lay lists out. */
export function createSpread(terms: Terms): Spread {
  let places = new Uint16Array(1 << 14);
  const marks = new Uint8Array(MARKS);
  let laid: Int32Array = new Int32Array(0);
  return {
    lay(ids) {
      while (places.length < terms.idf.length) places = doubled(places);
      for (const id of laid) {
        places[id] = 0;
        marks[markOf(id)] = 0;
      }
      laid = ids;
      for (let n = 0; n < ids.length; n += 1) {
        const id = ids[n] ?? 0;
        places[id] = n + 1;
        marks[markOf(id)] = 1;
      }
    },
    get places() {
      return places;
    },
    marks,
  };
}

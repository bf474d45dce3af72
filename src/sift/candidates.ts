import type { Bags } from './bags.ts';
import { doubled } from './doubled.ts';
import type { Piece } from './pieces.ts';

/** An inverted index over the words of the pieces in a window. */
export type CandidateIndex = {
  /** The earlier pieces most like this one, best first; then remembers it. Cost: bounded, whatever the window's size. */
  take(piece: Piece): Piece[];
};

/** A term brings the latest pieces that hold it, at most this many: common terms bring little and cost much. */
const LATEST = 48;
/** Only so many of a piece's heaviest terms are looked up. */
const LOOKED_UP = 28;
/** At most this many candidates are compared closely. */
const MOST = 12;
/** Shared weight (a part of the cosine of title and lead) below which two pieces are not compared closely. */
const LEAST = 0.03;
/** In place of an entry: there is none. */
const NONE = -1;

/**
 * Opens an empty index. Who holds a term is a chain of entries, the latest first, in three arrays (the piece, the
 * term's weight there, the next older entry): most terms are held by one piece, and a list for each would cost ten times
 * the memory.
 */
export function createCandidateIndex(bags: Bags): CandidateIndex {
  const pieces: Piece[] = [];
  let latest = new Int32Array(1 << 14).fill(NONE);
  let holders = new Int32Array(1 << 14);
  let weights = new Float32Array(1 << 14);
  let older = new Int32Array(1 << 14);
  let entries = 0;
  let shared = new Float32Array(1 << 12);

  function look(terms: readonly Heavy[]): Piece[] {
    const met: number[] = [];
    for (const { id, weight } of terms) {
      let entry = latest[id] ?? NONE;
      for (let n = 0; n < LATEST && entry !== NONE; n += 1) {
        const holder = holders[entry] ?? 0;
        const before = shared[holder] ?? 0;
        if (before === 0) met.push(holder);
        shared[holder] = before + weight * (weights[entry] ?? 0);
        entry = older[entry] ?? NONE;
      }
    }
    const found = met
      .filter((number) => (shared[number] ?? 0) >= LEAST)
      .sort((one, other) => (shared[other] ?? 0) - (shared[one] ?? 0) || one - other)
      .slice(0, MOST);
    for (const number of met) shared[number] = 0;
    return found.flatMap((number) => pieces[number] ?? []);
  }

  function remember(piece: Piece, terms: readonly Heavy[]): void {
    const number = pieces.length;
    pieces.push(piece);
    if (number >= shared.length) shared = doubled(shared);
    for (const { id, weight } of terms) {
      while (id >= latest.length) latest = doubled(latest).fill(NONE, latest.length);
      if (entries === holders.length)
        [holders, weights, older] = [doubled(holders), doubled(weights), doubled(older)];
      holders[entries] = number;
      weights[entries] = weight;
      older[entries] = latest[id] ?? NONE;
      latest[id] = entries;
      entries += 1;
    }
  }

  return {
    take(piece) {
      const terms = heaviest(piece, bags);
      const found = look(terms);
      remember(piece, terms);
      return found;
    },
  };
}

type Heavy = { id: number; weight: number };

/** The heaviest words, and whatever paper or model the piece is about: across languages that may be all two share. */
function heaviest({ wholeBag, works }: Piece, bags: Bags): Heavy[] {
  const weights = bags.weights(wholeBag);
  const rows = Array.from(bags.ids(wholeBag), (id, at) => ({ id, weight: weights[at] ?? 0 }));
  if (rows.length > LOOKED_UP)
    rows.sort((one, other) => other.weight - one.weight || one.id - other.id).splice(LOOKED_UP);
  return [...rows, ...Array.from(bags.ids(works), (id) => ({ id, weight: 1 }))];
}

import type { Bags } from './bags.ts';
import { doubled } from './doubled.ts';
import { heaviest } from './heaviest.ts';
import type { Piece } from './pieces.ts';
import { createRuns, INSIDE } from './runs.ts';

/** An inverted index over the words of the pieces in a window. */
export type CandidateIndex = {
  /** The earlier pieces most like this one, best first; then remembers it. Cost: bounded, whatever the window's size. */
  take(piece: Piece): Piece[];
};

/** A term brings the latest pieces that hold it, at most this many: common terms bring little and cost much. */
const LATEST = 48;
/** Room for the holders of one term: it begins with the first and moves to the next when full. Most have one holder. */
const ROOMS: readonly number[] = [2, 6, 16, LATEST];
/** Only so many of a piece's heaviest terms are looked up. */
const LOOKED_UP = 28;
/** At most this many candidates are compared closely. */
const MOST = 12;
/** Shared weight (a part of the cosine of title and lead) below which two pieces are not compared closely. */
const LEAST = 0.03;

/**
 * Opens an empty index. The holders of a term and its weights there lie side by side in long arrays, so that reading
 * them costs a few cache lines; a list for each term would cost ten times the memory.
 */
export function createCandidateIndex(bags: Bags): CandidateIndex {
  const pieces: Piece[] = [];
  const holders = createRuns((size) => new Int32Array(size));
  const weights = createRuns((size) => new Float32Array(size));
  /** By term: where its holders begin, and how often one was added. */
  let starts = new Int32Array(1 << 14);
  let added = new Uint32Array(1 << 14);
  let shared = new Float32Array(1 << 12);

  function look(terms: readonly Heavy[]): Piece[] {
    const met: number[] = [];
    for (const { id, weight } of terms) {
      const start = starts[id] ?? 0;
      const held = holders.chunkOf(start);
      const heldWeights = weights.chunkOf(start);
      const end = (start & INSIDE) + Math.min(added[id] ?? 0, LATEST);
      for (let at = start & INSIDE; at < end; at += 1) {
        const more = weight * (heldWeights[at] ?? 0);
        if (more === 0) continue;
        const holder = held[at] ?? 0;
        const before = shared[holder] ?? 0;
        if (before === 0) met.push(holder);
        shared[holder] = before + more;
      }
    }
    const best: number[] = [];
    for (const number of met) insert(best, number, shared);
    for (const number of met) shared[number] = 0;
    return best.flatMap((number) => pieces[number] ?? []);
  }

  function remember(piece: Piece, terms: readonly Heavy[]): void {
    const number = pieces.length;
    pieces.push(piece);
    if (number >= shared.length) shared = doubled(shared);
    for (const { id, weight } of terms) {
      while (id >= starts.length) [starts, added] = [doubled(starts), doubled(added)];
      const count = added[id] ?? 0;
      const start = roomFor(id, count);
      // Once all places are taken the oldest holder goes.
      const at = (start & INSIDE) + (count % LATEST);
      holders.chunkOf(start)[at] = number;
      weights.chunkOf(start)[at] = weight;
      added[id] = count + 1;
    }
  }

  /** Where the holders of a term begin, with a free place behind the first `count`. */
  function roomFor(id: number, count: number): number {
    const from = starts[id] ?? 0;
    const full = ROOMS.indexOf(count);
    const size = ROOMS[full + 1];
    if (size === undefined || (count > 0 && full === -1)) return from;
    // Both hold the same runs, so they lie in the same places.
    const to = holders.reserve(size);
    weights.reserve(size);
    holders.read(to, size).set(holders.read(from, count));
    weights.read(to, size).set(weights.read(from, count));
    starts[id] = to;
    return to;
  }

  return {
    take(piece) {
      const terms = heavyTerms(piece, bags);
      const found = look(terms);
      remember(piece, terms);
      return found;
    },
  };
}

/** Puts a piece where it belongs among the best so far; ties go to the earlier piece. */
function insert(best: number[], number: number, shared: Float32Array): void {
  const own = shared[number] ?? 0;
  if (own < LEAST) return;
  let at = best.length;
  for (; at > 0; at -= 1) {
    const other = best[at - 1] ?? 0;
    const theirs = shared[other] ?? 0;
    if (theirs > own || (theirs === own && other < number)) break;
  }
  if (at >= MOST) return;
  best.splice(at, 0, number);
  if (best.length > MOST) best.pop();
}

type Heavy = { id: number; weight: number };

/** The heaviest words, and whatever paper or model the piece is about: across languages that may be all two share. */
function heavyTerms({ wholeBag, works }: Piece, bags: Bags): Heavy[] {
  const ids = bags.ids(wholeBag);
  const weights = bags.weights(wholeBag);
  const rows = heaviest(weights, ids, LOOKED_UP).map((at) => ({
    id: ids[at] ?? 0,
    weight: weights[at] ?? 0,
  }));
  if (ids.length > LOOKED_UP) rows.sort((one, other) => other.weight - one.weight || one.id - other.id);
  return [...rows, ...Array.from(bags.ids(works), (id) => ({ id, weight: 1 }))];
}

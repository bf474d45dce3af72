import { doubled } from './doubled.ts';
import type { Piece } from './pieces.ts';
import { createRuns, INSIDE } from './runs.ts';
import type { Sheets } from './sheets.ts';

/** An inverted index over the words of the pieces in a window. */
export type CandidateIndex = {
  /** The earlier pieces most like this one, best first; then remembers it. Cost: bounded, whatever the window's size. */
  take(piece: Piece): Piece[];
  /** Only remembers it. */
  add(piece: Piece): void;
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
export function createCandidateIndex(sheets: Sheets): CandidateIndex {
  const pieces: Piece[] = [];
  const holders = createRuns((size) => new Int32Array(size));
  const weights = createRuns((size) => new Float32Array(size));
  /** By term: where its holders begin, and how often one was added. */
  let starts = new Int32Array(1 << 14);
  let added = new Uint32Array(1 << 14);
  /** By piece: the weight it shares with the one at hand; and the pieces that share any. */
  let shared = new Float32Array(1 << 12);
  let met = new Int32Array(LATEST * LOOKED_UP);

  function look({ ids, weights: own }: Heavy): Piece[] {
    if (met.length < LATEST * ids.length) met = new Int32Array(LATEST * ids.length);
    let count = 0;
    for (let n = 0; n < ids.length; n += 1) {
      const id = ids[n] ?? 0;
      const weight = own[n] ?? 0;
      const start = starts[id] ?? 0;
      const held = holders.chunkOf(start);
      const heldWeights = weights.chunkOf(start);
      const end = (start & INSIDE) + Math.min(added[id] ?? 0, LATEST);
      for (let at = start & INSIDE; at < end; at += 1) {
        const more = weight * (heldWeights[at] ?? 0);
        if (more === 0) continue;
        const holder = held[at] ?? 0;
        const before = shared[holder] ?? 0;
        if (before === 0) {
          met[count] = holder;
          count += 1;
        }
        shared[holder] = before + more;
      }
    }
    const best: number[] = [];
    for (let n = 0; n < count; n += 1) insert(best, met[n] ?? 0, shared);
    for (let n = 0; n < count; n += 1) shared[met[n] ?? 0] = 0;
    return best.flatMap((number) => pieces[number] ?? []);
  }

  function remember(piece: Piece, { ids, weights: own }: Heavy): void {
    const number = pieces.length;
    pieces.push(piece);
    if (number >= shared.length) shared = doubled(shared);
    ids.forEach((id, n) => {
      while (id >= starts.length) [starts, added] = [doubled(starts), doubled(added)];
      const count = added[id] ?? 0;
      const start = roomFor(id, count);
      // Once all places are taken the oldest holder goes.
      const at = (start & INSIDE) + (count % LATEST);
      holders.chunkOf(start)[at] = number;
      weights.chunkOf(start)[at] = own[n] ?? 0;
      added[id] = count + 1;
    });
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
      const terms = heavyTerms(piece, sheets);
      const found = look(terms);
      remember(piece, terms);
      return found;
    },
    add: (piece) => remember(piece, heavyTerms(piece, sheets)),
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

/** The terms a piece is looked up by, and their weights; heaviest first when only some of its words are. */
type Heavy = { ids: Int32Array; weights: Float32Array };

/** The heaviest words, and whatever paper or model the piece is about: across languages that may be all two share. */
function heavyTerms({ sheet }: Piece, sheets: Sheets): Heavy {
  const whole = sheets.whole(sheet);
  const heavy = whole.ids.length > LOOKED_UP ? heaviestFirst(whole) : whole;
  if (!sheets.has(sheet, 'work')) return heavy;
  const works = sheets.ids(sheet, 'work');
  return {
    ids: Int32Array.of(...heavy.ids, ...works),
    weights: Float32Array.of(...heavy.weights, ...works.map(() => 1)),
  };
}

/** The heaviest terms in the order of their weights; of equal ones the smaller id first. */
function heaviestFirst({ ids, weights }: Heavy): Heavy {
  // One number holds weight and place, since numbers are sorted much faster than pairs. Weights above 0 stand in the
  // order of their bits.
  const bits = new Int32Array(weights.buffer, weights.byteOffset, weights.length);
  const keys = new Float64Array(bits.length);
  for (let at = 0; at < keys.length; at += 1) keys[at] = (bits[at] ?? 0) * PLACES + (PLACES - 1 - at);
  keys.sort();
  const heavy = { ids: new Int32Array(LOOKED_UP), weights: new Float32Array(LOOKED_UP) };
  for (let n = 0; n < LOOKED_UP; n += 1) {
    const at = PLACES - 1 - ((keys[keys.length - 1 - n] ?? 0) % PLACES);
    heavy.ids[n] = ids[at] ?? 0;
    heavy.weights[n] = weights[at] ?? 0;
  }
  return heavy;
}

/** More than the terms of any piece. */
const PLACES = 1 << 10;

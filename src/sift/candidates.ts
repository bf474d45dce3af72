import type { Piece } from './pieces.ts';

/** An inverted index over the words of the pieces in a window. */
export type CandidateIndex = {
  /** The earlier pieces most like this one, best first. Cost: bounded, whatever the size of the window. */
  near(piece: Piece): Piece[];
  add(piece: Piece): void;
};

/** A term brings the latest pieces that hold it, at most this many: common terms bring little and cost much. */
const LATEST = 64;
/** Only so many of a piece's heaviest terms are looked up. */
const LOOKED_UP = 40;
/** At most this many candidates are compared closely. */
const MOST = 16;
/** Shared weight (a part of the cosine of title and lead) below which two pieces are not compared closely. */
const LEAST = 0.03;

export function createCandidateIndex(): CandidateIndex {
  const holders = new Map<number, Piece[]>();
  return {
    near(piece) {
      const shared = new Map<Piece, number>();
      for (const at of heaviest(piece)) {
        const id = piece.wholeBag.ids[at] ?? -1;
        const own = piece.wholeBag.weights?.[at] ?? 0;
        for (const other of holders.get(id) ?? []) {
          const theirs = other.wholeBag.weights?.[indexOf(other.wholeBag.ids, id)] ?? 0;
          shared.set(other, (shared.get(other) ?? 0) + own * theirs);
        }
      }
      return [...shared]
        .filter(([, weight]) => weight >= LEAST)
        .sort(([one, more], [other, less]) => less - more || (one.articleId < other.articleId ? -1 : 1))
        .slice(0, MOST)
        .map(([other]) => other);
    },
    add(piece) {
      for (const at of heaviest(piece)) {
        const id = piece.wholeBag.ids[at] ?? -1;
        const held = holders.get(id);
        if (held === undefined) holders.set(id, [piece]);
        else {
          if (held.length >= LATEST) held.shift();
          held.push(piece);
        }
      }
    },
  };
}

function heaviest({ wholeBag: { ids, weights } }: Piece): number[] {
  const places = Array.from(ids, (_, at) => at);
  if (places.length <= LOOKED_UP || weights === undefined) return places;
  return places.sort((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0)).slice(0, LOOKED_UP);
}

/** Binary search in sorted ids. */
function indexOf(ids: Int32Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { Piece } from './pieces.ts';

/** An inverted index over the words of the pieces in a window. */
export type CandidateIndex = {
  /** The earlier pieces most like this one, best first. Cost: bounded, whatever the size of the window. */
  near(piece: Piece): Piece[];
  add(piece: Piece): void;
};

/** A term brings the latest pieces that hold it, at most this many: common terms bring little and cost much. */
const LATEST = 48;
/** Only so many of a piece's heaviest terms are looked up. */
const LOOKED_UP = 28;
/** At most this many candidates are compared closely. */
const MOST = 12;
/** Shared weight (a part of the cosine of title and lead) below which two pieces are not compared closely. */
const LEAST = 0.03;

/** Who holds a term, the latest last, with the term's weight there. `next`: where the oldest is, once it is full. */
type Holders = { numbers: number[]; weights: number[]; next: number };

export function createCandidateIndex(): CandidateIndex {
  const holders = new Map<number, Holders>();
  const pieces: Piece[] = [];
  let shared = new Float32Array(1 << 12);
  return {
    near(piece) {
      const met: number[] = [];
      for (const { id, weight } of heaviest(piece)) {
        const held = holders.get(id);
        if (held === undefined) continue;
        held.numbers.forEach((number, at) => {
          if (shared[number] === 0) met.push(number);
          shared[number] = (shared[number] ?? 0) + weight * (held.weights[at] ?? 0);
        });
      }
      const found = met
        .filter((number) => (shared[number] ?? 0) >= LEAST)
        .sort((one, other) => (shared[other] ?? 0) - (shared[one] ?? 0) || one - other)
        .slice(0, MOST);
      for (const number of met) shared[number] = 0;
      return found.flatMap((number) => pieces[number] ?? []);
    },
    add(piece) {
      const number = pieces.length;
      pieces.push(piece);
      if (number >= shared.length) shared = new Float32Array(shared.length * 2);
      for (const { id, weight } of heaviest(piece)) {
        const held = holders.get(id) ?? { numbers: [], weights: [], next: 0 };
        holders.set(id, held);
        const at = held.numbers.length < LATEST ? held.numbers.length : held.next;
        held.numbers[at] = number;
        held.weights[at] = weight;
        held.next = (at + 1) % LATEST;
      }
    },
  };
}

function heaviest({ wholeBag: { ids, weights } }: Piece): { id: number; weight: number }[] {
  const rows = Array.from(ids, (id, at) => ({ id, weight: weights?.[at] ?? 0 }));
  if (rows.length <= LOOKED_UP) return rows;
  return rows.sort((one, other) => other.weight - one.weight || one.id - other.id).slice(0, LOOKED_UP);
}

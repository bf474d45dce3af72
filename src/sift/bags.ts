import type { Terms } from './terms.ts';

/** A bag of terms in the order of their ids, so that two bags are compared in one walk. */
export type Bag = {
  ids: Int32Array;
  /** TF-IDF scaled to length 1; absent when every term weighs its rarity. */
  weights: Float32Array | undefined;
  /** Length of the vector of rarities, for bags without weights. */
  length: number;
  /** Sum of the rarity of its terms. */
  mass: number;
};

/** Terms of these kinds weigh more than words of the same rarity: they are what an event is made of. */
const KIND_WEIGHT: Readonly<Record<string, number>> = { 'v:': 1.6, 'n:': 1.2, '#': 1.2 };
/** Longer bags keep their heaviest terms: an article's background does not tell its event. */
const BAG_TERMS = 96;

/** Makes a weighted bag of counted terms. Cost: linear but for two sorts. */
export function weightedBag(counts: ReadonlyMap<number, number>, terms: Terms): Bag {
  let rows = [...counts].map(([id, count]) => ({
    id,
    weight: (1 + Math.log(count)) * (terms.idf[id] ?? 0) * kindWeight(terms.term(id)),
  }));
  if (rows.length > BAG_TERMS)
    rows = rows.sort((left, right) => right.weight - left.weight || left.id - right.id).slice(0, BAG_TERMS);
  rows.sort((left, right) => left.id - right.id);
  const ids = Int32Array.from(rows, ({ id }) => id);
  const length = Math.sqrt(rows.reduce((sum, { weight }) => sum + weight * weight, 0)) || 1;
  return {
    ids,
    weights: Float32Array.from(rows, ({ weight }) => weight / length),
    length: 1,
    mass: massOf(ids, terms.idf),
  };
}

/** Makes a bag in which every term weighs its rarity. */
export function plainBag(found: Iterable<number>, terms: Terms): Bag {
  const ids = Int32Array.from(new Set(found)).sort();
  const squares = ids.reduce((sum, id) => sum + (terms.idf[id] ?? 0) ** 2, 0);
  return { ids, weights: undefined, length: Math.sqrt(squares) || 1, mass: massOf(ids, terms.idf) };
}

/** How much terms of this kind weigh beside words. */
export function kindWeight(term: string): number {
  return KIND_WEIGHT[term.startsWith('#') ? '#' : term.slice(0, 2)] ?? 1;
}

function massOf(ids: Int32Array, idf: Float32Array): number {
  return ids.reduce((sum, id) => sum + (idf[id] ?? 0), 0);
}

/** What two bags share. */
export type Overlap = {
  cosine: number;
  count: number;
  /** Sum of the shared terms' rarity. */
  mass: number;
  /** Share of the smaller and of the larger bag's mass that is shared, 0..1. */
  ofSmaller: number;
  ofLarger: number;
  /** The rarity of the three rarest shared terms, rarest first, 0 where there are fewer. */
  rarest: [number, number, number];
};

/** Compares two bags in one walk. Symmetric. */
export function overlap(left: Bag, right: Bag, idf: Float32Array): Overlap {
  let cosine = 0;
  let count = 0;
  let mass = 0;
  let first = 0;
  let second = 0;
  let third = 0;
  const plain = left.weights === undefined || right.weights === undefined;
  for (let i = 0, k = 0; i < left.ids.length && k < right.ids.length; ) {
    const id = left.ids[i] ?? 0;
    const difference = id - (right.ids[k] ?? 0);
    if (difference < 0) i += 1;
    else if (difference > 0) k += 1;
    else {
      const rarity = idf[id] ?? 0;
      cosine += plain ? rarity * rarity : (left.weights?.[i] ?? 0) * (right.weights?.[k] ?? 0);
      count += 1;
      mass += rarity;
      if (rarity > first) {
        third = second;
        second = first;
        first = rarity;
      } else if (rarity > second) {
        third = second;
        second = rarity;
      } else if (rarity > third) third = rarity;
      i += 1;
      k += 1;
    }
  }
  return {
    cosine: Math.min(1, plain ? cosine / (left.length * right.length) : cosine),
    count,
    mass,
    ofSmaller: share(mass, Math.min(left.mass, right.mass)),
    ofLarger: share(mass, Math.max(left.mass, right.mass)),
    rarest: [first, second, third],
  };
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, part / whole);
}

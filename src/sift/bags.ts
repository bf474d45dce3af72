import { doubled } from './doubled.ts';
import { heaviest } from './heaviest.ts';
import { createRuns, INSIDE } from './runs.ts';
import type { Counted, TermKind, Terms } from './terms.ts';

/** A bag of terms: its number in the `Bags` that made it. 0 is the empty bag. */
export type Bag = number;

/**
 * All bags of one window, packed end to end into long typed arrays: 100,000 articles have 1,000,000 bags, and as many
 * small arrays would cost ten times the memory of what they hold. The terms of a bag stand in the order of their ids,
 * so that two bags are compared in one walk. Bags are never taken out; a window lives for one run.
 */
export type Bags = {
  /** A bag of counted terms weighted by TF-IDF, scaled to length 1. Cost: linear but for two sorts. */
  weighted(counted: Counted): Bag;
  /** A bag in which every term weighs its rarity. */
  plain(found: ArrayLike<number>): Bag;
  /** Sum of the rarity of a bag's terms. */
  mass(bag: Bag): number;
  ids(bag: Bag): Int32Array;
  /** The weights of a weighted bag, beside `ids`. */
  weights(bag: Bag): Float32Array;
  size(bag: Bag): number;
  /** How many terms two bags share. */
  shared(left: Bag, right: Bag): number;
  /** How much two bags share. Symmetric. The answer is overwritten by the next call. */
  overlap(left: Bag, right: Bag): Readonly<Overlap>;
  /** A place to lay one bag out that is then compared with many. */
  spread(): Spread;
};

/** One bag laid out by term, so that comparing it with another costs but one step for each term of the other. */
export type Spread = {
  /** Takes up the bag that lay here and lays out this one. */
  lay(bag: Bag): void;
  /** How much this bag shares with the one laid out. The answer is overwritten by the next call. */
  overlap(bag: Bag): Readonly<Overlap>;
};

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
  rarest1: number;
  rarest2: number;
  rarest3: number;
};

/** Terms of these kinds weigh more than words of the same rarity: they are what an event is made of. */
const KIND_WEIGHT: Readonly<Partial<Record<TermKind, number>>> = { version: 1.6, name: 1.2, number: 1.2 };
/** Longer bags keep their heaviest terms: an article's background does not tell its event. */
const BAG_TERMS = 96;

/** Opens an empty place for bags of these terms. */
export function createBags(terms: Terms): Bags {
  const ids = createRuns((size) => new Int32Array(size));
  const weights = createRuns((size) => new Float32Array(size));
  /** By bag: where its ids and weights begin, how many, its mass, and the length of the vector of rarities. */
  let starts = new Int32Array(1 << 10);
  let weightStarts = new Int32Array(1 << 10);
  let sizes = new Uint16Array(1 << 10);
  let masses = new Float64Array(1 << 10);
  let lengths = new Float64Array(1 << 10);
  let count = 1;
  /** Keeps terms in the order of their ids, with their weights where they have any. */
  function keep(own: ArrayLike<number>, ownWeights?: ArrayLike<number>): Bag {
    const size = own.length;
    if (size === 0) return 0;
    if (count === sizes.length) {
      [starts, weightStarts] = [doubled(starts), doubled(weightStarts)];
      [sizes, masses, lengths] = [doubled(sizes), doubled(masses), doubled(lengths)];
    }
    const { idf } = terms;
    const start = ids.reserve(size);
    const chunk = ids.chunkOf(start);
    let mass = 0;
    let squares = 0;
    for (let n = 0; n < size; n += 1) {
      const id = own[n] ?? 0;
      const rarity = idf[id] ?? 0;
      chunk[(start & INSIDE) + n] = id;
      mass += rarity;
      squares += rarity * rarity;
    }
    const bag = count;
    count += 1;
    starts[bag] = start;
    weightStarts[bag] = ownWeights === undefined ? UNWEIGHTED : keepWeights(ownWeights);
    sizes[bag] = size;
    masses[bag] = mass;
    lengths[bag] = Math.sqrt(squares) || 1;
    return bag;
  }

  function keepWeights(own: ArrayLike<number>): number {
    const start = weights.reserve(own.length);
    const chunk = weights.chunkOf(start);
    for (let n = 0; n < own.length; n += 1) chunk[(start & INSIDE) + n] = own[n] ?? 0;
    return start;
  }

  function spread(): Spread {
    /** By term: its place in the bag laid out, counted from 1. */
    let places = new Uint16Array(1 << 14);
    /** By the last bits of a term's id: whether the bag may hold it. Small, so that most looks stay in the fastest cache. */
    const marks = new Int32Array((MARKS + 1) >>> 5);
    let laid: Bag = 0;
    const found: Overlap = { ...NOTHING_SHARED };
    const each = (bag: Bag, place: (n: number) => number) => {
      const chunk = ids.chunkOf(starts[bag] ?? 0);
      const from = (starts[bag] ?? 0) & INSIDE;
      for (let n = 0; n < (sizes[bag] ?? 0); n += 1) {
        const id = chunk[from + n] ?? 0;
        places[id] = place(n);
        const word = (id & MARKS) >>> 5;
        marks[word] = (marks[word] ?? 0) | (1 << (id & 31));
      }
    };
    return {
      lay(bag) {
        if (bag === laid) return;
        while (places.length < terms.idf.length) places = doubled(places);
        each(laid, () => 0);
        marks.fill(0);
        each(bag, (n) => n + 1);
        laid = bag;
      },
      overlap(bag) {
        if (laid === 0 || bag === 0) return NOTHING_SHARED;
        let cosine = 0;
        let both = 0;
        let mass = 0;
        let first = 0;
        let second = 0;
        let third = 0;
        const { idf } = terms;
        const start = starts[bag] ?? 0;
        const chunk = ids.chunkOf(start);
        const from = start & INSIDE;
        const end = from + (sizes[bag] ?? 0);
        const theirStart = weightStarts[laid] ?? 0;
        const ownStart = weightStarts[bag] ?? 0;
        const plain = theirStart === UNWEIGHTED || ownStart === UNWEIGHTED;
        const theirs = weights.chunkOf(theirStart);
        const own = weights.chunkOf(ownStart);
        const theirFrom = (theirStart & INSIDE) - 1;
        const ownFrom = (ownStart & INSIDE) - from;
        for (let at = from; at < end; at += 1) {
          const id = chunk[at] ?? 0;
          if (((marks[(id & MARKS) >>> 5] ?? 0) & (1 << (id & 31))) === 0) continue;
          const place = places[id] ?? 0;
          if (place === 0) continue;
          const rarity = idf[id] ?? 0;
          cosine += plain ? rarity * rarity : (theirs[theirFrom + place] ?? 0) * (own[ownFrom + at] ?? 0);
          both += 1;
          mass += rarity;
          if (rarity > first) {
            third = second;
            second = first;
            first = rarity;
          } else if (rarity > second) {
            third = second;
            second = rarity;
          } else if (rarity > third) third = rarity;
        }
        if (plain) cosine /= (lengths[laid] ?? 1) * (lengths[bag] ?? 1);
        const laidMass = masses[laid] ?? 0;
        const bagMass = masses[bag] ?? 0;
        found.cosine = Math.min(1, cosine);
        found.count = both;
        found.mass = mass;
        found.ofSmaller = share(mass, Math.min(laidMass, bagMass));
        found.ofLarger = share(mass, Math.max(laidMass, bagMass));
        found.rarest1 = first;
        found.rarest2 = second;
        found.rarest3 = third;
        return found;
      },
    };
  }

  const bags: Bags = {
    weighted({ ids: counted, counts }) {
      const { idf } = terms;
      const raw = new Float64Array(counted.length);
      for (let at = 0; at < raw.length; at += 1) {
        const id = counted[at] ?? 0;
        raw[at] = (1 + Math.log(counts[at] ?? 1)) * (idf[id] ?? 0) * (KIND_WEIGHT[terms.kind(id)] ?? 1);
      }
      const order = byId(counted, heaviest(raw, counted, BAG_TERMS));
      const own = new Int32Array(order.length);
      const ownWeights = new Float64Array(order.length);
      let squares = 0;
      for (let n = 0; n < order.length; n += 1) {
        const at = order[n] ?? 0;
        const weight = raw[at] ?? 0;
        own[n] = counted[at] ?? 0;
        ownWeights[n] = weight;
        squares += weight * weight;
      }
      const length = Math.sqrt(squares) || 1;
      for (let n = 0; n < order.length; n += 1) ownWeights[n] = (ownWeights[n] ?? 0) / length;
      return keep(own, ownWeights);
    },
    plain: (given) => (given.length === 0 ? 0 : keep(once(new Int32Array(given).sort()))),
    mass: (bag) => masses[bag] ?? 0,
    size: (bag) => sizes[bag] ?? 0,
    ids: (bag) => ids.read(starts[bag] ?? 0, sizes[bag] ?? 0),
    weights: (bag) => weights.read(weightStarts[bag] ?? 0, sizes[bag] ?? 0),
    shared(left, right) {
      if (left === 0 || right === 0) return 0;
      const [one, other] = [ids.chunkOf(starts[left] ?? 0), ids.chunkOf(starts[right] ?? 0)];
      let [i, k] = [(starts[left] ?? 0) & INSIDE, (starts[right] ?? 0) & INSIDE];
      const [oneEnd, otherEnd] = [i + (sizes[left] ?? 0), k + (sizes[right] ?? 0)];
      let both = 0;
      while (i < oneEnd && k < otherEnd) {
        const difference = (one[i] ?? 0) - (other[k] ?? 0);
        if (difference === 0) both += 1;
        if (difference <= 0) i += 1;
        if (difference >= 0) k += 1;
      }
      return both;
    },
    overlap(left, right) {
      own.lay(left);
      return own.overlap(right);
    },
    spread,
  };
  const own = spread();
  return bags;
}

/** Places in `ids`, in the order of the ids there. */
function byId(ids: readonly number[], places: readonly number[]): Float64Array {
  // One number holds id and place, since numbers are sorted much faster than pairs.
  const keys = new Float64Array(places.length);
  for (let n = 0; n < keys.length; n += 1) keys[n] = (ids[places[n] ?? 0] ?? 0) * PLACES + (places[n] ?? 0);
  keys.sort();
  for (let n = 0; n < keys.length; n += 1) keys[n] = (keys[n] ?? 0) % PLACES;
  return keys;
}

/** More than any text has different terms. */
const PLACES = 1 << 20;

/** Sorted numbers, each once; in place. */
function once(sorted: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  let count = 1;
  for (let at = 1; at < sorted.length; at += 1) {
    const value = sorted[at] ?? 0;
    if (value === sorted[at - 1]) continue;
    sorted[count] = value;
    count += 1;
  }
  return sorted.subarray(0, count);
}

const NOTHING_SHARED: Overlap = {
  cosine: 0,
  count: 0,
  mass: 0,
  ofSmaller: 0,
  ofLarger: 0,
  rarest1: 0,
  rarest2: 0,
  rarest3: 0,
};

/** The last bits of an id: with 100 terms laid out one look in 80 is in vain. */
const MARKS = (1 << 13) - 1;
/** In place of where the weights begin, in bags that have none. */
const UNWEIGHTED = -1;
function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, part / whole);
}

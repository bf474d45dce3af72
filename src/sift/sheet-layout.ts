import { createRuns, type Runs } from './runs.ts';

/** The sheet of a piece: where its row begins among the rows. */
export type Sheet = number;

/** The parts that a term may play in a piece, each a bit; most terms are but of the whole. */
export const PARTS = {
  /** Words, names, concepts, versions and numbers of title and lead together; and those of the title alone. */
  whole: 1,
  title: 2,
  /** Names, versions, numbers, concepts, and Latin words in Chinese text: what both languages write alike. */
  hard: 4,
  titleHard: 8,
  /** Names, with the companies behind them. */
  name: 16,
  /** The first words of the title. */
  head: 32,
  /** Every number of two digits or more, by value: `192` of 192GB, `1.2` of 1.2 PFLOPS. */
  figure: 64,
  /** Hard facts of title and lead: names that stand there, amounts, versions (those of the title may contradict) ... */
  named: 128,
  number: 256,
  version: 512,
  titleVersion: 1024,
  date: 2048,
  quote: 4096,
  /** The papers and models it is about. */
  work: 8192,
  /** Whose news the title says it is. */
  owner: 16_384,
} as const;
export type Part = keyof typeof PARTS;

/** The parts whose terms have weights, in the order in which a term's weights stand. */
export const WEIGHED = [PARTS.whole, PARTS.title, PARTS.hard] as const;
export const WEIGHED_BITS = PARTS.whole | PARTS.title | PARTS.hard;
const BITS_SET = Uint8Array.of(0, 1, 1, 2, 1, 2, 2, 3);

/** How many weights a term with these parts has. */
export function weightsOf(parts: number): number {
  return BITS_SET[parts & WEIGHED_BITS] ?? 0;
}

/** What stands where in the row of a sheet. */
export const ROW = {
  /** Where its terms, weights and units begin, and how many they are. */
  terms: 0,
  termCount: 1,
  weights: 2,
  units: 3,
  unitCount: 4,
  /** All parts that any of its terms plays, and how many terms are numbers. */
  parts: 5,
  numbers: 6,
  /** Sums of the terms' rarity; for units also the length of the vector of rarities. */
  wholeMass: 7,
  titleMass: 8,
  hardMass: 9,
  titleHardMass: 10,
  unitMass: 11,
  unitLength: 12,
} as const;
export const ROW_SIZE = 13;

/** What the pieces of one window say, end to end in a few long arrays. */
export type SheetMemory = {
  rows: Runs<Float64Array<ArrayBuffer>>;
  /** In the order of their ids, each once. */
  terms: Runs<Int32Array<ArrayBuffer>>;
  /** The bits of `PARTS`, in the same places as the terms. */
  parts: Runs<Uint16Array<ArrayBuffer>>;
  /** For each term one for each of `WEIGHED` that it is in. */
  weights: Runs<Float32Array<ArrayBuffer>>;
  /** Single characters (Han) or words (Latin) of the opening, as terms in the order of their ids. */
  units: Runs<Int32Array<ArrayBuffer>>;
};

export function createSheetMemory(): SheetMemory {
  return {
    rows: createRuns((size) => new Float64Array(size)),
    terms: createRuns((size) => new Int32Array(size)),
    parts: createRuns((size) => new Uint16Array(size)),
    weights: createRuns((size) => new Float32Array(size)),
    units: createRuns((size) => new Int32Array(size)),
  };
}

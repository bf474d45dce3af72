import { doubled } from './doubled.ts';
import { INSIDE } from './runs.ts';
import { PARTS, ROW, ROW_SIZE, type Sheet, type SheetMemory, weightsOf } from './sheet-layout.ts';
import { createSpread, markOf } from './spread.ts';
import { TERM_KINDS, type TermKind, type Terms } from './terms.ts';

/** What two sheets share. A mass is a sum of rarities. */
export type Shared = {
  whole: Overlap;
  title: Overlap;
  hard: Overlap;
  units: Overlap;
  /** Terms of the whole: how many, and the rarity of the three rarest, rarest first, 0 where there are fewer. */
  terms: number;
  /** Of which kinds the hard terms are that stand in both titles, a bit for each: names, acts, numbers, versions. */
  titleKinds: number;
  /** Coined words of both titles. */
  coined: number;
  rarest1: number;
  rarest2: number;
  rarest3: number;
  /** Terms that play one part on both sides. */
  names: number;
  nameMass: number;
  headMass: number;
  figures: number;
  figureMass: number;
  named: number;
  numbers: number;
  versions: number;
  dates: number;
  quotes: number;
  works: number;
  owners: number;
  left: Side;
  right: Side;
};

/** What two lists of terms share, and all they hold: the lighter of the two and the heavier one. */
export type Overlap = { cosine: number; mass: number; lighter: number; heavier: number };

/** One of two sheets: what it holds, and how much of that is somewhere in the other's whole. */
export type Side = {
  titleMass: number;
  titleInOther: number;
  hardInOther: number;
  titleHardMass: number;
  titleHardInOther: number;
  /** All parts that any of its terms plays. */
  parts: number;
  numbers: number;
};

/** Compares two sheets. The answer is overwritten by the next call. */
export type SheetComparison = (left: Sheet, right: Sheet) => Readonly<Shared>;

const { whole: WHOLE, title: TITLE, hard: HARD, titleHard: TITLE_HARD, name: NAME, head: HEAD } = PARTS;
const FACTS =
  PARTS.figure |
  PARTS.named |
  PARTS.number |
  PARTS.version |
  PARTS.date |
  PARTS.quote |
  PARTS.work |
  PARTS.owner;

const BIT_OF: Readonly<Partial<Record<TermKind, number>>> = {
  name: 1,
  latin: 1,
  coined: 1,
  concept: 2,
  number: 4,
  version: 8,
};
const KIND_BITS = Uint8Array.from(TERM_KINDS, (kind) => BIT_OF[kind] ?? 0);
const COINED = TERM_KINDS.indexOf('coined');

/**
 * Prepares to compare sheets. The right one is laid out by term, so that comparing another with it costs one look for
 * each of the other's terms; it stays laid out until another is on the right.
 */
export function createSheetComparison(terms: Terms, memory: SheetMemory): SheetComparison {
  const laidTerms = createSpread(terms);
  const laidUnits = createSpread(terms);
  /** By the place of a term laid out: its parts, and its weights in whole, title and hard. */
  let laidParts = new Uint16Array(1 << 9);
  let laidWeights = new Float32Array(3 << 9);
  let laid: Sheet = -1;
  /** The row of the sheet laid out. */
  let laidRow = new Float64Array(ROW_SIZE);
  const shared = nothingShared();
  const { whole, title, hard, units, left, right } = shared;

  function lay(sheet: Sheet): void {
    laid = sheet;
    const row = memory.rows.read(sheet, ROW_SIZE);
    laidRow = row;
    const size = row[ROW.termCount] ?? 0;
    const start = row[ROW.terms] ?? 0;
    laidTerms.lay(memory.terms.read(start, size));
    laidUnits.lay(memory.units.read(row[ROW.units] ?? 0, row[ROW.unitCount] ?? 0));
    while (laidParts.length <= size) [laidParts, laidWeights] = [doubled(laidParts), doubled(laidWeights)];
    laidParts.set(memory.parts.read(start, size), 1);
    const weights = memory.weights.chunkOf(row[ROW.weights] ?? 0);
    let at = (row[ROW.weights] ?? 0) & INSIDE;
    for (let place = 1; place <= size; place += 1) {
      const bits = laidParts[place] ?? 0;
      if ((bits & WHOLE) !== 0) laidWeights[3 * place] = weights[at] ?? 0;
      if ((bits & TITLE) !== 0) laidWeights[3 * place + 1] = weights[at + weightsOf(bits & WHOLE)] ?? 0;
      if ((bits & HARD) !== 0) laidWeights[3 * place + 2] = weights[at + weightsOf(bits & ~HARD)] ?? 0;
      at += weightsOf(bits);
    }
  }

  /** Walks the other's terms. Those of both are few, and most of them are but of the whole. */
  function compareTerms(rows: Float64Array, row: number): void {
    const { idf, kinds } = terms;
    const { places, marks } = laidTerms;
    const start = rows[row + ROW.terms] ?? 0;
    const ids = memory.terms.chunkOf(start);
    const parts = memory.parts.chunkOf(start);
    const weights = memory.weights.chunkOf(rows[row + ROW.weights] ?? 0);
    let nextWeight = (rows[row + ROW.weights] ?? 0) & INSIDE;
    const from = start & INSIDE;
    const end = from + (rows[row + ROW.termCount] ?? 0);
    let cosine = 0;
    let mass = 0;
    let count = 0;
    let first = 0;
    let second = 0;
    let third = 0;
    for (let at = from; at < end; at += 1) {
      const id = ids[at] ?? 0;
      const own = parts[at] ?? 0;
      const weight = nextWeight;
      nextWeight += weightsOf(own);
      if (marks[markOf(id)] === 0) continue;
      const place = places[id] ?? 0;
      if (place === 0) continue;
      const theirs = laidParts[place] ?? 0;
      const rarity = idf[id] ?? 0;
      if ((own & theirs & WHOLE) !== 0) {
        cosine += (weights[weight] ?? 0) * (laidWeights[3 * place] ?? 0);
        mass += rarity;
        count += 1;
        if (rarity > first) {
          third = second;
          second = first;
          first = rarity;
        } else if (rarity > second) {
          third = second;
          second = rarity;
        } else if (rarity > third) third = rarity;
      }
      if (((own | theirs) & ~WHOLE) === 0) continue;
      if ((theirs & WHOLE) !== 0) addToSide(left, own, rarity);
      if ((own & WHOLE) !== 0) addToSide(right, theirs, rarity);
      const both = own & theirs & ~WHOLE;
      if (both === 0) continue;
      if ((both & TITLE) !== 0) {
        title.cosine += (weights[weight + weightsOf(own & WHOLE)] ?? 0) * (laidWeights[3 * place + 1] ?? 0);
        title.mass += rarity;
        if (kinds[id] === COINED) shared.coined += 1;
        if ((both & TITLE_HARD) !== 0) shared.titleKinds |= KIND_BITS[kinds[id] ?? 0] ?? 0;
      }
      if ((both & HARD) !== 0) {
        hard.cosine += (weights[weight + weightsOf(own & ~HARD)] ?? 0) * (laidWeights[3 * place + 2] ?? 0);
        hard.mass += rarity;
      }
      if ((both & (NAME | HEAD | FACTS)) !== 0) addParts(both, rarity);
    }
    whole.cosine = Math.min(1, cosine);
    whole.mass = mass;
    title.cosine = Math.min(1, title.cosine);
    hard.cosine = Math.min(1, hard.cosine);
    shared.terms = count;
    shared.rarest1 = first;
    shared.rarest2 = second;
    shared.rarest3 = third;
  }

  function addParts(both: number, rarity: number): void {
    if ((both & NAME) !== 0) {
      shared.names += 1;
      shared.nameMass += rarity;
    }
    if ((both & HEAD) !== 0) shared.headMass += rarity;
    if ((both & FACTS) === 0) return;
    if ((both & PARTS.figure) !== 0) {
      shared.figures += 1;
      shared.figureMass += rarity;
    }
    if ((both & PARTS.named) !== 0) shared.named += 1;
    if ((both & PARTS.number) !== 0) shared.numbers += 1;
    if ((both & PARTS.version) !== 0) shared.versions += 1;
    if ((both & PARTS.date) !== 0) shared.dates += 1;
    if ((both & PARTS.quote) !== 0) shared.quotes += 1;
    if ((both & PARTS.work) !== 0) shared.works += 1;
    if ((both & PARTS.owner) !== 0) shared.owners += 1;
  }

  function compareUnits(rows: Float64Array, row: number): void {
    const { idf } = terms;
    const { places } = laidUnits;
    const start = rows[row + ROW.units] ?? 0;
    const ids = memory.units.chunkOf(start);
    const end = (start & INSIDE) + (rows[row + ROW.unitCount] ?? 0);
    let squares = 0;
    let mass = 0;
    for (let at = start & INSIDE; at < end; at += 1) {
      const id = ids[at] ?? 0;
      if (places[id] === 0) continue;
      const rarity = idf[id] ?? 0;
      squares += rarity * rarity;
      mass += rarity;
    }
    const lengths = (laidRow[ROW.unitLength] ?? 1) * (rows[row + ROW.unitLength] ?? 1);
    units.cosine = Math.min(1, squares / lengths);
    units.mass = mass;
  }

  return (leftSheet, rightSheet) => {
    if (rightSheet !== laid) lay(rightSheet);
    const rows = memory.rows.chunkOf(leftSheet);
    const row = leftSheet & INSIDE;
    clear(shared);
    compareTerms(rows, row);
    compareUnits(rows, row);
    weighAll(whole, rows[row + ROW.wholeMass], laidRow[ROW.wholeMass]);
    weighAll(title, rows[row + ROW.titleMass], laidRow[ROW.titleMass]);
    weighAll(hard, rows[row + ROW.hardMass], laidRow[ROW.hardMass]);
    weighAll(units, rows[row + ROW.unitMass], laidRow[ROW.unitMass]);
    fillSide(left, rows, row);
    fillSide(right, laidRow, 0);
    return shared;
  };
}

function addToSide(side: Side, parts: number, rarity: number): void {
  if ((parts & TITLE) !== 0) side.titleInOther += rarity;
  if ((parts & HARD) !== 0) side.hardInOther += rarity;
  if ((parts & TITLE_HARD) !== 0) side.titleHardInOther += rarity;
}

function weighAll(overlap: Overlap, one = 0, other = 0): void {
  overlap.lighter = Math.min(one, other);
  overlap.heavier = Math.max(one, other);
}

function fillSide(side: Side, rows: Float64Array, row: number): void {
  side.titleMass = rows[row + ROW.titleMass] ?? 0;
  side.titleHardMass = rows[row + ROW.titleHardMass] ?? 0;
  side.parts = rows[row + ROW.parts] ?? 0;
  side.numbers = rows[row + ROW.numbers] ?? 0;
}

/** Takes back what is summed up term by term; the rest is overwritten. */
function clear(shared: Shared): void {
  const { title, hard, left, right } = shared;
  title.cosine = title.mass = hard.cosine = hard.mass = 0;
  left.titleInOther = left.hardInOther = left.titleHardInOther = 0;
  right.titleInOther = right.hardInOther = right.titleHardInOther = 0;
  shared.coined = shared.titleKinds = 0;
  shared.names = shared.nameMass = shared.headMass = shared.figures = shared.figureMass = 0;
  shared.named =
    shared.numbers =
    shared.versions =
    shared.dates =
    shared.quotes =
    shared.works =
    shared.owners =
      0;
}

function nothingShared(): Shared {
  const overlap = (): Overlap => ({ cosine: 0, mass: 0, lighter: 0, heavier: 0 });
  const side = (): Side => ({
    titleMass: 0,
    titleInOther: 0,
    hardInOther: 0,
    titleHardMass: 0,
    titleHardInOther: 0,
    parts: 0,
    numbers: 0,
  });
  return {
    whole: overlap(),
    title: overlap(),
    hard: overlap(),
    units: overlap(),
    terms: 0,
    titleKinds: 0,
    coined: 0,
    rarest1: 0,
    rarest2: 0,
    rarest3: 0,
    names: 0,
    nameMass: 0,
    headMass: 0,
    figures: 0,
    figureMass: 0,
    named: 0,
    numbers: 0,
    versions: 0,
    dates: 0,
    quotes: 0,
    works: 0,
    owners: 0,
    left: side(),
    right: side(),
  };
}

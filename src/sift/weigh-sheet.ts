import { heaviest } from './heaviest.ts';
import { PARTS, ROW, type SheetMemory, WEIGHED, WEIGHED_BITS, weightsOf } from './sheet-layout.ts';
import { TERM_KINDS, type TermKind, type Terms } from './terms.ts';

/** Terms of these kinds weigh more than words of the same rarity: they are what an event is made of. */
const KIND_WEIGHT: Readonly<Partial<Record<TermKind, number>>> = { version: 1.6, name: 1.2, number: 1.2 };
const KIND_WEIGHTS = Float64Array.from(TERM_KINDS, (kind) => KIND_WEIGHT[kind] ?? 1);
/** Of more terms than these the heaviest stay: an article's background does not tell its event. */
const MOST_TERMS = 96;
/** In place of the weight of a term that does not stay. */
const DROPPED = -1;

/**
 * Makes of a sheet's counts weights by TF-IDF, each of whole, title and hard scaled to length 1, and sums up rarities.
 * Once for each sheet, when its whole batch was counted. Cost: linear.
 */
export function weighSheet(row: Float64Array, terms: Terms, memory: SheetMemory): void {
  weighTerms(row, terms, memory);
  weighUnits(row, terms, memory);
}

function weighTerms(row: Float64Array, { idf, kinds }: Terms, memory: SheetMemory): void {
  const size = row[ROW.termCount] ?? 0;
  const ids = memory.terms.read(row[ROW.terms] ?? 0, size);
  const parts = memory.parts.read(row[ROW.terms] ?? 0, size);
  let count = 0;
  for (let n = 0; n < size; n += 1) count += weightsOf(parts[n] ?? 0);
  const weights = memory.weights.read(row[ROW.weights] ?? 0, count);
  const raw = new Float64Array(count);
  for (let n = 0, at = 0; n < size; n += 1) {
    const id = ids[n] ?? 0;
    const end = at + weightsOf(parts[n] ?? 0);
    for (; at < end; at += 1)
      raw[at] = (1 + Math.log(weights[at] ?? 1)) * (idf[id] ?? 0) * (KIND_WEIGHTS[kinds[id] ?? 0] ?? 1);
  }
  if (size > MOST_TERMS) for (const part of WEIGHED) dropLightest(raw, part, ids, parts);
  const squares = new Float64Array(WEIGHED.length);
  const masses = new Float64Array(WEIGHED.length);
  let titleHardMass = 0;
  let kept = 0;
  for (let n = 0, at = 0; n < size; n += 1) {
    const rarity = idf[ids[n] ?? 0] ?? 0;
    const bits = parts[n] ?? 0;
    if ((bits & PARTS.titleHard) !== 0) titleHardMass += rarity;
    let left = bits & ~WEIGHED_BITS;
    for (let list = 0; list < WEIGHED.length; list += 1) {
      const part = WEIGHED[list] ?? 0;
      if ((bits & part) === 0) continue;
      const weight = raw[at] ?? 0;
      at += 1;
      if (weight === DROPPED) continue;
      left |= part;
      squares[list] = (squares[list] ?? 0) + weight * weight;
      masses[list] = (masses[list] ?? 0) + rarity;
      raw[kept] = weight;
      kept += 1;
    }
    parts[n] = left;
  }
  for (let n = 0, at = 0; n < size; n += 1)
    for (let list = 0; list < WEIGHED.length; list += 1) {
      if (((parts[n] ?? 0) & (WEIGHED[list] ?? 0)) === 0) continue;
      weights[at] = (raw[at] ?? 0) / (Math.sqrt(squares[list] ?? 0) || 1);
      at += 1;
    }
  row[ROW.wholeMass] = masses[0] ?? 0;
  row[ROW.titleMass] = masses[1] ?? 0;
  row[ROW.hardMass] = masses[2] ?? 0;
  row[ROW.titleHardMass] = titleHardMass;
}

/** Of the terms that play this part only the heaviest keep it. */
function dropLightest(raw: Float64Array, part: number, ids: Int32Array, parts: Uint16Array): void {
  const places: number[] = [];
  const found: number[] = [];
  for (let n = 0, at = 0; n < ids.length; n += 1) {
    const bits = parts[n] ?? 0;
    // Its weights stand in the order of `WEIGHED`, which is that of their bits.
    if ((bits & part) !== 0) {
      places.push(at + weightsOf(bits & (part - 1)));
      found.push(ids[n] ?? 0);
    }
    at += weightsOf(bits);
  }
  const stay = new Set(
    heaviest(
      Float64Array.from(places, (at) => raw[at] ?? 0),
      found,
      MOST_TERMS,
    ),
  );
  places.forEach((at, n) => {
    if (!stay.has(n)) raw[at] = DROPPED;
  });
}

function weighUnits(row: Float64Array, { idf }: Terms, memory: SheetMemory): void {
  const units = memory.units.read(row[ROW.units] ?? 0, row[ROW.unitCount] ?? 0);
  let mass = 0;
  let squares = 0;
  for (const id of units) {
    const rarity = idf[id] ?? 0;
    mass += rarity;
    squares += rarity * rarity;
  }
  row[ROW.unitMass] = mass;
  row[ROW.unitLength] = Math.sqrt(squares) || 1;
}

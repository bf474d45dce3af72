import type { Language } from '../domain/article.ts';
import { doubled } from './doubled.ts';
import { INSIDE } from './runs.ts';
import { PARTS, type Part, ROW, ROW_SIZE, type Sheet, type SheetMemory, weightsOf } from './sheet-layout.ts';
import { TERM_KINDS, type TermKind, type Terms } from './terms.ts';

/** What one piece says, collected while its article is read. */
export type Draft = {
  /** The terms of title or lead, as often as they stand there; those of the title first. */
  mention(terms: readonly string[], place: 'title' | 'lead'): void;
  /** A term that plays a part besides, however often. */
  mark(id: number, part: Part): void;
  /** A single character or word of the opening. */
  unit(id: number): void;
  /** Lays a sheet down with counts in the place of weights, counts its terms for their rarity, and is empty again. */
  lay(language: Language): Sheet;
};

/** A word of the title says as much as this many mentions in the lead. */
const TITLE_WEIGHT = 3;
/** Words of a title that name its subject. */
const HEAD_WORDS = 4;

const HARD_KINDS: readonly TermKind[] = ['name', 'concept', 'version', 'number'];
const LATIN = TERM_KINDS.indexOf('latin');
const COINED = TERM_KINDS.indexOf('coined');
const NAME = TERM_KINDS.indexOf('name');
const HARD = Uint8Array.from(TERM_KINDS, (kind) => (HARD_KINDS.includes(kind) ? 1 : 0));

/** Opens a draft; the same one serves all pieces of a window in turn. Cost: linear but for two sorts of numbers. */
export function createDraft(terms: Terms, memory: SheetMemory): Draft {
  /** By term: its place in the lists below, counted from 1. */
  let places = new Uint16Array(1 << 14);
  let ids = new Int32Array(1 << 9);
  let parts = new Uint16Array(1 << 9);
  let counts = new Uint16Array(1 << 9);
  let titleCounts = new Uint16Array(1 << 9);
  let size = 0;
  let units = new Int32Array(1 << 9);
  let unitCount = 0;
  let counted = new Int32Array(1 << 9);

  const placeOf = (id: number): number => {
    while (id >= places.length) places = doubled(places);
    const known = places[id] ?? 0;
    if (known > 0) return known - 1;
    if (size === ids.length) {
      [ids, parts] = [doubled(ids), doubled(parts)];
      [counts, titleCounts] = [doubled(counts), doubled(titleCounts)];
    }
    const place = size;
    size += 1;
    ids[place] = id;
    parts[place] = 0;
    counts[place] = 0;
    titleCounts[place] = 0;
    places[id] = size;
    return place;
  };

  /** The parts a term plays by itself, from where it was met and what kind it is. */
  const ownParts = (place: number, language: Language): number => {
    if (counts[place] === 0) return 0;
    const kind = terms.kinds[ids[place] ?? 0] ?? 0;
    const inTitle = (titleCounts[place] ?? 0) > 0;
    const isHard = kind === LATIN || kind === COINED ? language === 'zh' : HARD[kind] === 1;
    return (
      PARTS.whole |
      (inTitle ? PARTS.title : 0) |
      (inTitle && place < HEAD_WORDS ? PARTS.head : 0) |
      (isHard ? PARTS.hard : 0) |
      (isHard && inTitle ? PARTS.titleHard : 0) |
      (kind === NAME ? PARTS.name : 0)
    );
  };

  /** Counts what rarity is told by: the terms of the text, its figures and its units. */
  function count(): void {
    if (counted.length < size + unitCount) counted = new Int32Array(2 * (size + unitCount));
    let found = 0;
    for (let place = 0; place < size; place += 1)
      if (((parts[place] ?? 0) & (PARTS.whole | PARTS.figure)) !== 0) {
        counted[found] = ids[place] ?? 0;
        found += 1;
      }
    counted.set(units.subarray(0, unitCount), found);
    terms.count(counted.subarray(0, found + unitCount));
  }

  function layTerms(row: Float64Array, weightCount: number): void {
    const start = memory.terms.reserve(size);
    memory.parts.reserve(size);
    const laid = memory.terms.read(start, size);
    const laidParts = memory.parts.read(start, size);
    laid.set(ids.subarray(0, size));
    laid.sort();
    const weights = memory.weights.reserve(weightCount);
    const laidCounts = memory.weights.chunkOf(weights);
    let at = weights & INSIDE;
    let all = 0;
    let numbers = 0;
    for (let n = 0; n < size; n += 1) {
      const id = laid[n] ?? 0;
      const place = (places[id] ?? 0) - 1;
      const bits = parts[place] ?? 0;
      laidParts[n] = bits;
      all |= bits;
      if ((bits & PARTS.number) !== 0) numbers += 1;
      if ((bits & PARTS.whole) !== 0) laidCounts[at++] = counts[place] ?? 0;
      if ((bits & PARTS.title) !== 0) laidCounts[at++] = titleCounts[place] ?? 0;
      if ((bits & PARTS.hard) !== 0) laidCounts[at++] = counts[place] ?? 0;
    }
    row[ROW.terms] = start;
    row[ROW.termCount] = size;
    row[ROW.weights] = weights;
    row[ROW.parts] = all;
    row[ROW.numbers] = numbers;
  }

  function layUnits(row: Float64Array): void {
    const start = memory.units.reserve(unitCount);
    const laid = memory.units.read(start, unitCount);
    laid.set(units.subarray(0, unitCount));
    laid.sort();
    row[ROW.units] = start;
    row[ROW.unitCount] = unitCount;
  }

  return {
    mention(found, where) {
      for (const term of found) {
        const place = placeOf(terms.id(term));
        counts[place] = (counts[place] ?? 0) + (where === 'title' ? TITLE_WEIGHT : 1);
        if (where === 'title') titleCounts[place] = (titleCounts[place] ?? 0) + 1;
      }
    },
    mark(id, part) {
      const place = placeOf(id);
      parts[place] = (parts[place] ?? 0) | PARTS[part];
    },
    unit(id) {
      while (id >= places.length) places = doubled(places);
      if (places[id] !== 0) return;
      places[id] = 1;
      if (unitCount === units.length) units = doubled(units);
      units[unitCount] = id;
      unitCount += 1;
    },
    lay(language) {
      let weightCount = 0;
      for (let place = 0; place < size; place += 1) {
        const bits = (parts[place] ?? 0) | ownParts(place, language);
        parts[place] = bits;
        weightCount += weightsOf(bits);
      }
      count();
      const sheet = memory.rows.reserve(ROW_SIZE);
      const row = memory.rows.read(sheet, ROW_SIZE);
      layTerms(row, weightCount);
      layUnits(row);
      for (let place = 0; place < size; place += 1) places[ids[place] ?? 0] = 0;
      for (let n = 0; n < unitCount; n += 1) places[units[n] ?? 0] = 0;
      size = 0;
      unitCount = 0;
      return sheet;
    },
  };
}

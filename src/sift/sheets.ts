import { createSheetComparison, type SheetComparison } from './compare-sheets.ts';
import { createDraft, type Draft } from './draft.ts';
import { INSIDE } from './runs.ts';
import { createSheetMemory, PARTS, type Part, ROW, ROW_SIZE, type Sheet, weightsOf } from './sheet-layout.ts';
import type { Terms } from './terms.ts';
import { weighSheet } from './weigh-sheet.ts';

/**
 * What all pieces of one window say, packed end to end in a few long arrays: lists of numbers for each piece would cost
 * ten times the memory of what they hold. A sheet has its terms in the order of their ids, each once, with the parts it
 * plays, so that one walk compares two pieces in everything. It is laid down when an article is read, with counts in
 * the place of weights; the weights follow when the whole batch was counted. Sheets are never taken out; a window lives
 * for one run. (`sheet-layout.ts` says what lies where.)
 */
export type Sheets = {
  /** Where the next sheet is collected. */
  draft: Draft;
  /** Makes of a sheet's counts weights by TF-IDF; once for each sheet, before it is compared. */
  weigh(sheet: Sheet): void;
  has(sheet: Sheet, part: Part): boolean;
  /** The terms that play this part, in the order of their ids. */
  ids(sheet: Sheet, part: Part): number[];
  /** The terms of both sheets, in the order of their ids, with the parts they play on both sides. */
  both(left: Sheet, right: Sheet): { id: number; parts: number }[];
  /** The terms of the whole with their weights. */
  whole(sheet: Sheet): { ids: Int32Array; weights: Float32Array };
  /** What two sheets share; symmetric. It pays to compare one, on the right, with all others in turn. */
  compare: SheetComparison;
};

/** Opens an empty place for sheets of these terms. */
export function createSheets(terms: Terms): Sheets {
  const memory = createSheetMemory();
  const rowOf = (sheet: Sheet) => memory.rows.read(sheet, ROW_SIZE);
  /** The terms of a sheet and their parts. */
  const listed = (row: Float64Array) => {
    const [start = 0, size = 0] = [row[ROW.terms], row[ROW.termCount]];
    return { ids: memory.terms.read(start, size), parts: memory.parts.read(start, size) };
  };
  return {
    draft: createDraft(terms, memory),
    weigh: (sheet) => weighSheet(rowOf(sheet), terms, memory),
    has: (sheet, part) =>
      ((memory.rows.chunkOf(sheet)[(sheet & INSIDE) + ROW.parts] ?? 0) & PARTS[part]) !== 0,
    ids(sheet, part) {
      const { ids, parts } = listed(rowOf(sheet));
      const found: number[] = [];
      for (let n = 0; n < ids.length; n += 1)
        if (((parts[n] ?? 0) & PARTS[part]) !== 0) found.push(ids[n] ?? 0);
      return found;
    },
    both(left, right) {
      const [one, other] = [listed(rowOf(left)), listed(rowOf(right))];
      const found: { id: number; parts: number }[] = [];
      for (let i = 0, k = 0; i < one.ids.length && k < other.ids.length; ) {
        const id = one.ids[i] ?? 0;
        const theirs = other.ids[k] ?? 0;
        const parts = id === theirs ? (one.parts[i] ?? 0) & (other.parts[k] ?? 0) : 0;
        if (parts !== 0) found.push({ id, parts });
        if (id <= theirs) i += 1;
        if (id >= theirs) k += 1;
      }
      return found;
    },
    whole(sheet) {
      const row = rowOf(sheet);
      const { ids, parts } = listed(row);
      const weights = memory.weights.read(row[ROW.weights] ?? 0, 3 * ids.length);
      const found = { ids: new Int32Array(ids.length), weights: new Float32Array(ids.length) };
      let count = 0;
      let at = 0;
      for (let n = 0; n < ids.length; n += 1) {
        const bits = parts[n] ?? 0;
        if ((bits & PARTS.whole) !== 0) {
          found.ids[count] = ids[n] ?? 0;
          found.weights[count] = weights[at] ?? 0;
          count += 1;
        }
        at += weightsOf(bits);
      }
      return { ids: found.ids.subarray(0, count), weights: found.weights.subarray(0, count) };
    },
    compare: createSheetComparison(terms, memory),
  };
}

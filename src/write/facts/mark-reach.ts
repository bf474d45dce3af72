import { clauseAround, type FactSheet } from './fact-sheet.ts';
import type { Mark, MarkGroup } from './marks.ts';
import type { Term } from './terms.ts';

/** How far a denial or doubt reaches, in characters, within its clause; English words are longer. */
export const REACH = { negation: { han: 8, latin: 28 }, modality: { han: 16, latin: 48 } } as const;
/** Characters between a denial and the verb it denies: `未[能在会上]发布`. */
export const LIGHT =
  /^(?:[在于]\p{Script=Han}{1,8}?(?:前|后|时|中|上|里|内|期间)|有|能|会|可|再|曾|被|对|在|将|要|得|让|使|把|给|向|与|和|于|以|为|所|了|过|正式|直接|进一步|任何|继续|需要|要求|考虑|打算|计划|(?:be|been|yet|any|to|have|has|the|a)\b\s?)+/u;

/** Only the sentences that tell the same as the claim bear out its doubt, not all that share a word with it. */
export const WITNESSES = 2;

export function marksOf(sheet: FactSheet, group: MarkGroup): Mark[] {
  return sheet.marks().filter((mark) => mark.group === group);
}

/** The terms a mark speaks of: after it, in its clause; what is denied comes first. */
export function reachOf(sheet: FactSheet, mark: Mark, group: MarkGroup): Term[] {
  const { end } = clauseAround(sheet, mark.start);
  const tail = sheet.plain.slice(mark.end, end);
  const blank = tail.length - tail.trimStart().length;
  const from = mark.end + blank + (LIGHT.exec(tail.trimStart())?.[0].length ?? 0);
  return sheet.terms().filter((term) => term.start >= from && term.end <= reachEnd(sheet, mark, group));
}

export function reachEnd(sheet: FactSheet, mark: Mark, group: MarkGroup): number {
  const { end } = clauseAround(sheet, mark.start);
  const following = sheet.plain.slice(mark.end, end);
  // 尚无计划开源甲或提供乙: what is denied of one is denied of the other.
  if (group === 'negation' && /或/u.test(following)) return end;
  const reach = REACH[group][/^\s?[A-Za-z]/.test(following) ? 'latin' : 'han'];
  return Math.min(end, mark.end + reach);
}

export function isUnder(sheet: FactSheet, term: { start: number }, group: MarkGroup): boolean {
  return marksOf(sheet, group).some(
    (mark) => mark.hearsay || (mark.end <= term.start && term.start < reachEnd(sheet, mark, group)),
  );
}

/** A doubt colours its whole clause, whatever the order of words. */
export function isNear(sheet: FactSheet, term: { start: number }, group: MarkGroup): boolean {
  const { start, end } = clauseAround(sheet, term.start);
  return marksOf(sheet, group).some((mark) => mark.hearsay || (mark.start >= start && mark.end <= end));
}

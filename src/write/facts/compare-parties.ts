import type { FactDesk } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';

/** A deed with what stands on its two sides, weighed: names say who, other words help. */
type Deed = { verb: string; said: string; by: ReadonlyMap<string, number>; to: ReadonlyMap<string, number> };

/** A name weighs more than a Latin word, and that more than two Chinese characters. */
const WEIGHT = { name: 4, latin: 2, han: 1 } as const;
/** This near to the verb its sides stand, in characters. */
const NEAR = 40;

/** Who did it in the sources may not be whom it was done to in the claim. */
export function compareParties({ claim, aligned, all }: Comparison, desk: FactDesk): FactProblem[] {
  return deedsOf(claim, desk).flatMap((deed) => {
    const fit = (sheets: readonly FactSheet[]) =>
      sheets.flatMap((sheet) => deedsOf(sheet, desk)).filter(({ verb }) => verb === deed.verb);
    const near = fit(aligned);
    const known = near.length > 0 ? near : fit(all);
    const straight = Math.max(0, ...known.map((one) => overlap(deed.by, one.by) + overlap(deed.to, one.to)));
    const crossed = known
      .map((one) => ({ one, by: overlap(deed.by, one.to), to: overlap(deed.to, one.by) }))
      .filter(({ by, to }) => by > 0 && to > 0)
      .toSorted((one, two) => two.by + two.to - one.by - one.to)[0];
    if (crossed === undefined || crossed.by + crossed.to <= straight) return [];
    return [
      problem('parties', deed.said, crossed.one.said, `当事方颠倒：简讯是「${deed.said}」，原文是「${crossed.one.said}」`),
    ];
  });
}

function deedsOf(sheet: FactSheet, desk: FactDesk): Deed[] {
  return desk.findDeeds(sheet.plain).map(({ value: verb, start, end }) => {
    const clause = clauseAround(sheet, start);
    const from = Math.max(0, start - NEAR);
    const to = Math.min(clause.end, end + NEAR);
    const said = sheet.plain.slice(clause.start, clause.end).trim();
    const turned = desk.passiveBefore(sheet.plain.slice(clause.start, start));
    if (turned === undefined)
      return { verb, said, by: sideOf(sheet, from, start), to: sideOf(sheet, end, to) };
    // B被A收购: between 被 and the verb stands who did it; in English after `by`.
    const between = sideOf(sheet, clause.start + turned.end, start);
    const by = between.size > 0 ? between : sideOf(sheet, end, to);
    return { verb, said, by, to: sideOf(sheet, from, clause.start + turned.start) };
  });
}

function sideOf(sheet: FactSheet, from: number, to: number): Map<string, number> {
  const inside = (span: { start: number; end: number }) => span.start >= from && span.end <= to;
  const names = sheet.names().filter(inside);
  const side = new Map<string, number>(names.map(({ name }) => [`name ${name.name}`, WEIGHT.name]));
  for (const term of sheet.terms()) {
    if (!inside(term) || names.some((name) => term.start < name.end && term.end > name.start)) continue;
    side.set(term.term, /^[a-z]/.test(term.term) ? WEIGHT.latin : WEIGHT.han);
  }
  return side;
}

function overlap(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [term, weight] of one) if (other.has(term)) sum += weight;
  return sum;
}

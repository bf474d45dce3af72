import type { Deed } from './deeds.ts';
import { NEAR } from './deeds.ts';
import type { FactDesk } from './fact-desk.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import { areAkin, type Party, partiesOf } from './parties.ts';

/** 将甲接入乙 for 将乙接入甲, 为甲推出乙 for 为乙推出甲, whatever the verb. */
export function putTheOtherWay({ put }: Deed, known: readonly Deed[]): string | undefined {
  if (put === undefined) return undefined;
  const what = put.what[0];
  if (what === undefined || areAkin(what, put.where)) return undefined;
  const isPut = (deed: Deed, one: Party, where: Party) =>
    deed.put?.where.key === where.key && deed.put.what.some(({ key }) => key === one.key);
  if (known.some((deed) => isPut(deed, what, put.where))) return undefined;
  return known.find((deed) => isPut(deed, put.where, what))?.said;
}

/** The two names around the verb, where the sources name them side by side and always the other way round. */
export function inOtherOrder(
  { sheet, at }: Deed,
  all: readonly FactSheet[],
  desk: FactDesk,
): string | undefined {
  // English moves its names about in other ways.
  if (!/\p{Script=Han}/u.test(sheet.plain)) return undefined;
  const clause = clauseAround(sheet, at);
  const here = partiesOf(sheet, desk.commonWords).filter(
    ({ start, end }) => start >= clause.start && end <= clause.end,
  );
  const one = here.findLast(({ end }) => end <= at);
  const other = here.find(({ start }) => start > at);
  if (one === undefined || other === undefined || areAkin(one, other)) return undefined;
  // Named twice, the order says nothing.
  if (
    here.some((party) => party !== one && party !== other && (areAkin(party, one) || areAkin(party, other)))
  )
    return undefined;
  let turned: string | undefined;
  for (const source of all) {
    const parties = partiesOf(source, desk.commonWords);
    const placesOf = (party: Party) => {
      const known = parties.filter(({ key }) => key === party.key);
      return known.length > 0 ? known : placesIn(source, sheet.plain.slice(party.start, party.end));
    };
    for (const mine of placesOf(one))
      for (const theirs of placesOf(other)) {
        if (mine.start < theirs.start) return undefined;
        // 推出乙，可在甲使用: where something is done may be said before or after.
        if (/(?:[在于向至到给对为与和及、]|面向|通过|兼容|支持)\s?$/u.test(source.plain.slice(0, mine.start)))
          return undefined;
        if (mine.start - theirs.end <= NEAR && isOneClause(source, theirs, mine)) turned ??= source.plain;
      }
  }
  return turned;
}

/** `vibe coding`, which only the claim writes with capitals. */
function placesIn(sheet: FactSheet, word: string): { start: number; end: number }[] {
  const start = sheet.plain.toLowerCase().indexOf(word.toLowerCase());
  return start < 0 ? [] : [{ start, end: start + word.length }];
}

function isOneClause(sheet: FactSheet, one: { start: number }, other: { start: number }): boolean {
  return clauseAround(sheet, one.start).start === clauseAround(sheet, other.start).start;
}

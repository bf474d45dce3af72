import type { FactDesk } from './fact-desk.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import { once } from './once.ts';
import { type Party, partiesOf } from './parties.ts';

/** A deed with what stands on its two sides: those who do it, and those it is done to. */
export type Deed = {
  sheet: FactSheet;
  at: number;
  verb: string;
  /** The verb as it is written, and its whole clause. */
  word: string;
  said: string;
  by: Side;
  to: Side;
  /** `将甲接入乙`, `为乙推出甲`: what is put, and where. */
  put: { what: readonly Party[]; where: Party } | undefined;
  /** 被, 由: the order of words is not that of who does it. */
  turned: boolean;
};
export type Side = {
  parties: readonly Party[];
  /** The pairs of characters close to the verb. */
  near(): ReadonlySet<string>;
};

/** This near to the verb its sides stand, in characters. */
export const NEAR = 40;
/** An unknown name of two to four characters stands this near to the verb: 青石宣布收购远帆. */
const TOUCHING = 6;

/** For whom or where something is brought out. */
const HOST = /(?:为|在|向|给|于|针对|面向)[^，。；]{0,8}$/u;

/** Reads the deeds of a sheet, once however many claims ask. */
export type DeedReader = (sheet: FactSheet) => Deed[];

export function createDeedReader(desk: FactDesk): DeedReader {
  const known = new Map<FactSheet, Deed[]>();
  return (sheet) => {
    const read = known.get(sheet) ?? deedsOf(sheet, desk);
    known.set(sheet, read);
    return read;
  };
}

function deedsOf(sheet: FactSheet, desk: FactDesk): Deed[] {
  const deeds = sheet.deeds();
  if (deeds.length === 0) return [];
  const parties = partiesOf(sheet, desk.commonWords);
  return deeds.map(({ value: verb, start, end }) => {
    const clause = clauseAround(sheet, start);
    const side = (from: number, to: number): Side => {
      const inside = (span: { start: number; end: number }) => span.start >= from && span.end <= to;
      return {
        parties: parties.filter(inside),
        near: once(
          () =>
            new Set(
              sheet
                .terms()
                .filter(
                  (term) => inside(term) && term.end >= start - TOUCHING && term.start <= end + TOUCHING,
                )
                .map(({ term }) => term),
            ),
        ),
      };
    };
    const from = Math.max(0, start - NEAR);
    // A clause without a name of its own goes on with whom the sentence began.
    const before = parties.some((party) => party.start >= clause.start && party.end <= start)
      ? clause.start
      : from;
    const first = parties[0];
    const isBare = !parties.some((party) => party.start >= before && party.end <= start);
    const subject = isBare && first && first.end <= from ? first : undefined;
    const to = Math.min(clause.end, end + NEAR);
    const said = sheet.plain.slice(clause.start, clause.end).trim();
    const word = sheet.plain.slice(start, end);
    const deed = { sheet, at: start, verb, word, said };
    const turned = desk.passiveBefore(sheet.plain.slice(clause.start, start));
    const fronted = /[将把]/.exec(sheet.plain.slice(clause.start, start));
    // A 将 B 集成到 C: what it is done to stands before the verb.
    if (fronted !== null && turned === undefined) {
      const at = clause.start + fronted.index;
      const what = parties.filter((party) => party.start > at && party.end <= start);
      const where = parties.find((party) => party.start >= end && party.end <= to);
      const put = where && { what, where };
      return { ...deed, by: side(before, at), to: side(at + 1, to), put, turned: false };
    }
    if (turned === undefined) {
      const [near, done] = [side(before, start), side(end, to)];
      const by = subject === undefined ? near : { ...near, parties: [subject, ...near.parties] };
      const where = by.parties.findLast(
        (party) => party.start >= clause.start && HOST.test(sheet.plain.slice(clause.start, party.start)),
      );
      const put = where && { what: done.parties, where };
      return { ...deed, by, to: done, put, turned: false };
    }
    // B被A收购: between 被 and the verb stands who did it; in English after `by`.
    const between = side(clause.start + turned.end, start);
    const by = between.near().size > 0 ? between : side(end, to);
    return { ...deed, by, to: side(from, clause.start + turned.start), put: undefined, turned: true };
  });
}

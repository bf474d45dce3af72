import type { PhraseHit } from '../../text/find-phrases.ts';
import { clausesOf, sentencesOf } from '../../text/sentences.ts';
import { type DateFact, readDates } from './dates.ts';
import type { FactDesk } from './fact-desk.ts';
import type { Mark } from './marks.ts';
import { type FoundName, readNames, readVersions, type Version } from './names-and-versions.ts';
import { once } from './once.ts';
import { without } from './plain-text.ts';
import type { Quantity } from './quantities.ts';
import { type Term, termsOf } from './terms.ts';

/** The facts of one sentence, each read when first asked for: most sentences are asked for few. */
export type FactSheet = {
  /** The sentence as it was written. */
  sentence: string;
  /** The same in one spelling; all places count in this. */
  plain: string;
  quantities(): Quantity[];
  dates(): DateFact[];
  names(): FoundName[];
  versions(): Version[];
  marks(): Mark[];
  /** Verbs of deeds, by the deed they say. */
  deeds(): PhraseHit<string>[];
  terms(): Term[];
  /** The places where its clauses end, in order. */
  clauseEnds(): number[];
};

export function readSheet(
  sentence: string,
  plain: string,
  publishedOn: string | undefined,
  desk: FactDesk,
): FactSheet {
  const names = once(() => readNames(plain, desk.findNames));
  const versions = once(() => readVersions(plain, names()));
  const dates = once(() => readDates(plain, publishedOn));
  return {
    sentence,
    plain,
    names,
    versions,
    dates,
    // Digits of names, versions and dates are no amounts.
    quantities: once(() =>
      /[\d一二两三四五六七八九十半]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)\b/.test(
        plain,
      )
        ? desk.readQuantities(without(plain, [...names(), ...versions(), ...dates()]))
        : [],
    ),
    marks: once(() => desk.readMarks(plain)),
    deeds: once(() => desk.findDeeds(plain)),
    terms: once(() => termsOf(plain)),
    clauseEnds: once(() => {
      const ends: number[] = [];
      let at = 0;
      for (const clause of sentencesOf(plain).flatMap(clausesOf)) {
        at = plain.indexOf(clause, at) + clause.length;
        ends.push(at);
      }
      return ends;
    }),
  };
}

/** Where the clause that holds this place begins and ends. */
export function clauseAround(sheet: FactSheet, at: number): { start: number; end: number } {
  const ends = sheet.clauseEnds();
  const n = ends.findIndex((end) => end > at);
  return {
    start: n > 0 ? (ends[n - 1] ?? 0) : 0,
    end: n < 0 ? sheet.plain.length : (ends[n] ?? sheet.plain.length),
  };
}

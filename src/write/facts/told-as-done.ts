import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import { REACH, WITNESSES } from './mark-reach.ts';
import type { Mark } from './marks.ts';
import { isOneDeed, MATTER } from './one-deed.ts';

/** 已, 已经: told as done. What all sources tell as still to come may not be. */
export function toldAsDone({ claim, aligned, all }: Comparison): FactProblem[] {
  return [...claim.plain.matchAll(DONE)].flatMap((match) => {
    const from = match.index + match[0].length;
    const clause = clauseAround(claim, match.index);
    const to = Math.min(clause.end, from + REACH.modality.han);
    const terms = claim.terms().filter(({ start, end }) => start >= clause.start && end <= clause.end);
    const deed = claim.deeds().find(({ start, end }) => start >= from && end <= to);
    const verb = deed ?? terms.find(({ start, end }) => start >= from && end <= to);
    if (verb === undefined) return [];
    const matter = new Set(
      terms.filter(({ end }) => end <= match.index || end > verb.end).map(({ term }) => term),
    );
    const said = claim.plain.slice(verb.start, verb.end).toLowerCase();
    const tellings = (sheets: readonly FactSheet[]) =>
      sheets
        .filter(
          (sheet) =>
            new Set(sheet.terms().map(({ term }) => term)).intersection(matter).size >=
            Math.min(MATTER.least, matter.size),
        )
        .flatMap((sheet) =>
          [
            ...sheet.terms().filter(({ term }) => term === said),
            ...sheet.deeds().filter((known) => deed !== undefined && isOneDeed(deed, known)),
          ].map((place) => ({ coming: comingAt(sheet, place), done: isDoneAt(sheet, place) })),
        );
    const coming = tellings(aligned.slice(0, WITNESSES)).find((telling) => telling.coming)?.coming;
    if (coming === undefined || tellings(all).some((telling) => telling.done)) return [];
    const message = `简讯说「${match[0]}」，原文说「${coming.said}」，还没有发生`;
    return [problem(coming.group, match[0], coming.said, message)];
  });
}

const DONE = /(?<![业早自])已经?(?![知有])/gu;
/** Softer words among them, too: here they only have to say when. */
const COMING = /^(?:[即或]?将|计划|正?计划|拟|预计|有望|后续|未来|届时|今后|接下来|下一步|准备|筹备)/u;

/** 已发布, 发布了. */
export function isDoneAt(sheet: FactSheet, { start, end }: { start: number; end: number }): boolean {
  return /已[^，。；]{0,8}$/u.test(sheet.plain.slice(0, start)) || /^了/.test(sheet.plain.slice(end));
}

const NOT_YET = /^(?:尚未|并未|从未|未|没有?|暂未)$/u;

/** The word that says of this place that it is to come. */
function comingAt(sheet: FactSheet, place: { start: number }): Mark | undefined {
  const clause = clauseAround(sheet, place.start);
  return sheet.marks().find(
    (mark) =>
      (COMING.test(mark.said) || NOT_YET.test(mark.said)) &&
      // `将其扩展`: the 将 that means 把.
      !(mark.soft && mark.said === '将') &&
      mark.start >= clause.start &&
      mark.end <= place.start &&
      // 两项计划现已开放: a noun, and done.
      !/[已现]/.test(sheet.plain.slice(mark.end, place.start)),
  );
}

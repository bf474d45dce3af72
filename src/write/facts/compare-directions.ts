import type { FactDesk, Polarity } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';

/** What rises or falls stands this near to the word that says so, in characters. */
const NEAR = 14;

/** Of the light words those that say by how much. */
const MEASURED = /^(?:高|快|低|少|省|节省|短|慢)$/u;

type Turn = {
  polarity: Polarity;
  light: boolean;
  said: string;
  /** The rest of its clause, as far as it reaches. */
  following: string;
  /** The terms around it, up to the next such word. */
  around: ReadonlySet<string>;
  /** The terms that touch it: what rises, or by how much. */
  touching: ReadonlySet<string>;
  numbers: ReadonlySet<number>;
};
/** A shared number says most surely that two sentences speak of one change; what touches the word comes next. */
const WEIGHT = { number: 3, touching: 2, around: 1 } as const;
/** One shared pair of characters somewhere around may be chance. */
const LEAST_SHARED = 2;

/** What rises in the sources may not fall in the claim. */
export function compareDirections(
  { claim, aligned, all, sameScript }: Comparison,
  desk: FactDesk,
): FactProblem[] {
  const turns = turnsOf(claim, desk).filter(({ light }) => !light);
  if (turns.length === 0) return [];
  const near = aligned.flatMap((sheet) => turnsOf(sheet, desk));
  const known = near.length > 0 ? near : sameScript ? all.flatMap((sheet) => turnsOf(sheet, desk)) : [];
  return turns.flatMap((turn) => {
    const best = (polarity: Polarity) =>
      known
        .filter((other) => other.polarity === polarity)
        // Light words bear out a direction; alone they turn none round, but for `低50%` beside 高50%.
        .filter(
          (other) =>
            !other.light ||
            polarity === turn.polarity ||
            (MEASURED.test(other.said) && !turn.numbers.isDisjointFrom(other.numbers)),
        )
        .map((other) => ({ other, shared: sharedBy(turn, other) }))
        .toSorted((one, two) => two.shared - one.shared)[0];
    const same = best(turn.polarity);
    const opposite = best(turn.polarity === 'up' ? 'down' : 'up');
    // 错误率低于 and 优于 are no opposites: one measures, the other judges.
    if (opposite !== undefined && isMixed(turn.said, opposite.other.said, desk)) return [];
    // 提升体验, 降低门槛 is how anything is praised; what falls of itself, or by a number, has to be told.
    const told =
      (turn.polarity === 'down' && !desk.isPraise(turn.said, turn.following)) || turn.numbers.size > 0;
    if (sameScript && told && !aligned.some((sheet) => desk.hintsAt(turn.polarity, sheet.plain)))
      return [problem('direction', turn.said, opposite?.other.said, `原文没有「${turn.said}」这个方向`)];
    if (opposite === undefined || opposite.shared < LEAST_SHARED) return [];
    if (same !== undefined && same.shared >= opposite.shared) return [];
    const found = opposite.other.said;
    return [problem('direction', turn.said, found, `方向相反：简讯是「${turn.said}」，原文是「${found}」`)];
  });
}

function isMixed(one: string, other: string, desk: FactDesk): boolean {
  const [judged, measured] = desk.isJudging(one) ? [one, other] : [other, one];
  return desk.isJudging(judged) && !desk.isJudging(measured) && measured.endsWith('于');
}

function turnsOf(sheet: FactSheet, desk: FactDesk): Turn[] {
  const hits = desk.findDirections(sheet.plain);
  return hits.map(({ value, start, end }, n) => {
    const clause = clauseAround(sheet, start);
    const before = hits[n - 1]?.end ?? 0;
    // `提升准确率的同时降低消耗`: what stands before the joint is the other's.
    const joint = /.*(?:同时|并且?|而且?|且|、|，)/su.exec(sheet.plain.slice(before, start))?.[0].length ?? 0;
    const from = Math.max(clause.start, start - NEAR, n === 0 ? 0 : before + joint);
    const to = Math.min(clause.end, end + NEAR, hits[n + 1]?.start ?? sheet.plain.length);
    const inReach = (span: { start: number; end: number }) => span.start >= from && span.end <= to;
    const terms = sheet.terms().filter((term) => inReach(term) && (term.end <= start || term.start >= end));
    return {
      polarity: value.polarity,
      light: value.light,
      said: sheet.plain.slice(start, end),
      following: sheet.plain.slice(end, to),
      around: new Set(terms.map(({ term }) => term)),
      touching: new Set(
        terms
          .filter((term) => term.end === start || /^[了至到 ]?$/.test(sheet.plain.slice(end, term.start)))
          .map(({ term }) => term),
      ),
      numbers: new Set(
        sheet
          .quantities()
          .filter(inReach)
          .map(({ value: amount }) => amount),
      ),
    };
  });
}

function sharedBy(one: Turn, other: Turn): number {
  return (
    WEIGHT.number * one.numbers.intersection(other.numbers).size +
    WEIGHT.touching * one.touching.intersection(other.touching).size +
    WEIGHT.around * one.around.intersection(other.around).size
  );
}

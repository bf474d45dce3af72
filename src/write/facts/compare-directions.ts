import type { FactDesk, Polarity } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';

/** What rises or falls stands this near to the word that says so, in characters. */
const NEAR = 14;

type Turn = { polarity: Polarity; said: string; around: ReadonlySet<string>; numbers: ReadonlySet<number> };

/** What rises in the sources may not fall in the claim. */
export function compareDirections({ claim, aligned, all, sameScript }: Comparison, desk: FactDesk): FactProblem[] {
  return turnsOf(claim, desk).flatMap((turn) => {
    const near = aligned.flatMap((sheet) => turnsOf(sheet, desk));
    const known = near.length > 0 ? near : sameScript ? all.flatMap((sheet) => turnsOf(sheet, desk)) : [];
    const best = (polarity: Polarity) =>
      known
        .filter((other) => other.polarity === polarity)
        .map((other) => ({ other, shared: sharedBy(turn, other) }))
        .toSorted((one, two) => two.shared - one.shared)[0];
    const same = best(turn.polarity);
    const opposite = best(turn.polarity === 'up' ? 'down' : 'up');
    if (opposite === undefined || (same?.shared ?? 0) >= opposite.shared || opposite.shared === 0) return [];
    const found = opposite.other.said;
    return [problem('direction', turn.said, found, `方向相反：简讯是「${turn.said}」，原文是「${found}」`)];
  });
}

function turnsOf(sheet: FactSheet, desk: FactDesk): Turn[] {
  return desk.findDirections(sheet.plain).map(({ value, start, end }) => {
    const clause = clauseAround(sheet, start);
    const inReach = (from: number, to: number) =>
      from >= Math.max(clause.start, start - NEAR) && to <= Math.min(clause.end, end + NEAR);
    return {
      polarity: value,
      said: sheet.plain.slice(start, end),
      around: new Set(
        sheet
          .terms()
          .filter((term) => inReach(term.start, term.end) && (term.end <= start || term.start >= end))
          .map(({ term }) => term),
      ),
      numbers: new Set(sheet.quantities().filter((one) => inReach(one.start, one.end)).map(({ value: amount }) => amount)),
    };
  });
}

/** A shared number says most surely that two sentences speak of one change. */
function sharedBy(one: Turn, other: Turn): number {
  return 3 * one.numbers.intersection(other.numbers).size + one.around.intersection(other.around).size;
}

import type { FactDesk, Polarity } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import type { FactSheet } from './fact-sheet.ts';
import { type Turn, turnsOf } from './turns.ts';

/** A shared number says most surely that two sentences speak of one change; what touches the word comes next. */
const WEIGHT = { number: 3, touching: 2, around: 1 } as const;
/** One shared pair of characters somewhere around may be chance. */
const LEAST_SHARED = 2;
/** 赋能, 优化: said beside anything, so what stands around them says half as much. */
const LIGHTLY = 0.5;

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
    const weighed = known
      .filter((other) => other.polarity === turn.polarity || turnsRound(other, turn, desk))
      .map((other) => ({ other, shared: sharedBy(turn, other) }));
    const best = (polarity: Polarity) =>
      weighed
        .filter(({ other }) => other.polarity === polarity)
        .toSorted((one, two) => two.shared - one.shared)[0];
    const same = best(turn.polarity);
    const opposite = best(turn.polarity === 'up' ? 'down' : 'up');
    // 错误率低于 and 优于 are no opposites: one measures, the other judges.
    if (opposite !== undefined && isMixed(turn.said, opposite.other.said, desk)) return [];
    if (sameScript && mustBeTold(turn, desk) && !isHinted(turn, aligned, weighed, desk))
      return [problem('direction', turn.said, opposite?.other.said, `原文没有「${turn.said}」这个方向`)];
    if (opposite === undefined || opposite.shared < LEAST_SHARED) return [];
    if (same !== undefined && same.shared >= opposite.shared) return [];
    const found = opposite.other.said;
    return [problem('direction', turn.said, found, `方向相反：简讯是「${turn.said}」，原文是「${found}」`)];
  });
}

/** Light words bear out a direction; alone they turn none round, but for `低50%` beside 高50% and 不及 beside 优于. */
function turnsRound(other: Turn, turn: Turn, desk: FactDesk): boolean {
  return (
    !other.light ||
    (other.measures && !turn.numbers.isDisjointFrom(other.numbers)) ||
    (desk.isJudging(other.said) && desk.isJudging(turn.said))
  );
}

/** 提升体验, 降低门槛 is how anything is praised; what falls of itself, or by a number, has to be told. */
function mustBeTold(turn: Turn, desk: FactDesk): boolean {
  return (
    (turn.polarity === 'down' && !desk.isPraise(turn.said, turn.following)) ||
    turn.amounts.size > 0 ||
    BY_ITSELF.test(turn.said)
  );
}

/** These say by how much without a number. */
const BY_ITSELF = /^(?:翻[倍番]|倍增|减半|腰斩)$/u;

/** Does any word point that way: in the sentences that have the number, or else in those that tell the same? */
function isHinted(
  turn: Turn,
  aligned: readonly FactSheet[],
  weighed: readonly { other: Turn; shared: number }[],
  desk: FactDesk,
): boolean {
  if (weighed.some(({ other, shared }) => other.polarity === turn.polarity && shared >= WEIGHT.number))
    return true;
  const counting = aligned.filter((sheet) => sheet.quantities().some(({ value }) => turn.amounts.has(value)));
  return (counting.length > 0 ? counting : aligned).some((sheet) => desk.hintsAt(turn, sheet.plain));
}

function isMixed(one: string, other: string, desk: FactDesk): boolean {
  const [judged, measured] = desk.isJudging(one) ? [one, other] : [other, one];
  return desk.isJudging(judged) && !desk.isJudging(measured) && measured.endsWith('于');
}

function sharedBy(one: Turn, other: Turn): number {
  return (
    WEIGHT.number * one.numbers.intersection(other.numbers).size +
    (other.light ? LIGHTLY : 1) *
      (WEIGHT.touching * one.touching.intersection(other.touching).size +
        WEIGHT.around * one.around.intersection(other.around).size)
  );
}

import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import type { FactSheet } from './fact-sheet.ts';
import type { Bound, Quantity } from './quantities.ts';

/** `近 50 %` may stand for 48 %: so far, by share, may a number with 约 or 近 lie from what it stands for. */
const ABOUT = 0.1;
/** A number with fewer digits may be this share off. */
const ROUNDED = 0.02;

/** Every number of the claim must stand in the sources by value, with its unit and the same side of its bound. */
export function compareQuantities({ claim, aligned, all }: Comparison): FactProblem[] {
  return claim.quantities().flatMap((said) => {
    const near = aligned.flatMap((sheet) => sheet.quantities());
    if (near.some((known) => agrees(said, known))) return [];
    if (aligned.some((sheet) => sharesUnit(said, sheet))) return [];
    const far = all.flatMap((sheet) => sheet.quantities());
    if (far.some((known) => agrees(said, known)) || all.some((sheet) => sharesUnit(said, sheet))) return [];
    if (said.few !== undefined && !near.some((known) => known.few === said.few)) return [];
    if (said.value === 0 && all.some(({ plain }) => /[零未无没]/.test(plain))) return [];
    if (said.unit === '' && all.some(({ plain }) => standsInName(said, plain))) return [];
    return [explain(said, [...near, ...far])];
  });
}

/** Is the known amount what is said? The same value and unit, or as 约, 近, 超 allow. */
export function agrees(said: Quantity, known: Quantity): boolean {
  if (!unitsFit(said, known)) return false;
  if (said.value === known.value) return !turned(said.bound, known.bound);
  // `超 1200 万` for 1234 万: rounded down to the digits that are written.
  if (said.bound === 'over') return known.value > said.value && known.value < said.value + lastDigitOf(said);
  if (isRounded(said, known)) return !turned(said.bound, known.bound);
  if (said.bound === 'about') return Math.abs(known.value - said.value) <= said.value * ABOUT;
  return false;
}

/** 97万亿 for 97.42万亿: fewer digits of the same amount. */
function isRounded(said: Quantity, known: Quantity): boolean {
  const step = lastDigitOf(said);
  return (
    step > 0 &&
    Math.abs(known.value - said.value) <= said.value * ROUNDED &&
    known.value !== 0 &&
    lastDigitOf(known) < step &&
    [Math.floor, Math.round].some((way) => Math.abs(way(known.value / step) * step - said.value) < step / 1e6)
  );
}

/** What one more in the last written digit other than zero would add. */
function lastDigitOf({ digits, value }: Quantity): number {
  const written = String(digits);
  const places = written.includes('.')
    ? -(written.split('.')[1]?.length ?? 0)
    : (/0*$/.exec(written)?.[0].length ?? 0);
  return digits === 0 ? 0 : 10 ** places * (value / digits);
}

/** A currency or counter may be left out where the reader sees it from the rest; a share is always said. */
function unitsFit(said: Quantity, known: Quantity): boolean {
  return (
    said.unit === known.unit ||
    (said.unit === '' && !['%', '百分点', '倍', '折', '基点'].includes(known.unit))
  );
}

/** 超 for 近, 不到 for 超: the bound was turned round. Leaving it out is no untruth. */
function turned(said: Bound, known: Bound): boolean {
  return (
    (said === 'over' && (known === 'under' || known === 'about')) ||
    (said === 'under' && known === 'over') ||
    (said === 'about' && known === 'over')
  );
}

/** `每百万输入 5、输出 25 美元`: a number without a unit in a sentence that has the unit. */
function sharesUnit(said: Quantity, sheet: FactSheet): boolean {
  const known = sheet.quantities();
  return (
    said.unit !== '' &&
    known.some((one) => one.unit === '' && one.digits === said.digits && one.value === said.digits) &&
    known.some(
      (one) =>
        one.unit === said.unit &&
        one.value !== said.value &&
        one.value / one.digits === said.value / said.digits,
    )
  );
}

/** The 35B of `Qwen3.5-35B-A3B`, the 3.22 of `2026.3.22`. */
function standsInName({ digits }: Quantity, plain: string): boolean {
  const sign = String(digits).replace('.', '\\.');
  return new RegExp(
    `(?<![\\d.])${sign}(?![\\d.]*\\d)(?=[A-Za-z])|(?<=[A-Za-z][-.]?|\\d{4}\\.)${sign}(?![\\d.]*\\d)`,
  ).test(plain);
}

function explain(said: Quantity, known: readonly Quantity[]): FactProblem {
  const turnedRound = known.find((one) => one.value === said.value && unitsFit(said, one));
  if (turnedRound !== undefined)
    return problem('number', said.said, turnedRound.said, `「${said.said}」前后的约、超、不到与原文相反`);
  const other = known.find((one) => one.digits === said.digits && one.unit !== said.unit);
  if (other !== undefined)
    return problem(
      'unit',
      said.said,
      other.said,
      `单位不同：简讯是「${said.said}」，原文是「${other.said}」`,
    );
  const sameDigits = known.find((one) => one.digits === said.digits);
  if (sameDigits !== undefined)
    return problem(
      'unit',
      said.said,
      sameDigits.said,
      `数量级不同：简讯是「${said.said}」，原文是「${sameDigits.said}」`,
    );
  const nearest = known.find((one) => one.unit === said.unit && one.unit !== '');
  return problem(
    'number',
    said.said,
    nearest?.said,
    nearest ? `原文没有「${said.said}」，有「${nearest.said}」` : `原文没有「${said.said}」这个数`,
  );
}

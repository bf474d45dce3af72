import { saysDate } from './dates.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';

/** Every date of the claim must be said by the sources, in whatever words. */
export function compareDates({ claim, aligned, all }: Comparison): FactProblem[] {
  return claim.dates().flatMap((said) => {
    const near = aligned.flatMap((sheet) => sheet.dates());
    if (near.some((known) => saysDate(said, known))) return [];
    const far = all.flatMap((sheet) => sheet.dates());
    if (far.some((known) => saysDate(said, known))) return [];
    const other = near[0] ?? far[0];
    return [
      problem(
        'date',
        said.said,
        other?.said,
        other
          ? `日期不同：简讯是「${said.said}」，原文是「${other.said}」`
          : `原文没有「${said.said}」这个日期`,
      ),
    ];
  });
}

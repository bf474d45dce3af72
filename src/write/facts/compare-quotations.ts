import type { NameStock } from './compare-names.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { squeezed } from './plain-text.ts';

const QUOTED = /“([^“”]{2,160})”|「([^「」]{2,160})」|『([^『』]{2,160})』|"([^"\n]{2,160})"/gu;
const TITLED = /《([^《》]{1,80})》/gu;

/** What stands in quotation marks or title marks must stand in the sources letter by letter. */
export function compareQuotations({ claim, sameScript }: Comparison, stock: NameStock): FactProblem[] {
  const check = (pattern: RegExp, kind: 'quotation' | 'name') =>
    [...claim.plain.matchAll(pattern)].flatMap((match) => {
      const said = match.slice(1).find((group) => group !== undefined) ?? '';
      // A translated quotation cannot be compared letter by letter.
      if (!sameScript && /\p{Script=Han}/u.test(said)) return [];
      if (stock.text.includes(said) || stock.letters().includes(squeezed(said))) return [];
      const message = kind === 'name' ? `原文没有《${said}》` : `引号里的话不是原文：「${said}」`;
      return [problem(kind, said, undefined, message)];
    });
  return [...check(QUOTED, 'quotation'), ...check(TITLED, 'name')];
}

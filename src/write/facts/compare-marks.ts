import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import type { Mark } from './marks.ts';
import { stem, type Term } from './terms.ts';

/** How far a denial or doubt reaches, in characters, within its clause; English words are longer. */
const REACH = { negation: { han: 8, latin: 28 }, modality: { han: 16, latin: 48 } } as const;
/** Characters between a denial and the verb it denies: `未[能在会上]发布`. */
const LIGHT = /^(?:有|能|会|可|再|曾|被|对|在|将|要|得|让|使|把|给|向|与|和|于|以|为|所|了|过|正式|直接|进一步|任何|继续|需要|要求|考虑|打算|计划|be|been|yet|any|to|have|has|the|a)+/u;

type Group = 'negation' | 'modality';

/** A denial or a doubt may neither vanish nor appear between source and claim. */
export function compareMarks(comparison: Comparison): FactProblem[] {
  if (!comparison.sameScript) return [];
  return (['negation', 'modality'] as const).flatMap((group) => [
    ...appeared(comparison, group),
    ...vanished(comparison, group),
  ]);
}

function appeared({ claim, aligned, all, hearsayBefore }: Comparison, group: Group): FactProblem[] {
  return marksOf(claim, group).flatMap((mark) => {
    if (mark.kind === 'hearsay') {
      const doubted = all.some((sheet) => marksOf(sheet, 'modality').some(({ kind }) => kind === 'hearsay'));
      return doubted || hearsayBefore ? [] : [appearance(group, mark)];
    }
    const reach = reachOf(claim, mark, group);
    const sentences = aligned.some((sheet) => holds(sheet, reach[0])) ? aligned : all;
    const verdict = judge(reach, sentences, group);
    if (verdict === 'marked') return [];
    if (verdict === 'unmarked') return [appearance(group, mark)];
    return aligned.some((sheet) => marksOf(sheet, group).length > 0) ? [] : [appearance(group, mark)];
  });
}

function appearance(group: Group, mark: Mark): FactProblem {
  const what = group === 'negation' ? '否定' : '推测语气';
  return problem(group, mark.said, undefined, `简讯多了「${mark.said}」：原文没有这个${what}`);
}

/** Of the reached terms the first that the sentences know decides: is it under such a mark there too? */
function judge(reach: readonly Term[], sentences: readonly FactSheet[], group: Group): 'marked' | 'unmarked' | 'absent' {
  for (const { term } of reach) {
    const places = sentences.flatMap((sheet) =>
      sheet.terms().filter((known) => known.term === term).map((known) => isUnder(sheet, known, group)),
    );
    if (places.length > 0) return places.includes(true) ? 'marked' : 'unmarked';
  }
  return 'absent';
}

function vanished({ claim, aligned, all, hearsayBefore }: Comparison, group: Group): FactProblem[] {
  const [best] = aligned;
  if (best === undefined) return [];
  const problems = marksOf(best, group).flatMap((mark) => {
    if (mark.kind === 'hearsay') return [];
    const [first] = reachOf(best, mark, group);
    if (first === undefined) return [];
    const said = claim.terms().filter(({ term }) => term === first.term);
    if (said.length === 0 || said.some((term) => isUnder(claim, term, group))) return [];
    // Said as a fact elsewhere in the sources: then the claim may rest on that.
    const stated = all.some((sheet) =>
      sheet.terms().some((known) => known.term === first.term && !isUnder(sheet, known, group)),
    );
    return stated ? [] : [disappearance(group, mark)];
  });
  const hearsay = marksOf(best, 'modality').find(({ kind }) => kind === 'hearsay');
  const kept = hearsayBefore || marksOf(claim, 'modality').length > 0;
  if (group === 'modality' && hearsay && !kept) problems.push(disappearance(group, hearsay));
  return problems;
}

function disappearance(group: Group, mark: Mark): FactProblem {
  const what = group === 'negation' ? '说的是相反的事' : '把推测写成了事实';
  return problem(group, '', mark.said, `原文有「${mark.said}」，简讯没有，${what}`);
}

export function marksOf(sheet: FactSheet, group: Group): Mark[] {
  return sheet.marks().filter(({ kind }) => (kind === 'negation') === (group === 'negation'));
}

/** The terms a mark speaks of: after it, in its clause; what is denied comes first. */
function reachOf(sheet: FactSheet, mark: Mark, group: Group): Term[] {
  const { end } = clauseAround(sheet, mark.start);
  const tail = sheet.plain.slice(mark.end, end);
  const from = mark.end + (LIGHT.exec(tail.trimStart())?.[0].length ?? 0) + (tail.length - tail.trimStart().length);
  return sheet.terms().filter((term) => term.start >= from && term.end <= reachEnd(sheet, mark, group));
}

function reachEnd(sheet: FactSheet, mark: Mark, group: Group): number {
  const { end } = clauseAround(sheet, mark.start);
  const reach = REACH[group][/[A-Za-z]/.test(sheet.plain.slice(mark.end, mark.end + 3)) ? 'latin' : 'han'];
  return Math.min(end, mark.end + reach);
}

function isUnder(sheet: FactSheet, term: Term, group: Group): boolean {
  return marksOf(sheet, group).some(
    (mark) =>
      mark.kind === 'hearsay' || (mark.end <= term.start && term.start < reachEnd(sheet, mark, group)),
  );
}

function holds(sheet: FactSheet, term: Term | undefined): boolean {
  return term !== undefined && sheet.terms().some((known) => known.term === stem(term.term) || known.term === term.term);
}

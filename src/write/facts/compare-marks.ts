import type { FactDesk } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import type { Mark, MarkGroup } from './marks.ts';
import type { Term } from './terms.ts';

/** How far a denial or doubt reaches, in characters, within its clause; English words are longer. */
const REACH = { negation: { han: 8, latin: 28 }, modality: { han: 16, latin: 48 } } as const;
/** Characters between a denial and the verb it denies: `未[能在会上]发布`. */
const LIGHT =
  /^(?:有|能|会|可|再|曾|被|对|在|将|要|得|让|使|把|给|向|与|和|于|以|为|所|了|过|正式|直接|进一步|任何|继续|需要|要求|考虑|打算|计划|(?:be|been|yet|any|to|have|has|the|a)\b\s?)+/u;

/** `，知情人士透露。`: after a hearsay no more than this follows when it stands at the end of what it is of. */
const TAIL = 2;
/** Only the sentences that tell the same as the claim bear out its doubt, not all that share a word with it. */
const WITNESSES = 2;

/** `将` says when, as much as whether: it may be added to what is told as coming in other words. */
const FUTURE = /^(?:即?将|will$|'ll$)/;

const ATTRIBUTE = /^[未无非不]\p{Script=Han}{1,4}的(?!\p{Script=Han}?[。，])/u;

/** What is denied are the first words after the denial; later ones only tell of whom or where. */
const TERMS_DENIED = 2;

/** A denial or a doubt may neither vanish nor appear between source and claim. */
export function compareMarks(comparison: Comparison, desk: FactDesk): FactProblem[] {
  if (!comparison.sameScript) return [];
  return (['negation', 'modality'] as const).flatMap((group) => [
    ...appeared(comparison, group),
    ...vanished(comparison, group, desk),
  ]);
}

function appeared({ claim, aligned, all }: Comparison, group: MarkGroup): FactProblem[] {
  return marksOf(claim, group).flatMap((mark) => {
    if (mark.soft) return [];
    // Who says so may be added to what is a report anyway, not to what is told plainly.
    if (mark.hearsay)
      return aligned.some((sheet) => marksOf(sheet, group).some(({ soft }) => !soft))
        ? []
        : [appearance(group, mark)];
    if (FUTURE.test(mark.said) && !isDone(reachOf(claim, mark, group)[0], aligned)) return [];
    // 未发布的模型: said by the way, of a thing, not of what happened.
    if (ATTRIBUTE.test(claim.plain.slice(mark.start, mark.end + 6))) return [];
    const reach = reachOf(claim, mark, group).slice(0, TERMS_DENIED);
    // Nothing after it: a noun (学生计划), no plan.
    if (reach.length === 0) return [];
    const telling = aligned.filter((sheet, n) => n < WITNESSES || holds(sheet, reach[0]));
    const verdict = judge(reach, telling.some((sheet) => holds(sheet, reach[0])) ? telling : all, group);
    const known = telling.flatMap((sheet) => marksOf(sheet, group));
    if (mark.said.length > 1 && known.some(({ said }) => said === mark.said)) return [];
    const doubted =
      known.length > 0 || aligned.some((sheet) => marksOf(sheet, group).some(({ soft }) => !soft));
    return verdict === 'marked' || (verdict === 'absent' && doubted) ? [] : [appearance(group, mark)];
  });
}

function appearance(group: MarkGroup, mark: Mark): FactProblem {
  const what = group === 'negation' ? '否定' : '推测语气';
  return problem(group, mark.said, undefined, `简讯多了「${mark.said}」：原文没有这个${what}`);
}

/** Of the reached terms the first that the sentences know decides: is it under such a mark there too? */
function judge(
  reach: readonly Term[],
  sentences: readonly FactSheet[],
  group: MarkGroup,
): 'marked' | 'unmarked' | 'absent' {
  for (const { term } of reach) {
    const places = sentences.flatMap((sheet) =>
      sheet
        .terms()
        .filter((known) => known.term === term)
        .map((known) => (group === 'negation' ? isUnder(sheet, known, group) : isNear(sheet, known, group))),
    );
    if (places.length > 0) return places.includes(true) ? 'marked' : 'unmarked';
  }
  return 'absent';
}

function vanished(
  { claim, aligned, all, hearsayBefore }: Comparison,
  group: MarkGroup,
  desk: FactDesk,
): FactProblem[] {
  const [best] = aligned;
  // One doubt colours the whole sentence.
  if (best === undefined || (group === 'modality' && marksOf(claim, group).length > 0)) return [];
  const firm = marksOf(best, group).filter(({ soft }) => !soft);
  const problems = firm.flatMap((mark) => {
    // 将于下周发布 told as 下周发布: the day says that it is to come.
    if (mark.hearsay || (FUTURE.test(mark.said) && claim.dates().length > 0)) return [];
    const reach = reachOf(best, mark, group);
    const [first, ...others] = reach;
    if (first === undefined) return [];
    const rest = new Set(others.map(({ term }) => term));
    const verb = best.deeds().find(({ start, end }) => start <= first.start && first.start < end)?.value;
    const placesIn = (sheet: FactSheet) =>
      [
        ...sheet.terms().filter(({ term }) => term === first.term),
        // 拟推出 told as 发布, plans to buy as bought.
        ...(verb !== undefined && desk.isAgentVerb(verb) ? deedPlaces(sheet, verb) : []),
      ].filter((place) => isOf(rest, sheet, place));
    const said = placesIn(claim);
    if (said.length === 0 || said.some((place) => isUnder(claim, place, group))) return [];
    // Said as a fact elsewhere in the sources: then the claim may rest on that.
    const stated = all.some((sheet) => placesIn(sheet).some((place) => !isUnder(sheet, place, group)));
    return stated ? [] : [disappearance(group, mark)];
  });
  const hearsay = firm.find((mark) => mark.hearsay && speaksOf(best, mark, claim));
  if (hearsay !== undefined && !hearsayBefore) problems.push(disappearance(group, hearsay));
  return problems;
}

/** 没有发布权重 and 发布了模型 are two things: what follows the verb in its clause has to be shared, if anything does. */
function isOf(rest: ReadonlySet<string>, sheet: FactSheet, place: { start: number; end: number }): boolean {
  const { start, end } = clauseAround(sheet, place.start);
  const after = sheet.terms().filter((term) => term.start >= place.end && term.end <= end);
  return (
    rest.size === 0 ||
    after.length === 0 ||
    sheet.terms().some((term) => rest.has(term.term) && term.start >= start && term.end <= end)
  );
}

/** Where the deed is named; its last letter counts, for `plans to` and `to buy` share a word. */
function deedPlaces(sheet: FactSheet, verb: string): { start: number; end: number }[] {
  return sheet
    .deeds()
    .filter(({ value }) => value === verb)
    .map(({ end }) => ({ start: end - 1, end }));
}

function disappearance(group: MarkGroup, mark: Mark): FactProblem {
  const what = group === 'negation' ? '说的是相反的事' : '把推测写成了事实';
  return problem(group, '', mark.said, `原文有「${mark.said}」，简讯没有，${what}`);
}

function marksOf(sheet: FactSheet, group: MarkGroup): Mark[] {
  return sheet.marks().filter((mark) => mark.group === group);
}

/** The terms a mark speaks of: after it, in its clause; what is denied comes first. */
function reachOf(sheet: FactSheet, mark: Mark, group: MarkGroup): Term[] {
  const { end } = clauseAround(sheet, mark.start);
  const tail = sheet.plain.slice(mark.end, end);
  const blank = tail.length - tail.trimStart().length;
  const from = mark.end + blank + (LIGHT.exec(tail.trimStart())?.[0].length ?? 0);
  return sheet.terms().filter((term) => term.start >= from && term.end <= reachEnd(sheet, mark, group));
}

function reachEnd(sheet: FactSheet, mark: Mark, group: MarkGroup): number {
  const { end } = clauseAround(sheet, mark.start);
  const reach = REACH[group][/^\s?[A-Za-z]/.test(sheet.plain.slice(mark.end)) ? 'latin' : 'han'];
  return Math.min(end, mark.end + reach);
}

function isUnder(sheet: FactSheet, term: { start: number }, group: MarkGroup): boolean {
  return marksOf(sheet, group).some(
    (mark) => mark.hearsay || (mark.end <= term.start && term.start < reachEnd(sheet, mark, group)),
  );
}

/** `甲事，据称乙事`: the hearsay is of what follows, up to a semicolon; at the end of a sentence of all before it. */
function speaksOf(sheet: FactSheet, mark: Mark, claim: FactSheet): boolean {
  const from = sheet.plain.lastIndexOf('；', mark.start) + 1;
  const next = sheet.plain.indexOf('；', mark.end);
  const to = next < 0 ? sheet.plain.length : next;
  const following = sheet.terms().filter(({ start, end }) => start >= mark.end && end <= to);
  const meant =
    following.length > TAIL
      ? following
      : sheet.terms().filter(({ start, end }) => start >= from && end <= to);
  const said = new Set(claim.terms().map(({ term }) => term));
  return meant.some(({ term }) => said.has(term));
}

/** 已发布, 发布了: what the source tells as done is not to come. */
function isDone(term: Term | undefined, aligned: readonly FactSheet[]): boolean {
  return aligned
    .slice(0, WITNESSES)
    .some((sheet) =>
      sheet
        .terms()
        .some(
          ({ term: known, start, end }) =>
            known === term?.term &&
            /已经?(?:正式)?$/.test(sheet.plain.slice(0, start)) !== /^了/.test(sheet.plain.slice(end)),
        ),
    );
}

/** A doubt colours its whole clause, whatever the order of words. */
function isNear(sheet: FactSheet, term: Term, group: MarkGroup): boolean {
  const { start, end } = clauseAround(sheet, term.start);
  return marksOf(sheet, group).some((mark) => mark.hearsay || (mark.start >= start && mark.end <= end));
}

function holds(sheet: FactSheet, term: Term | undefined): boolean {
  return term !== undefined && sheet.terms().some((known) => known.term === term.term);
}

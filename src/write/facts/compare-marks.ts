import type { FactDesk } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import { isNear, isUnder, LIGHT, marksOf, reachOf, WITNESSES } from './mark-reach.ts';
import type { Mark, MarkGroup } from './marks.ts';
import { type DeedHit, isOneDeed, MATTER } from './one-deed.ts';
import type { Term } from './terms.ts';
import { isDoneAt, toldAsDone } from './told-as-done.ts';
import { ATTRIBUTED, unattributed } from './unattributed.ts';

/** `，知情人士透露。`: after a hearsay no more than this follows when it stands at the end of what it is of. */
const TAIL = 2;
/** `将` says when, as much as whether: it may be added to what is told as coming in other words. */
const FUTURE = /^(?:即?将|will$|'ll$)/;

const TOLD_BY_OTHERS = /据|称|表示|报道|消息|曝|流传|传出|透露|爆料|泄露|社区|网友|用户发现|媒体/u;

const ATTRIBUTE =
  /^[未无非不](?:\p{Script=Han}{1,4}的(?!\p{Script=Han}?[。，])|(?:公开|发布|上线|命名)(?:的|新)?(?:功能|模型|版本|产品|信息|代码|接口|项目))/u;

/** What is denied are the first words after the denial; later ones only tell of whom or where. */
const TERMS_DENIED = 2;

/** A denial or a doubt may neither vanish nor appear between source and claim. */
export function compareMarks(comparison: Comparison, desk: FactDesk): FactProblem[] {
  if (!comparison.sameScript) return [];
  return [
    ...(['negation', 'modality'] as const).flatMap((group) => [
      ...appeared(comparison, group),
      ...vanished(comparison, group, desk),
    ]),
    ...toldAsDone(comparison),
    ...unattributed(comparison),
  ];
}

function appeared({ claim, aligned, all }: Comparison, group: MarkGroup): FactProblem[] {
  return marksOf(claim, group).flatMap((mark) => {
    if (mark.soft) return [];
    // Who says so may be added to what is a report anyway, not to what is told plainly.
    if (mark.hearsay)
      return aligned.some(
        (sheet) => marksOf(sheet, group).some(({ soft }) => !soft) || TOLD_BY_OTHERS.test(sheet.plain),
      )
        ? []
        : [appearance(group, mark)];
    if (FUTURE.test(mark.said) && !isDone(reachOf(claim, mark, group)[0], aligned)) return [];
    // 未发布的模型: said by the way, of a thing, not of what happened.
    if (ATTRIBUTE.test(claim.plain.slice(mark.start, mark.end + 6))) return [];
    // 没有宣布: who denies that anybody said so needs a source in which nobody does.
    if (group === 'negation' && OF_EVENTS.test(mark.said) && SAYING.test(claim.plain.slice(mark.end)))
      return all.some(({ plain }) => UNSAID.test(plain)) ? [] : [appearance(group, mark)];
    const reach = reachOf(claim, mark, group).slice(0, TERMS_DENIED);
    // Nothing after it: a noun (学生计划), no plan.
    if (reach.length === 0) return [];
    const telling = aligned.filter((sheet, n) => n < WITNESSES || holds(sheet, reach[0]));
    const verdict = judge(reach, telling.some((sheet) => holds(sheet, reach[0])) ? telling : all, group);
    if (
      mark.said.length > 1 &&
      telling.some((sheet) =>
        marksOf(sheet, group).some(
          (known) => known.said === mark.said && isOfTheSame(claim, mark, sheet, known),
        ),
      )
    )
      return [];
    if (verdict !== 'absent') return verdict === 'marked' ? [] : [appearance(group, mark)];
    const deed = judgeDeed(deedAfter(claim, mark), aligned.slice(0, WITNESSES), group);
    if (deed !== 'absent') return deed === 'marked' ? [] : [appearance(group, mark)];
    const matter = judgeMatter(claim, mark, all, group);
    if (matter !== 'absent') return matter === 'marked' ? [] : [appearance(group, mark)];
    if (!OF_EVENTS.test(mark.said)) return [];
    const borneOut = aligned.some((sheet) =>
      marksOf(sheet, group).some((known) => isOfTheSame(claim, mark, sheet, known)),
    );
    return borneOut || (YET.test(mark.said) && aligned.some(isToCome)) ? [] : [appearance(group, mark)];
  });
}

/** What these deny is an event; 无需 and 不 deny what a thing is like, and of that sources need not speak. */
const OF_EVENTS = /^(?:[尚并从]?未|没有?|不再|否认|拒绝|暂不|not|never|den)/;

const SAYING = /^\s?(?:正式)?(?:宣布|表示|声称|指出|强调)/u;
const UNSAID = /[未没不]有?[^，。；、]{0,4}(?:宣布|表示|公布|透露|披露|证实|回应|说明|指出|强调)|拒绝|否认/u;

/** 尚未发布 of what the source tells as a preview or as coming. */
const YET = /^尚?未|^暂不/;
const isToCome = ({ plain }: FactSheet) => /预览|测试|内测|灰度|筹备|即将|将于|计划|预告/u.test(plain);

function deedAfter(sheet: FactSheet, mark: Mark): DeedHit | undefined {
  const tail = sheet.plain.slice(mark.end);
  const blank = tail.length - tail.trimStart().length;
  const from = mark.end + blank + (LIGHT.exec(tail.trimStart())?.[0].length ?? 0);
  return sheet.deeds().find(({ start, end }) => start >= mark.end && start <= from && end > from);
}

/** Is the deed under such a mark where the sentences tell of it, in whatever words? */
function judgeDeed(
  deed: DeedHit | undefined,
  sentences: readonly FactSheet[],
  group: MarkGroup,
): 'marked' | 'unmarked' | 'absent' {
  if (deed === undefined) return 'absent';
  const places = sentences.flatMap((sheet) =>
    sheet
      .deeds()
      .filter((known) => isOneDeed(deed, known))
      .map((known) => (group === 'negation' ? isUnder(sheet, known, group) : isNear(sheet, known, group))),
  );
  if (places.length === 0) return 'absent';
  return places.includes(true) ? 'marked' : 'unmarked';
}

/** `可能开放早期访问` for `推出早期访问`: what the event is of, in clauses without and with such a mark. */
function judgeMatter(
  claim: FactSheet,
  mark: Mark,
  all: readonly FactSheet[],
  group: MarkGroup,
): 'marked' | 'unmarked' | 'absent' {
  const tail = claim.plain.slice(mark.end);
  const verb = EVENT.exec(tail)?.[0];
  if (verb === undefined) return 'absent';
  const from = mark.end + verb.length;
  const { end } = clauseAround(claim, mark.start);
  const matter = new Set(
    claim
      .terms()
      .filter((term) => term.start >= from && term.end <= end)
      .slice(0, MATTER.terms)
      .map(({ term }) => term),
  );
  const clauses = all.flatMap((sheet) => {
    const shared = sheet.terms().filter(({ term }) => matter.has(term));
    const starts = new Set(shared.map(({ start }) => clauseAround(sheet, start).start));
    return [...starts].flatMap((start) => {
      const inside = shared.filter((term) => clauseAround(sheet, term.start).start === start);
      const first = inside[0];
      return first && new Set(inside.map(({ term }) => term)).size >= MATTER.least ? [{ sheet, first }] : [];
    });
  });
  if (clauses.length === 0) return 'absent';
  return clauses.some(({ sheet, first }) => isNear(sheet, first, group)) ? 'marked' : 'unmarked';
}
const EVENT =
  /^\s?(?:正式|直接|同步|全面)?(?:发布|推出|提供|开放|上线|采用|集成|接入|完成|获得|实现|引入|新增|收购|开源|支持|包含|解决|允许|登陆|停用|取消|关闭)(?:了|过|对)?/u;

/** Does what the source's mark stands beside share a word with what the claim's reaches, in their clauses? */
function isOfTheSame(claim: FactSheet, mark: Mark, sheet: FactSheet, known: Mark): boolean {
  const here = clauseAround(claim, mark.start);
  const there = clauseAround(sheet, known.start);
  const said = new Set(
    claim
      .terms()
      .filter(({ start, end }) => start >= here.start && end <= here.end)
      .map(({ term }) => term),
  );
  return sheet
    .terms()
    .some(({ term, start, end }) => start >= there.start && end <= there.end && said.has(term));
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
  { claim, aligned, all, before }: Comparison,
  group: MarkGroup,
  desk: FactDesk,
): FactProblem[] {
  const [best] = aligned;
  // One doubt colours the whole sentence.
  if (best === undefined || (group === 'modality' && marksOf(claim, group).length > 0)) return [];
  const firm = marksOf(best, group).filter(({ soft }) => !soft);
  const problems = firm.flatMap((mark) => {
    if (mark.hearsay) return [];
    const reach = reachOf(best, mark, group);
    const [first, ...others] = reach;
    if (first === undefined) return [];
    const rest = new Set(others.map(({ term }) => term));
    const verb = best.deeds().find(({ start, end }) => start <= first.start && first.start < end)?.value;
    // 将于下周发布 told as 下周发布: the day says that it is to come. 将支持 told as 支持 says no more than that.
    const isAgents = verb !== undefined && desk.isAgentVerb(verb);
    if (/^即?将|^will$|^'ll$/.test(mark.said) && (claim.dates().length > 0 || !isAgents)) return [];
    const placesIn = (sheet: FactSheet) =>
      [
        ...sheet.terms().filter(({ term }) => term === first.term),
        // 拟推出 told as 发布, plans to buy as bought.
        ...(verb !== undefined && isAgents ? deedPlaces(sheet, verb) : []),
      ].filter((place) => isOf(rest, sheet, place));
    const said = placesIn(claim);
    if (said.length === 0 || said.some((place) => isUnder(claim, place, group))) return [];
    // Said as a fact elsewhere in the sources: then the claim may rest on that.
    const stated = all.some((sheet) => placesIn(sheet).some((place) => !isUnder(sheet, place, group)));
    return stated ? [] : [disappearance(group, mark)];
  });
  const named = [...before, claim].some(({ plain }) => ATTRIBUTED.test(plain));
  // 据称 says no more than that somebody says so.
  const hearsay = firm.find(
    (mark) => mark.hearsay && !(named && mark.said === '据称') && speaksOf(best, mark, claim),
  );
  if (hearsay !== undefined && !before.some((sheet) => sheet.marks().some((mark) => mark.hearsay)))
    problems.push(disappearance(group, hearsay));
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
  const heard = new Set(meant.map(({ term }) => term));
  return said.intersection(heard).size >= HEARD * Math.min(said.size, heard.size);
}

/** So much of what is heard, or of the claim, has to be the same for the claim to be hearsay, too. */
const HEARD = 0.4;

/** 已发布, 发布了: what the source tells as done is not to come. */
function isDone(term: Term | undefined, aligned: readonly FactSheet[]): boolean {
  return aligned
    .slice(0, WITNESSES)
    .some((sheet) => sheet.terms().some((known) => known.term === term?.term && isDoneAt(sheet, known)));
}

function holds(sheet: FactSheet, term: Term | undefined): boolean {
  return term !== undefined && sheet.terms().some((known) => known.term === term.term);
}

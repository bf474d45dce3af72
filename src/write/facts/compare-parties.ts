import type { Deed, DeedReader, Side } from './deeds.ts';
import type { FactDesk } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import { neighboursOf } from './neighbours.ts';
import { inOtherOrder, putTheOtherWay } from './other-order.ts';
import { areAkin, type Party, partiesOf } from './parties.ts';

/** Names after the verb that may have changed places with the one before it: a list, or an abbreviation first. */
const TRIED = 3;
/** Whom a preposition brings in is not who does it: `面向 Windows 用户推出`. */
const BROUGHT_IN =
  /(?:面向|针对|基于|利用|借助|通过|根据|[向为在对给与从于据将把])[^，。；\p{Script=Han}]{0,12}\p{Script=Han}{0,3}$|\b(?:for|in|on|with|to|from|at|of)\s(?:the\s)?$/u;

/** Who did it in the sources may not be whom it was done to in the claim. */
export function compareParties(
  { claim, aligned, all, sameScript }: Comparison,
  readDeeds: DeedReader,
  desk: FactDesk,
): FactProblem[] {
  const said = readDeeds(claim);
  if (said.length === 0) return [];
  const known = all.flatMap(readDeeds);
  return said.flatMap((deed) => {
    const same = known.filter(({ verb }) => verb === deed.verb);
    // 采购 is no 收购: a deed of such weight has to be told, in whatever words.
    if (same.length === 0 && sameScript && desk.isGrave(deed.word))
      return [problem('parties', deed.word, undefined, `原文没有「${deed.word}」这件事`)];
    const agents = desk.isAgentVerb(deed.verb) ? known.filter(({ verb }) => desk.isAgentVerb(verb)) : same;
    // A subject carried over from an earlier clause may be another's: only what the clause itself says counts.
    const { start: opens } = clauseAround(claim, deed.at);
    const nearest = deed.by.parties.findLast(({ start }) => start >= opens);
    const by =
      deed.by.parties.findLast(
        ({ start }) => start >= opens && !BROUGHT_IN.test(claim.plain.slice(0, start)),
      ) ?? nearest;
    const to = deed.to.parties[0];
    // A firm may do anything to what is its own (甲 that brings out 甲's model); only the reverse would be strange.
    if (by !== undefined && by === nearest && deed.put === undefined && to?.of === by.key) return [];
    let found =
      nearest && by && to
        ? (exchanged(nearest, to, same) ??
          inAnyWords(by, to, agents, known) ??
          deed.to.parties
            .slice(0, TRIED)
            .map((other) => inTheOthersPlace(deed, nearest, other, all, desk))
            .find((words) => words !== undefined))
        : desk.isAgentVerb(deed.verb)
          ? swappedWords(
              deed,
              same.filter(({ sheet }) => aligned.includes(sheet)),
            )
          : undefined;
    found ??= putTheOtherWay(deed, known) ?? (deed.turned ? undefined : inOtherOrder(deed, all, desk));
    if (found === undefined) return [];
    return [problem('parties', deed.said, found, `当事方颠倒：简讯是「${deed.said}」，原文是「${found}」`)];
  });
}

const holds = (side: Side, party: Party) => side.parties.some(({ key }) => key === party.key);

/** The source's words, when there `to` does this very thing to `by`, and nowhere `by` to `to`. */
function exchanged(by: Party, to: Party, same: readonly Deed[]): string | undefined {
  if (same.some((deed) => holds(deed.by, by) && holds(deed.to, to))) return undefined;
  return same.find((deed) => holds(deed.by, to) && holds(deed.to, by))?.said;
}

/** The same where the source says it with another verb, or in two sentences. */
function inAnyWords(
  by: Party,
  to: Party,
  agents: readonly Deed[],
  known: readonly Deed[],
): string | undefined {
  const crossed = exchanged(by, to, agents);
  if (crossed !== undefined) return crossed;
  if (agents.some((deed) => holds(deed.by, by) && holds(deed.to, to))) return undefined;
  // `to` does such things, and nothing says that `by` does or that `to` has them done.
  const active = agents.find((deed) => holds(deed.by, to));
  // No product brings out its own maker.
  if (by.of !== undefined && by.of === to.key)
    return (active ?? agents.find((deed) => holds(deed.to, by)))?.said;
  const reverse = agents.some((deed) => holds(deed.by, by) || holds(deed.to, to));
  const backwards = known.some((deed) => holds(deed.to, by)) || (to.firm && !by.firm);
  return active && !reverse && backwards ? active.said : undefined;
}

/**
 * `名为甲的乙工具` of a source that has 甲工具 named 乙: what stands beside the one name stands beside the other in the
 * sources, and nothing that stands beside them in the claim does there. Words of deeds do not count.
 */
function inTheOthersPlace(
  { sheet }: Deed,
  one: Party,
  other: Party,
  all: readonly FactSheet[],
  desk: FactDesk,
): string | undefined {
  if (areAkin(one, other)) return undefined;
  const isDeed = (neighbour: string) => desk.findDeeds(neighbour.slice(1)).length > 0;
  const beside = (party: Party) => neighboursOf(sheet, party).filter((neighbour) => !isDeed(neighbour));
  const own = [beside(one), beside(other)];
  if (own.every(({ length }) => length === 0)) return undefined;
  let crossed: string | undefined;
  for (const source of all)
    for (const party of partiesOf(source, desk.commonWords)) {
      if (party.key !== one.key && party.key !== other.key) continue;
      const [mine = [], theirs = []] = party.key === one.key ? own : own.toReversed();
      const there = neighboursOf(source, party);
      if (there.some((neighbour) => mine.includes(neighbour))) return undefined;
      if (there.some((neighbour) => theirs.includes(neighbour))) crossed ??= source.plain;
    }
  return crossed;
}

/** For names that are not known as such: what touches the verb on one side stands on the other in the source. */
function swappedWords(deed: Deed, known: readonly Deed[]): string | undefined {
  const share = (one: Side, other: Side) => one.near().intersection(other.near()).size;
  if (known.some((one) => share(deed.by, one.by) + share(deed.to, one.to) > 0)) return undefined;
  return known.find((one) => share(deed.by, one.to) > 0 && share(deed.to, one.by) > 0)?.said;
}

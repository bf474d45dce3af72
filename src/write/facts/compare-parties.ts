import type { FactDesk } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';
import { latinWords } from './names-and-versions.ts';
import { neighboursOf } from './neighbours.ts';
import { once } from './once.ts';
import { squeezed } from './plain-text.ts';

/** Somebody or something that does or is done to: a known name, or a run of Latin words. */
type Party = { key: string; firm: boolean; of?: string; start: number; end: number };
/** A deed with what stands on its two sides: those who do it, and those it is done to. */
type Deed = { sheet: FactSheet; at: number; verb: string; said: string; by: Side; to: Side };
type Side = {
  parties: readonly Party[];
  /** The pairs of characters close to the verb. */
  near(): ReadonlySet<string>;
};

/** This near to the verb its sides stand, in characters. */
const NEAR = 40;
/** Names after the verb that may have changed places with the one before it: a list, or an abbreviation first. */
const TRIED = 3;
/** An unknown name of two to four characters stands this near to the verb: 青石宣布收购远帆. */
const TOUCHING = 6;

/** Whom a preposition brings in is not who does it: `面向 Windows 用户推出`. */
const BROUGHT_IN =
  /(?:面向|针对|基于|利用|借助|通过|根据|[向为在对给与从于据将把])[^，。；\p{Script=Han}]{0,12}\p{Script=Han}{0,3}$|\b(?:for|in|on|with|to|from|at|of)\s(?:the\s)?$/u;

/** Who did it in the sources may not be whom it was done to in the claim. */
export function compareParties(
  { claim, aligned, all }: Comparison,
  readDeeds: DeedReader,
  desk: FactDesk,
): FactProblem[] {
  const said = readDeeds(claim);
  if (said.length === 0) return [];
  const known = all.flatMap(readDeeds);
  return said.flatMap((deed) => {
    const same = known.filter(({ verb }) => verb === deed.verb);
    const agents = desk.isAgentVerb(deed.verb) ? known.filter(({ verb }) => desk.isAgentVerb(verb)) : same;
    // A subject carried over from an earlier clause may be another's: only what the clause itself says counts.
    const { start: opens } = clauseAround(claim, deed.at);
    const nearest = deed.by.parties.findLast(({ start }) => start >= opens);
    const by =
      deed.by.parties.findLast(
        ({ start }) => start >= opens && !BROUGHT_IN.test(claim.plain.slice(0, start)),
      ) ?? nearest;
    const to = deed.to.parties[0];
    const found =
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
  if (by.of !== undefined && by.of === to.key) return active?.said;
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
  // A firm and what is named after it: 甲 and 甲助手.
  if (one.key.includes(other.key) || other.key.includes(one.key)) return undefined;
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

/** Reads the deeds of a sheet, once however many claims ask. */
export type DeedReader = (sheet: FactSheet) => Deed[];

export function createDeedReader(desk: FactDesk): DeedReader {
  const known = new Map<FactSheet, Deed[]>();
  return (sheet) => {
    const read = known.get(sheet) ?? deedsOf(sheet, desk);
    known.set(sheet, read);
    return read;
  };
}

function deedsOf(sheet: FactSheet, desk: FactDesk): Deed[] {
  const deeds = sheet.deeds();
  if (deeds.length === 0) return [];
  const parties = partiesOf(sheet, desk.commonWords);
  return deeds.map(({ value: verb, start, end }) => {
    const clause = clauseAround(sheet, start);
    const side = (from: number, to: number): Side => {
      const inside = (span: { start: number; end: number }) => span.start >= from && span.end <= to;
      return {
        parties: parties.filter(inside),
        near: once(
          () =>
            new Set(
              sheet
                .terms()
                .filter(
                  (term) => inside(term) && term.end >= start - TOUCHING && term.start <= end + TOUCHING,
                )
                .map(({ term }) => term),
            ),
        ),
      };
    };
    const from = Math.max(0, start - NEAR);
    const before = parties.some((party) => party.start >= clause.start && party.end <= start)
      ? clause.start
      : from;
    const to = Math.min(clause.end, end + NEAR);
    const said = sheet.plain.slice(clause.start, clause.end).trim();
    const turned = desk.passiveBefore(sheet.plain.slice(clause.start, start));
    const fronted = /[将把]/.exec(sheet.plain.slice(clause.start, start));
    // A 将 B 集成到 C: what it is done to stands before the verb.
    if (fronted !== null && turned === undefined) {
      const at = clause.start + fronted.index;
      return { sheet, at: start, verb, said, by: side(before, at), to: side(at + 1, to) };
    }
    if (turned === undefined)
      return { sheet, at: start, verb, said, by: side(before, start), to: side(end, to) };
    // B被A收购: between 被 and the verb stands who did it; in English after `by`.
    const between = side(clause.start + turned.end, start);
    const by = between.near().size > 0 ? between : side(end, to);
    return { sheet, at: start, verb, said, by, to: side(from, clause.start + turned.start) };
  });
}

/** Known names, and runs of capitalised Latin words that are none, in order. */
function partiesOf(sheet: FactSheet, common: ReadonlySet<string>): Party[] {
  const names = sheet.names().map(({ name, start, end }) => ({
    key: squeezed(name.name),
    firm: name.kind === 'company' || name.kind === 'person',
    ...(name.of === undefined ? {} : { of: squeezed(name.of) }),
    start,
    end,
  }));
  const words = latinWords(sheet.plain).filter(
    ({ word, start, end }) =>
      /[A-Z\d]/.test(word) &&
      !common.has(word.toLowerCase()) &&
      !names.some((name) => start < name.end && end > name.start),
  );
  const runs = words.map(({ word, start, end }) => ({ key: squeezed(word), firm: false, start, end }));
  return [...names, ...runs].toSorted((one, other) => one.start - other.start);
}

import type { FactSheet } from './fact-sheet.ts';

/** What can be wrong with a claim. `unsupported`: no sentence of the sources speaks of it at all. */
export type ProblemKind =
  | 'number'
  | 'unit'
  | 'date'
  | 'name'
  | 'version'
  | 'negation'
  | 'modality'
  | 'direction'
  | 'parties'
  | 'quotation'
  | 'unsupported';

/** One thing a claim says that its sources do not. */
export type FactProblem = {
  kind: ProblemKind;
  /** The words of the claim. */
  said: string;
  /** What the sources say in their place; absent when they say nothing of the kind. */
  found?: string;
  /** For an editor, Chinese. */
  message: string;
};

/** A claim beside its sources, as the comparisons get it. */
export type Comparison = {
  claim: FactSheet;
  /** The source sentences that tell the same, the best first. */
  aligned: readonly FactSheet[];
  /** All sentences of all sources. */
  all: readonly FactSheet[];
  /** Are claim and sources written in one script, so that their words can be compared? */
  sameScript: boolean;
  isHeadline: boolean;
  /** The sentences of the summary before this one: who says so, said once, holds for those after it. */
  before: readonly FactSheet[];
};

export function problem(
  kind: ProblemKind,
  said: string,
  found: string | undefined,
  message: string,
): FactProblem {
  return found === undefined ? { kind, said, message } : { kind, said, found, message };
}

import assert from 'node:assert/strict';
import type { ProblemKind } from '../../src/write/facts/fact-problem.ts';
import { checkFacts } from '../../src/write/facts.ts';
import { desk } from './invented-desk.ts';

/** The day that the invented sources were published. */
export const PUBLISHED = '2026-03-10';

/** The kinds of problem a claim has with a source; none when it rests on it. */
export function problems(claim: string, source: string): ProblemKind[] {
  const sources = [{ id: 'a', title: '', text: source, publishedOn: PUBLISHED }];
  return checkFacts({ headline: claim, summary: '' }, sources, desk.facts).flatMap((checked) =>
    checked.ok ? [] : checked.problems.map(({ kind }) => kind),
  );
}

/** Rows of claim and source. */
export function hold(rows: readonly (readonly [claim: string, source: string])[]): void {
  for (const [claim, source] of rows) assert.deepEqual(problems(claim, source), [], `${claim} <- ${source}`);
}

export function fail(kind: ProblemKind, rows: readonly (readonly [claim: string, source: string])[]): void {
  for (const [claim, source] of rows)
    assert.ok(problems(claim, source).includes(kind), `${claim} <- ${source}: ${problems(claim, source)}`);
}

import { type Term, termsOf } from './terms.ts';

/** How well a source sentence covers a claim, 0..1: the share of the claim's terms, rare ones counting more. */
export type Alignment = { at: number; cover: number };

/**
 * For each claim the source sentences that share something with it, the best first. One walk over the source; only
 * terms of the claims are looked up, so nothing is indexed.
 */
export function alignClaims(
  claims: readonly { terms: readonly Term[]; also: readonly string[] }[],
  sentences: readonly string[],
): Alignment[][] {
  const wanted = new Map<string, number>();
  const claimTerms = claims.map(({ terms, also }) =>
    [...new Set([...terms.map(({ term }) => term), ...also])].map((term) => {
      const known = wanted.get(term) ?? wanted.size;
      wanted.set(term, known);
      return known;
    }),
  );
  const spread = new Float64Array(wanted.size);
  const found = sentences.map((sentence) => {
    const here = new Set<number>();
    for (const { term } of termsOf(sentence)) {
      const id = wanted.get(term);
      if (id !== undefined) here.add(id);
    }
    for (const id of here) spread[id] = (spread[id] ?? 0) + 1;
    return here;
  });
  // A term of every second sentence says little about where a claim comes from.
  const weightOf = (id: number) => Math.log(1 + sentences.length / (1 + (spread[id] ?? 0)));
  return claimTerms.map((ids) => {
    const total = ids.reduce((sum, id) => sum + weightOf(id), 0);
    return found
      .map((here, at) => ({
        at,
        cover: total === 0 ? 0 : ids.reduce((sum, id) => sum + (here.has(id) ? weightOf(id) : 0), 0) / total,
      }))
      .filter(({ cover }) => cover > 0)
      .toSorted((one, other) => other.cover - one.cover || one.at - other.at);
  });
}

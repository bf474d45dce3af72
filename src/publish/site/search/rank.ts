/** A document that a search found in one segment. */
export type Hit = { doc: number; score: number; whole: boolean };

/**
 * What one segment has for these terms: for each term its postings, rising. Documents with every term (`whole`) score
 * highest, the share of the terms found and of those in the headline count, and among equals the newer wins: a story of
 * today is worth one more headline than one of two years ago. Documents with fewer than 60 % of the terms are no answer.
 * Best first. Stands alone: it runs in the reader's browser, and an archive's year has 13,000 documents.
 */
export function rankHits(
  postings: readonly (readonly number[])[],
  ageInDays: (doc: number) => number,
): Hit[] {
  const size = 1 + Math.max(-1, ...postings.map((list) => (list.at(-1) ?? -1) >> 1));
  const [terms, titles] = [new Uint8Array(size), new Uint8Array(size)];
  for (const list of postings) {
    for (const value of list) {
      const doc = value >> 1;
      terms[doc] = (terms[doc] ?? 0) + 1;
      titles[doc] = (titles[doc] ?? 0) + (value & 1);
    }
  }
  const all = postings.length;
  const hits: Hit[] = [];
  for (let doc = 0; doc < size; doc += 1) {
    const has = terms[doc] ?? 0;
    if (has === 0 || has < all * 0.6) continue;
    const recency = 1 / (1 + ageInDays(doc) / 365);
    const score = (has / all) * 4 + ((titles[doc] ?? 0) / all) * 1.5 + recency;
    hits.push({ doc, score, whole: has === all });
  }
  return hits.sort((a, b) => b.score - a.score);
}

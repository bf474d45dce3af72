/** A document that a search found in one segment. */
export type Hit = { doc: number; score: number; whole: boolean };

/**
 * What one segment has for these terms: for each term its postings. Documents with every term come first (`whole`), the
 * share of the terms found and of those in the headline count, and among equals the newer wins: a story of today is worth
 * one more headline than one of two years ago. Documents with fewer than 60 % of the terms are no answer. Stands alone:
 * it runs in the reader's browser.
 */
export function rankHits(
  postings: readonly (readonly number[])[],
  ageInDays: (doc: number) => number,
): Hit[] {
  const found = new Map<number, { terms: number; titles: number }>();
  for (const list of postings) {
    for (const value of list) {
      const doc = value >> 1;
      const count = found.get(doc) ?? { terms: 0, titles: 0 };
      count.terms += 1;
      count.titles += value & 1;
      found.set(doc, count);
    }
  }
  const all = postings.length;
  const hits: Hit[] = [];
  for (const [doc, { terms, titles }] of found) {
    if (terms < all * 0.6) continue;
    const recency = 1 / (1 + ageInDays(doc) / 365);
    hits.push({ doc, score: (terms / all) * 4 + (titles / all) * 1.5 + recency, whole: terms === all });
  }
  return hits;
}

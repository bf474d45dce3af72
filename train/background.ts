import type { Article } from '../src/domain/article.ts';
import { type GroupTools, readForGrouping } from '../src/sift/pieces.ts';
import { createSpace } from '../src/sift/space.ts';
import { createTerms } from '../src/sift/terms.ts';

/** Terms that stand in fewer texts are rare without being listed. */
const LEAST = 10;

/** Counts in how many articles each term stands. Only the counts leave the data folder, no text. */
export function countBackground(articles: Iterable<Article>, tools: GroupTools) {
  const terms = createTerms({ documents: 0, counts: new Map() });
  const space = createSpace(terms);
  let documents = 0;
  let last = 0;
  for (const article of articles) {
    readForGrouping(article, tools, space);
    documents += 1;
  }
  const counts: Record<string, number> = {};
  for (let term = terms.term(last); term !== ''; last += 1, term = terms.term(last)) {
    const count = terms.inWindow(last);
    if (count >= LEAST) counts[term] = count;
  }
  return {
    documents,
    counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

import type { Article } from '../../src/domain/article.ts';
import { type GroupTools, type Piece, readForGrouping } from '../../src/sift/pieces.ts';
import { createSpace, type GroupSpace } from '../../src/sift/space.ts';
import { type Background, createTerms, type Terms } from '../../src/sift/terms.ts';

/**
 * Articles as pieces of one window. `apart`: each stands alone (bare pairs from everywhere), so that they say nothing
 * about how rare a term is; the background says it all.
 */
export function piecesOf(
  articles: readonly Article[],
  tools: GroupTools,
  background: Background,
  apart = false,
): { pieces: Piece[]; space: GroupSpace } {
  const terms = createTerms(background);
  const reading: Terms = apart ? Object.assign(Object.create(terms), { count() {} }) : terms;
  const space = createSpace(reading);
  const pieces = articles.map((article) => readForGrouping(article, tools, space));
  terms.settle();
  for (const { sheet } of pieces) space.sheets.weigh(sheet);
  return { pieces, space };
}

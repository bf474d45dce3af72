import type { Join } from '../domain/story.ts';
import { bandKeys, estimateJaccard } from '../text/similarity.ts';
import { type BandTable, createBandTable } from './band-table.ts';
import { contradiction } from './contradiction.ts';
import type { Piece } from './pieces.ts';
import type { GroupSpace } from './space.ts';

/** Shared shingles from which two texts are one piece with edits: a third of the text may differ. */
const NEAR_DUPLICATE = 0.6;
/** From here the text is the same but for a header or footer; the estimate's own error is 0.05 there. */
const REPOST = 0.8;
/** Titles shorter than this («早报», «Weekly update») are no proof. */
const MIN_TITLE_CHARS = 8;
/** Two pieces of one outlet under one title: from this cosine (title and lead) they are the same piece. */
const SAME_COLUMN_PIECE = 0.8;
/** A band that more pieces share is boilerplate; the first ones stand for all. */
const BAND_MOST = 24;

/** What a piece repeats, and how it joins that piece's story. */
export type Duplicate = { of: Piece; join: Join };

/** Knows the pieces of a window and finds which of them a new piece is again. */
export type DuplicateIndex = {
  /** The earliest piece that this one repeats, if any; then remembers it. Cost: constant for each of its bands. */
  take(piece: Piece): Duplicate | undefined;
};

/** Near-duplicates by equal title, by equal or pointed-at address, and by MinHash over the text. */
export function createDuplicateIndex(space: GroupSpace): DuplicateIndex {
  const titles = new Map<string, Piece>();
  const links = new Map<string, Piece>();
  const bands = createBandTable(BAND_MOST);
  const signed: Piece[] = [];
  return {
    take(piece) {
      const byTitle = sameTitle(piece, titles, space);
      const byLink = sameLink(piece, links);
      const byText = sameText(piece, bands, signed, space);
      return byTitle ?? byLink ?? byText;
    },
  };
}

function sameTitle(piece: Piece, titles: Map<string, Piece>, space: GroupSpace): Duplicate | undefined {
  const title = piece.plainTitle;
  if (title.length < MIN_TITLE_CHARS) return undefined;
  const earlier = titles.get(title);
  if (earlier === undefined) titles.set(title, piece);
  if (earlier === undefined || contradiction(earlier, piece, space) !== undefined) return undefined;
  // A column keeps its title from day to day; only another outlet's equal title is proof without the text.
  const column = earlier.sourceId === piece.sourceId;
  if (column && space.sheets.compare(earlier.sheet, piece.sheet).whole.cosine < SAME_COLUMN_PIECE)
    return undefined;
  return { of: earlier, join: joinOf(piece, 'repost', 1, ['标题相同']) };
}

/** The same address, or a bare pointer («392 分 · 317 条评论 · https://…») to the other's address. */
function sameLink(piece: Piece, links: Map<string, Piece>): Duplicate | undefined {
  let earlier: Piece | undefined;
  for (const link of piece.links) {
    earlier ??= links.get(link);
    if (!links.has(link)) links.set(link, piece);
  }
  if (earlier === undefined || earlier.roundup !== piece.roundup) return undefined;
  return { of: earlier, join: joinOf(piece, 'near-duplicate', 1, ['指向同一链接']) };
}

function sameText(
  piece: Piece,
  bands: BandTable,
  pieces: Piece[],
  { signatures }: GroupSpace,
): Duplicate | undefined {
  if (piece.signature === undefined) return undefined;
  const number = pieces.push(piece) - 1;
  const signature = signatures.read(piece.signature);
  let best: { of: Piece; score: number } | undefined;
  const seen = new Set<number>();
  for (const key of bandKeys(signature))
    for (const holder of bands.take(key, number)) {
      const other = pieces[holder];
      if (seen.has(holder) || other?.signature === undefined) continue;
      seen.add(holder);
      if (sharedTeaser(piece, other)) continue;
      const score = estimateJaccard(signature, signatures.read(other.signature));
      if (score >= NEAR_DUPLICATE && (best === undefined || score > best.score)) best = { of: other, score };
    }
  if (best === undefined || best.of.roundup !== piece.roundup) return undefined;
  const percent = Math.round(best.score * 100);
  const kind = best.score >= REPOST ? 'repost' : 'near-duplicate';
  return { of: best.of, join: joinOf(piece, kind, best.score, [`正文 ${percent}% 相同`]) };
}

/** One outlet's podcast and video may carry one teaser; whether they tell one event the scorer says. */
function sharedTeaser(piece: Piece, other: Piece): boolean {
  return (
    piece.sourceId === other.sourceId && piece.teaser && other.teaser && piece.plainTitle !== other.plainTitle
  );
}

function joinOf(piece: Piece, kind: Join['kind'], score: number, reasons: string[]): Join {
  return { articleId: piece.articleId, kind, score: Math.round(score * 100) / 100, reasons };
}

import type { Join } from '../domain/story.ts';
import { bandKeys, estimateJaccard, type Signature, signatureOf } from '../text/similarity.ts';
import { cosine, type Piece } from './pieces.ts';
import { contradiction } from './score-pair.ts';

/** Below this many characters a text is a teaser, and teasers of different pieces look alike. */
const MIN_TEXT_CHARS = 150;
/** Shared shingles from which two texts are one piece with edits. Chosen, not measured: a third of the text may differ. */
const NEAR_DUPLICATE = 0.6;
/** From here the text is the same but for a header or footer. */
const REPOST = 0.9;
/** Titles shorter than this («早报», «Weekly update») are no proof. */
const MIN_TITLE_CHARS = 8;

/** Two pieces of one outlet under one title: from this cosine (title and lead) they are the same piece. */
const SAME_COLUMN_PIECE = 0.8;

export type Duplicate = { of: Piece; join: Join };

/**
 * Finds pieces that are an earlier piece again: same normalised title, or nearly the same text.
 * Only later pieces are listed, each with the earliest one it repeats.
 */
export function findNearDuplicates(pieces: readonly Piece[]): Map<Piece, Duplicate> {
  const found = new Map<Piece, Duplicate>();
  const titles = new Map<string, Piece>();
  const links = new Map<string, Piece>();
  const bands = new Map<string, Piece[]>();
  const signatures = new Map<Piece, Signature>();
  for (const piece of pieces) {
    const duplicate = byTitle(piece, titles) ?? byLink(piece, links) ?? byText(piece, bands, signatures);
    if (duplicate !== undefined && piece.openStory === undefined) found.set(piece, duplicate);
  }
  return found;
}

function byTitle(piece: Piece, titles: Map<string, Piece>): Duplicate | undefined {
  const title = normalTitle(piece.article.title);
  const earlier = title.length < MIN_TITLE_CHARS ? undefined : titles.get(title);
  if (earlier === undefined) titles.set(title, piece);
  if (earlier === undefined || contradiction(earlier, piece) !== undefined) return undefined;
  // A column keeps its title from day to day; only another outlet's equal title is proof without the text.
  const column = earlier.article.sourceId === piece.article.sourceId;
  if (column && cosine(earlier.wholeVector, piece.wholeVector) < SAME_COLUMN_PIECE) return undefined;
  return { of: earlier, join: joinOf(piece, 'repost', 1, ['标题相同']) };
}

/** The same address, or a bare pointer («392 分 · 317 条评论 · https://…») to the other's address. */
function byLink(piece: Piece, links: Map<string, Piece>): Duplicate | undefined {
  let earlier: Piece | undefined;
  for (const link of piece.links) {
    earlier ??= links.get(link);
    if (!links.has(link)) links.set(link, piece);
  }
  if (earlier === undefined || earlier.roundup !== piece.roundup) return undefined;
  return { of: earlier, join: joinOf(piece, 'near-duplicate', 1, ['指向同一链接']) };
}

function byText(
  piece: Piece,
  bands: Map<string, Piece[]>,
  signatures: Map<Piece, Signature>,
): Duplicate | undefined {
  if (piece.text.length < MIN_TEXT_CHARS) return undefined;
  const signature = signatureOf(piece.text);
  if (signature === undefined) return undefined;
  signatures.set(piece, signature);
  let best: { of: Piece; score: number } | undefined;
  for (const key of bandKeys(signature)) {
    const bucket = bands.get(key) ?? [];
    for (const other of bucket) {
      const theirs = signatures.get(other);
      const score = theirs === undefined ? 0 : estimateJaccard(signature, theirs);
      if (score >= NEAR_DUPLICATE && (best === undefined || score > best.score)) best = { of: other, score };
    }
    bands.set(key, [...bucket, piece]);
  }
  if (best === undefined || best.of.roundup !== piece.roundup) return undefined;
  const percent = Math.round(best.score * 100);
  const kind = best.score >= REPOST ? 'repost' : 'near-duplicate';
  return { of: best.of, join: joinOf(piece, kind, best.score, [`正文 ${percent}% 相同`]) };
}

function joinOf(piece: Piece, kind: Join['kind'], score: number, reasons: string[]): Join {
  return { articleId: piece.article.id, kind, score: Math.round(score * 100) / 100, reasons };
}

/** A title without case, width, punctuation and blanks. */
export function normalTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

import type { Article } from '../domain/article.ts';
import type { Join, Story, StoryFile } from '../domain/story.ts';
import { agglomerate, type Cluster } from './agglomerate.ts';
import { findNearDuplicates } from './near-duplicates.ts';
import { type GroupTools, type Piece, readPieces } from './pieces.ts';
import { explainPair, scorePair } from './score-pair.ts';

/**
 * Puts fresh articles into stories: into the open ones where they fit, else together into new ones.
 *
 * Gives the stories that are new or changed, in the order they were opened. Open stories keep their ids and are never
 * merged; a new story is `s` + the id of its first article. The same input in any order gives the same stories.
 * How: reposts and near-duplicates first (same title, or MinHash over the text); then average-link clustering on
 * TF-IDF of words, names, versions and numbers, so that an article joins when it fits the whole story and not only one
 * member of it. Cost: near-linear; pairs are only compared when they share a rare term.
 */
export function groupArticles(input: {
  fresh: readonly Article[];
  open: readonly StoryFile[];
  lookup: GroupTools;
}): { stories: Story[] } {
  const known = new Set(input.open.flatMap((file) => file.story.joins.map((join) => join.articleId)));
  const fresh = input.fresh.filter((article) => !known.has(article.id)).toSorted(byTime);
  const pieces = readPieces(fresh, input.open, input.lookup);
  const duplicates = findNearDuplicates(pieces);
  const clusters = agglomerate(pieces, duplicates);
  return { stories: clusters.flatMap((cluster) => toStory(cluster, input.open, duplicates)) };
}

/** The order in which articles are taken, so that grouping never depends on the order of collecting. */
export function byTime(left: Article, right: Article): number {
  return left.publishedAt - right.publishedAt || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

function toStory(
  cluster: Cluster,
  open: readonly StoryFile[],
  duplicates: ReadonlyMap<Piece, { of: Piece; join: Join }>,
): Story[] {
  const arrived = cluster.members.filter((piece) => piece.openStory === undefined);
  const [first] = cluster.members;
  if (arrived.length === 0 || first === undefined) return [];
  const old = open.find((file) => file.story.id === cluster.openStory)?.story;
  const id = old?.id ?? `s${first.article.id}`;
  const joins: Join[] = old === undefined ? [] : [...old.joins];
  for (const piece of arrived) {
    if (joins.length === 0) joins.push({ articleId: piece.article.id, kind: 'first', score: 1, reasons: [] });
    else joins.push(duplicates.get(piece)?.join ?? sameEvent(piece, cluster.members));
  }
  return [{ id, openedAt: old?.openedAt ?? first.article.firstSeenAt, joins }];
}

/** The join of an article that tells the same event in its own words: reasons come from the member it fits best. */
function sameEvent(piece: Piece, members: readonly Piece[]): Join {
  let best: { other: Piece; score: number } | undefined;
  for (const other of members) {
    if (other === piece) continue;
    const score = scorePair(piece, other);
    if (best === undefined || score > best.score) best = { other, score };
  }
  const score = Math.round((best?.score ?? 0) * 100) / 100;
  const reasons = best === undefined ? [] : explainPair(piece, best.other);
  return { articleId: piece.article.id, kind: 'same-event', score, reasons };
}

import type { Article } from '../domain/article.ts';
import type { StoryFile } from '../domain/story.ts';
import type { GroupTools } from './pieces.ts';
import type { SiftModels } from './sift-models.ts';
import { type Grouping, type GroupOptions, openStoryWindow } from './story-window.ts';

/**
 * Puts fresh articles into stories: into the open ones where they fit, else together into new ones.
 *
 * Open stories keep their ids; two of them become one only when a new article fits both, and that is recorded. A new
 * story is `s` + the id of its first article. The same input in any order gives the same stories.
 * How: reposts and near-duplicates first (same title, or MinHash over the text); then average-link clustering on a
 * trained scorer of pairs, so that an article joins when it fits the whole story and not only one member of it.
 * Cost: near-linear; pairs are only compared when they share a rare term.
 */
export function groupArticles(input: {
  fresh: readonly Article[];
  open: readonly StoryFile[];
  tools: GroupTools;
  models: SiftModels;
  options?: GroupOptions;
}): Grouping {
  const known = new Set(input.open.flatMap((file) => file.story.joins.map((join) => join.articleId)));
  const window = openStoryWindow(input.tools, input.models, input.options);
  window.remember(input.open);
  return window.take(input.fresh.filter((article) => !known.has(article.id)).toSorted(byTime));
}

/** The order in which articles are taken, so that grouping never depends on the order of collecting. */
export function byTime(left: Article, right: Article): number {
  return left.publishedAt - right.publishedAt || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

import { type Article, textOf } from '../domain/article.ts';
import type { StoryFile } from '../domain/story.ts';
import { alikePairs, pairsOf } from './alike.ts';
import type { WritingDesk } from './writing-desk.ts';

/** More text than this adds nothing to a brief. */
const ENOUGH_TEXT = 600;

/** A title that has less than this much of what the most central title has in common with the others stands aside. */
const ASIDE = 0.5;

/**
 * The article to write from: one with text, in Chinese when there is one, that tells this event and not a digest of
 * many nor what the others hardly speak of, the original rather than a repost, the earlier when all else is equal.
 */
export function chooseArticle(file: StoryFile, desk: WritingDesk): Article | undefined {
  const reposts = new Set(
    file.story.joins.filter((join) => join.kind === 'repost').map((join) => join.articleId),
  );
  const aside = standAside(file.articles);
  const fitness = (article: Article): number => {
    const text = Math.min(textOf(article).length, ENOUGH_TEXT) / ENOUGH_TEXT;
    const chinese = article.language === 'zh' ? 1 : 0;
    const digest = desk.style.roundups.some((word) => article.title.includes(word)) ? -2 : 0;
    const repost = reposts.has(article.id) ? -0.5 : 0;
    const gone = article.body.kind === 'gone' ? -5 : 0;
    const other = aside.has(article.id) ? -1 : 0;
    return text + chinese + digest + repost + gone + other;
  };
  return file.articles.toSorted((a, b) => fitness(b) - fitness(a) || a.publishedAt - b.publishedAt)[0];
}

/** The articles whose titles have little in common with the titles of most; of two nobody can say which stands aside. */
function standAside(articles: readonly Article[]): ReadonlySet<string> {
  if (articles.length < 3) return new Set();
  const pairs = articles.map(({ title }) => pairsOf(title));
  const common = pairs.map((own, at) =>
    pairs.reduce((sum, other, place) => sum + (place === at ? 0 : alikePairs(own, other)), 0),
  );
  const most = Math.max(...common);
  return new Set(articles.flatMap(({ id }, at) => ((common[at] ?? 0) < ASIDE * most ? [id] : [])));
}

import { type Article, textOf } from '../domain/article.ts';
import type { StoryFile } from '../domain/story.ts';
import type { WritingDesk } from './writing-desk.ts';

/** More text than this adds nothing to a brief. */
const ENOUGH_TEXT = 600;

/**
 * The article to write from: one with text, in Chinese when there is one, that tells this event and not a digest of
 * many, the original rather than a repost, the earlier when all else is equal.
 */
export function chooseArticle(file: StoryFile, desk: WritingDesk): Article | undefined {
  const reposts = new Set(
    file.story.joins.filter((join) => join.kind === 'repost').map((join) => join.articleId),
  );
  const fitness = (article: Article): number => {
    const text = Math.min(textOf(article).length, ENOUGH_TEXT) / ENOUGH_TEXT;
    const chinese = article.language === 'zh' ? 1 : 0;
    const digest = desk.style.roundups.some((word) => article.title.includes(word)) ? -2 : 0;
    const repost = reposts.has(article.id) ? -0.5 : 0;
    const gone = article.body.kind === 'gone' ? -5 : 0;
    return text + chinese + digest + repost + gone;
  };
  return file.articles.toSorted((a, b) => fitness(b) - fitness(a) || a.publishedAt - b.publishedAt)[0];
}

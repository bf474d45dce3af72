import type { Article } from '../../src/domain/article.ts';
import type { StoryFile } from '../../src/domain/story.ts';

/** A story of one article: what the writer gets when a set has but a text and its title. */
export function storyOf(row: { title: string; body: string; date: string }): StoryFile {
  const article: Article = {
    id: 'a',
    identity: 'url:example.com/a',
    sourceId: 's',
    publisher: 's',
    url: 'https://example.com/a',
    title: row.title,
    language: 'zh',
    publishedAt: Date.parse(row.date),
    firstSeenAt: Date.parse(row.date),
    excerpt: '',
    tags: [],
    body: { kind: 'page', text: row.body, extractor: 'set' },
  };
  const joins = [{ articleId: 'a', kind: 'first' as const, score: 1, reasons: [] }];
  return { story: { id: 's', openedAt: 0, joins }, articles: [article] };
}

/** Markdown's signs gone: links by their words, no emphasis. */
export function bare(text: string): string {
  return text.replace(/[*`]/g, '').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
}

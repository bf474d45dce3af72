import type { Article } from '../../src/domain/article.ts';
import type { Brief } from '../../src/domain/brief.ts';
import type { Join, StoryFile, Verdict } from '../../src/domain/story.ts';

/** Invented values for tests: sensible defaults, and what the test is about passed in. */
export function anArticle(given: Partial<Article> = {}): Article {
  const id = given.id ?? 'a1';
  return {
    id,
    identity: `url:news.example/${id}`,
    sourceId: 'qingshi',
    publisher: '青石日报',
    url: `http://news.example/${id}`,
    title: '青石智能发布远帆3模型',
    language: 'zh',
    publishedAt: Date.parse('2026-03-10T02:00:00Z'),
    firstSeenAt: Date.parse('2026-03-10T03:00:00Z'),
    excerpt: '青石智能今日发布远帆3模型。',
    tags: [],
    body: { kind: 'unread' },
    ...given,
  };
}

export function aStoryFile(articles: Article[], given: Partial<StoryFile> = {}): StoryFile {
  const joins = articles.map(({ id }, n): Join => {
    return { articleId: id, kind: n === 0 ? 'first' : 'same-event', score: 1, reasons: [] };
  });
  const first = articles[0];
  return {
    story: { id: `s${first?.id ?? 'none'}`, openedAt: first?.publishedAt ?? 0, joins },
    articles,
    ...given,
  };
}

export function aVerdict(
  storyId: string,
  given: Partial<Verdict> & { section?: never; in?: string; score?: number } = {},
): Verdict {
  const { in: section = '新闻资讯', score = 50, ...rest } = given;
  return {
    storyId,
    section: { name: section, reasons: [] },
    noise: { kind: null, reasons: [] },
    worth: { score, parts: [] },
    byArticle: [],
    novelty: { kind: 'first', reasons: [] },
    ...rest,
  };
}

export function aBrief(storyId: string, given: Partial<Brief> = {}): Brief {
  return {
    storyId,
    articleId: storyId.slice(1),
    url: `http://news.example/${storyId.slice(1)}`,
    headline: `青石发布模型之${storyId}`,
    summary: `青石智能今日发布远帆3模型，编号${storyId}，参数规模300亿，支持中英双语，推理价格比上一代下降四成，企业用户本周起可以申请试用。`,
    marks: [],
    evidence: [],
    writer: 'extractive/1',
    ...given,
  };
}

import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Article, textOf } from '../../src/domain/article.ts';
import type { StoryFile } from '../../src/domain/story.ts';
import { decodeText } from '../../src/gather/decode-text.ts';
import { parseFeedText } from '../../src/gather/sources/parse-feed.ts';
import { toArticle } from '../../src/gather/to-article.ts';
import { readOurs } from '../read-ours.ts';
import { articlesOf, listDays, sourceOf } from './labelled-days.ts';
import { storyOf } from './one-article.ts';
import { newsPages, wechatPages } from './pages.ts';
import { readLines } from './read-lines.ts';

const itemSchema = z.object({ date: z.string(), title: z.string(), body: z.string() });

/** Every set that holds Chinese articles with a text of their own, each article as a story; undefined: the set is not there. */
export const LONG_ARTICLES: Record<string, (data: string) => Promise<StoryFile[] | undefined>> = {
  'dailies/juya-items': async (data) =>
    readLines(join(data, 'dailies', 'juya-items.jsonl.gz'), itemSchema)?.map(storyOf),
  'days/feeds': async (data) => {
    const days = listDays(data);
    const found = new Map<string, Article>();
    for (const day of days) for (const { article } of await articlesOf(day)) found.set(article.id, article);
    return days.length === 0 ? undefined : [...found.values()].map(alone);
  },
  'feeds/real': async (data) => {
    const folder = join(data, 'feeds', 'real');
    if (!existsSync(folder)) return undefined;
    const found: StoryFile[] = [];
    for (const file of globSync('**/*.{xml,rss,atom}', { cwd: folder }).toSorted()) {
      const source = sourceOf(file);
      const feed = { source, feedUrl: source.url, now: Date.now() };
      const reading = await parseFeedText(decodeText(readFileSync(join(folder, file))), feed);
      if (reading.kind !== 'entries') continue;
      for (const entry of reading.entries) {
        const article = toArticle(entry, source);
        found.push(alone({ ...article, body: { kind: 'feed', text: article.excerpt, why: 'no pages' } }));
      }
    }
    return found;
  },
  'pages/gne': async (data) => readAll(newsPages(data)),
  'pages/wechat': async (data) => readAll(wechatPages(data)),
};

function readAll(
  pages: Iterable<{ file: string; url: string; bytes: Uint8Array }> | undefined,
): StoryFile[] | undefined {
  if (pages === undefined) return undefined;
  const found: StoryFile[] = [];
  for (const { bytes, url } of pages) {
    const reading = readOurs(bytes, url);
    if (reading.kind === 'text')
      found.push(storyOf({ title: reading.title ?? '', body: reading.text, date: '2026-01-01' }));
  }
  return found;
}

function alone(article: Article): StoryFile {
  const join = { articleId: article.id, kind: 'first' as const, score: 1, reasons: [] };
  return {
    story: { id: `s${article.id}`, openedAt: article.publishedAt, joins: [join] },
    articles: [article],
  };
}

/** Is its text Chinese, by its own letters? */
export function isChinese({ articles }: StoryFile): boolean {
  const text = articles[0] === undefined ? '' : textOf(articles[0]);
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) > text.length / 3;
}

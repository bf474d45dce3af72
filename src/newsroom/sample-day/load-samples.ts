import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Source } from '../../domain/source.ts';
import {
  type AuthoredArticle,
  articleSchema,
  type Expectation,
  expectationSchema,
  type SampleArticle,
  type SampleSite,
  siteSchema,
} from './sample-schema.ts';
import { wechatFacts } from './wechat-facts.ts';

/** The same number of levels up from `src/newsroom/sample-day/` and from `dist/newsroom/sample-day/`. */
const SAMPLES = new URL('../../../samples/', import.meta.url);

const BEIJING = '+08:00';

/** What a feed says of an article that has no summary of its own: this many characters of its first paragraph. */
const SUMMARY_LENGTH = { zh: 110, en: 240 };

export type Samples = { sites: SampleSite[]; articles: SampleArticle[] };

/** All sites and the articles of both days, texts resolved. Throws when a sample file is malformed (a bug of ours). */
export async function loadSamples(): Promise<Samples> {
  const sites = await readYaml('sources.yaml', z.array(siteSchema));
  const authored: { site: SampleSite; day: 1 | 2; place: number; article: AuthoredArticle }[] = [];
  for (const site of sites) {
    for (const day of [1, 2] as const) {
      const articles = await readYaml(`day-${day}/${site.id}.yaml`, z.array(articleSchema));
      articles.forEach((article, place) => {
        authored.push({ site, day, place, article });
      });
    }
  }
  const bySlug = new Map(authored.map(({ article }) => [article.slug, article]));
  if (bySlug.size !== authored.length) throw new Error('samples: a slug is used twice');

  const articles = authored.map(({ site, day, place, article }): SampleArticle => {
    const paragraphs = textOf(article, bySlug)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const wechat = site.wechat && wechatFacts(site.wechat, { slug: article.slug, day, place });
    return {
      key: `${site.id}/${article.slug}`,
      sourceId: site.id,
      slug: article.slug,
      day,
      title: article.title,
      at: Date.parse(`${article.at}:00${BEIJING}`),
      author: article.author ?? (site.language === 'zh' ? `${site.name}编辑部` : `${site.name} staff`),
      summary: article.summary ?? (paragraphs[0] ?? '').slice(0, SUMMARY_LENGTH[site.language]),
      tags: article.tags,
      page: article.page,
      paragraphs,
      url: wechat
        ? wechat[site.wechat?.links ?? 'long']
        : (site.articleUrl ?? '').replace('{slug}', article.slug),
      ...(wechat ? { wechat } : {}),
    };
  });
  return { sites, articles };
}

/** The sample sources as the config holds them. */
export async function loadSampleSources(): Promise<Source[]> {
  const sites = await readYaml('sources.yaml', z.array(siteSchema));
  return sites.map((site) => ({
    id: site.id,
    kind: 'feed',
    name: site.name,
    url: site.url,
    weight: site.weight,
    fullText: site.fullText,
    ...(site.publisher === undefined ? {} : { publisher: site.publisher }),
  }));
}

/** What a good newsdesk makes of the two days. */
export async function loadExpectation(): Promise<Expectation> {
  return readYaml('expected.yaml', expectationSchema);
}

function textOf(article: AuthoredArticle, bySlug: Map<string, AuthoredArticle>): string {
  if (article.text !== undefined) return article.text;
  const from = article.from;
  const original = from && bySlug.get(from.slug)?.text;
  if (!from || original === undefined) throw new Error(`samples: ${article.slug} copies an unknown text`);
  let text = original;
  for (const [before, after] of from.replace) {
    if (!text.includes(before))
      throw new Error(`samples: ${article.slug} replaces «${before}», not in the text`);
    text = text.replace(before, () => after);
  }
  return from.lead === undefined ? text : `${from.lead}\n${text}`;
}

async function readYaml<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(new URL(path, SAMPLES), 'utf8');
  } catch (error) {
    // A source with nothing on a day has no file for that day.
    if (path.startsWith('day-') && error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return schema.parse([]);
    }
    throw error;
  }
  const read = schema.safeParse(parse(text));
  if (!read.success) throw new Error(`samples/${path}: ${z.prettifyError(read.error)}`);
  return read.data;
}

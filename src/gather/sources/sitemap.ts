import { gunzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Entry, Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { parseDate } from '../parse-date.ts';
import { makeEntry } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { type CollectDeps, type Collected, defineKind, failed } from './source-kind.ts';

const DAY_MS = 86_400_000;
/** Pages changed before this are remembered but not listed when a sitemap is met for the first time. */
const FIRST_DAYS = 3;
/** Newest children of an index that are read. */
const CHILDREN = 3;
/** Pages remembered; a sitemap may hold 50,000. */
const REMEMBERED = 50_000;
const MAX_BYTES = 50_000_000;

const settings = z.object({
  include: z
    .string()
    .refine((text) => isPattern(text), '不是正则表达式 / not a regular expression')
    .exactOptional()
    .describe('只要地址符合此正则的，如 /news/ / pages whose address matches'),
  maxItems: z.int().min(1).max(1000).default(100),
});

type Page = { url: string; at: Instant | undefined; title: string | undefined };

/** By page: when it was changed last, in seconds; 0 when the sitemap does not say. */
const memorySchema = z.object({ pages: z.record(z.string(), z.number()) });

/**
 * `kind: sitemap` — pages that are new in a site's map: news sitemaps with titles and dates, others by `lastmod`. Of an
 * index the newest maps are read. On the first visit only pages of the last days are listed.
 */
export const sitemap = defineKind({
  kind: 'sitemap',
  settings,
  async collect(source, { include, maxItems }, state, deps) {
    const map = await readMap(source.url, deps, state.etag);
    if (map.kind !== 'map') return map;
    const children = map.children
      .toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0))
      .slice(0, CHILDREN);
    const pages = [...map.pages];
    for (const child of children) {
      const inner = await readMap(child.url, deps);
      if (inner.kind === 'failed') return inner;
      if (inner.kind === 'map') pages.push(...inner.pages);
    }
    if (pages.length === 0) return failed('source-sitemap', '站点地图里没有页面，请核对地址', false);
    const wanted = new RegExp(include ?? '', 'i');
    const kept = pages.filter(({ url }) => wanted.test(url));
    if (kept.length === 0)
      return failed('source-sitemap', `站点地图有 ${pages.length} 页，没有一页符合 include`, false);
    const known = memorySchema.safeParse(state.memory).data?.pages;
    const entries = toEntries(
      kept.filter((page) => isNews(page, known, deps.now)),
      source,
      deps.now,
    );
    const memory = { pages: remembered(kept) };
    if (entries.length === 0) return { kind: 'unchanged', memory };
    const listed = entries.toSorted(
      (one, other) => (other.publishedAt ?? deps.now) - (one.publishedAt ?? deps.now),
    );
    return {
      kind: 'listed',
      entries: listed.slice(0, maxItems),
      memory,
      ...(map.children.length === 0 ? optional('etag', map.etag) : {}),
    };
  },
});

function isNews({ url, at }: Page, known: Record<string, number> | undefined, now: Instant): boolean {
  if (known === undefined) return at !== undefined && now - at < FIRST_DAYS * DAY_MS;
  const before = known[url];
  return (
    before === undefined ||
    (at !== undefined && Math.floor(at / 1000) > before && now - at < FIRST_DAYS * DAY_MS)
  );
}

function remembered(pages: readonly Page[]): Record<string, number> {
  const newest = pages.toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0)).slice(0, REMEMBERED);
  return Object.fromEntries(newest.map(({ url, at }) => [url, Math.floor((at ?? 0) / 1000)]));
}

/** A plain map knows no titles: the page's own is read later, and its address says something until then. */
function toEntries(pages: readonly Page[], source: Source, now: Instant): Entry[] {
  return pages.flatMap(({ url, at, title }) => {
    const said = { url, title: title ?? nameOf(url), ...optional('publishedAt', at) };
    return makeEntry(said, source, now) ?? [];
  });
}

function nameOf(url: string): string {
  const last = (URL.parse(url)?.pathname ?? '').split('/').filter(Boolean).at(-1) ?? url;
  return last.replace(/\.\w+$/, '').replace(/[-_]+/g, ' ');
}

type Map = { kind: 'map'; pages: Page[]; children: Page[]; etag?: string };

const mapSchema = z.object({
  urlset: z.object({ url: z.array(z.unknown()).default([]) }).nullish(),
  sitemapindex: z.object({ sitemap: z.array(z.unknown()).default([]) }).nullish(),
});
const text = z.union([z.string(), z.number()]).transform(String);
const pageSchema = z.object({
  loc: text,
  lastmod: text.nullish(),
  'news:news': z.object({ 'news:title': text.nullish(), 'news:publication_date': text.nullish() }).nullish(),
});

/** Entities are never expanded, so no bomb can go off; `&amp;` and its kin are decoded. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: { enabled: true, maxExpandedLength: 10_000, maxTotalExpansions: 100_000 },
  isArray: (name) => name === 'url' || name === 'sitemap',
});

async function readMap(
  url: string,
  { fetch }: CollectDeps,
  etag?: string,
): Promise<Map | Exclude<Collected, { kind: 'listed' }>> {
  const answer = await fetch({ url, accept: 'feed', maxBytes: MAX_BYTES, ...optional('etag', etag) });
  if (answer.kind === 'not-modified') return { kind: 'unchanged' };
  if (answer.kind === 'failed') return answer;
  let given: unknown;
  try {
    const packed = answer.bytes[0] === 0x1f && answer.bytes[1] === 0x8b;
    const bytes = packed ? gunzipSync(answer.bytes, { maxOutputLength: MAX_BYTES }) : answer.bytes;
    given = parser.parse(new TextDecoder().decode(bytes));
  } catch {
    return failed('source-sitemap', '站点地图读不懂：不是完整的 XML', true);
  }
  const parsed = mapSchema.safeParse(given);
  if (!parsed.success || (!parsed.data.urlset && !parsed.data.sitemapindex))
    return failed('source-sitemap', '这个地址给出的不是站点地图', false);
  return {
    kind: 'map',
    pages: pagesIn(parsed.data.urlset?.url ?? []),
    children: pagesIn(parsed.data.sitemapindex?.sitemap ?? []),
    ...optional('etag', answer.etag),
  };
}

function pagesIn(given: readonly unknown[]): Page[] {
  return given.flatMap((one) => {
    const page = pageSchema.safeParse(one);
    if (!page.success) return [];
    const { loc, lastmod, 'news:news': news } = page.data;
    const date = news?.['news:publication_date'] ?? lastmod;
    return [
      {
        url: loc.trim(),
        at: date ? parseDate(date, 0) : undefined,
        title: news?.['news:title'] ?? undefined,
      },
    ];
  });
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

import { gunzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import type { FetchFailure } from '../../net/fetch.ts';
import { decodeText } from '../decode-text.ts';
import { parseDate } from '../parse-date.ts';
import { optional } from './raw-feed.ts';
import { type CollectDeps, type Collected, failed } from './source-kind.ts';

/** The protocol's own limit for one map (sitemaps.org). */
const MAX_BYTES = 50_000_000;

/** A page, or a map within an index: `at` is when it was published or changed last, as the map says. */
export type MapEntry = { url: string; at: Instant | undefined; title: string | undefined };

export type SiteMap = {
  kind: 'map';
  pages: MapEntry[];
  /** The maps of an index. */
  children: MapEntry[];
  /** How many of either had no address. */
  damaged: number;
  etag?: string;
};

const text = z.union([z.string(), z.number()]).transform(String);
const entrySchema = z.object({
  loc: text,
  lastmod: text.nullish(),
  news: z.object({ title: text.nullish(), publication_date: text.nullish() }).nullish().catch(undefined),
});
const list = (name: string) => z.object({ [name]: z.array(z.unknown()).default([]) });
/** An element without content is an empty string to the parser. */
const mapSchema = z.object({
  urlset: z.union([z.literal('').transform(() => ({})), list('url')]).optional(),
  sitemapindex: z.union([z.literal('').transform(() => ({})), list('sitemap')]).optional(),
});

/** Entities a document declares itself are expanded within these bounds only, so that no bomb goes off. */
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: { enabled: true, maxExpandedLength: 10_000, maxTotalExpansions: 100_000 },
  isArray: (name) => name === 'url' || name === 'sitemap',
});

/** Asks for one site map and reads it: plain, of news or an index, packed or not, in whatever encoding it says. */
export async function readSitemap(
  request: { url: string; etag?: string },
  { fetch }: Pick<CollectDeps, 'fetch'>,
): Promise<SiteMap | { kind: 'unchanged' } | FetchFailure | Extract<Collected, { kind: 'failed' }>> {
  const answer = await fetch({ ...request, accept: 'feed', maxBytes: MAX_BYTES });
  if (answer.kind === 'not-modified') return { kind: 'unchanged' };
  if (answer.kind === 'failed') return answer;
  let given: unknown;
  try {
    const packed = answer.bytes[0] === 0x1f && answer.bytes[1] === 0x8b;
    const bytes = packed ? gunzipSync(answer.bytes, { maxOutputLength: MAX_BYTES }) : answer.bytes;
    given = parser.parse(decodeText(bytes, answer.headers['content-type']));
  } catch {
    return failed('source-sitemap', '站点地图读不懂：不是完整的 XML', true);
  }
  const parsed = mapSchema.safeParse(given);
  if (!parsed.success || (parsed.data.urlset === undefined && parsed.data.sitemapindex === undefined))
    return failed('source-sitemap', '这个地址给出的不是站点地图', false);
  const pages = entriesIn(parsed.data.urlset, 'url');
  const children = entriesIn(parsed.data.sitemapindex, 'sitemap');
  return {
    kind: 'map',
    pages: pages.entries,
    children: children.entries,
    damaged: pages.damaged + children.damaged,
    ...optional('etag', answer.etag),
  };
}

function entriesIn(parent: Record<string, unknown[]> | undefined, name: string) {
  const given = parent?.[name] ?? [];
  const entries = given.flatMap((one): MapEntry[] => {
    const entry = entrySchema.safeParse(one);
    if (!entry.success) return [];
    const { loc, lastmod, news } = entry.data;
    const date = news?.publication_date ?? lastmod;
    return [
      {
        url: loc.trim(),
        at: date ? parseDate(date, 0) : undefined,
        title: news?.title ?? undefined,
      },
    ];
  });
  return { entries, damaged: given.length - entries.length };
}

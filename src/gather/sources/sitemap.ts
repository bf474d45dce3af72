import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Entry, Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { makeEntry } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { type MapEntry, readSitemap, type SiteMap } from './read-sitemap.ts';
import { type CollectDeps, defineKind, failed } from './source-kind.ts';

const DAY_MS = 86_400_000;
/** Pages changed before this are remembered but not listed when they are met for the first time. */
const FIRST_DAYS = 3;
/** Newest maps of an index that are looked at. */
const CHILDREN = 3;
/** Pages remembered: what one map may hold. About 25 bytes each. */
const REMEMBERED = 50_000;

const settings = z.object({
  include: z
    .string()
    .refine((text) => isPattern(text), '不是正则表达式 / not a regular expression')
    .exactOptional()
    .describe('只要地址符合此正则的，如 /news/ / pages whose address matches'),
  maxItems: z.int().min(1).max(1000).default(100),
});

/** By page (see `keyOf`) and by map (its address): when it was changed last, in seconds; 0 when nothing says so. */
const memorySchema = z.object({
  pages: z.record(z.string(), z.number()),
  maps: z.record(z.string(), z.number()),
});
type Memory = z.infer<typeof memorySchema>;

/**
 * `kind: sitemap` — pages that are new in a site's map: news sitemaps with titles and dates, others by `lastmod`. Of an
 * index the newest maps are read when they changed. Of a map met for the first time only what is dated within the last
 * days is news; the rest is remembered.
 */
export const sitemap = defineKind({
  kind: 'sitemap',
  settings,
  async collect(source, { include, maxItems }, state, deps) {
    const known = memorySchema.safeParse(state.memory).data;
    // Without a memory the map itself is needed, changed or not.
    const root = await readSitemap(
      { url: source.url, ...(known === undefined ? {} : optional('etag', state.etag)) },
      deps,
    );
    if (root.kind !== 'map') return root;
    const before = known ?? { pages: {}, maps: {} };
    const inner = await readChildren(root.children, before, deps);
    if (inner.failure !== undefined && inner.answered === 0) return inner.failure;
    const maps: ReadMap[] = [{ url: source.url, at: undefined, pages: root.pages }, ...inner.maps];
    const all = maps.flatMap(({ pages }) => pages);
    // A map of news has nothing to list on a quiet day; one that never listed anything is a wrong address.
    if (all.length === 0 && known === undefined)
      return failed('source-sitemap', '站点地图里没有页面，请核对地址', false);
    const pattern = new RegExp(include ?? '', 'i');
    const wanted = maps.map((map) => ({ ...map, pages: map.pages.filter(({ url }) => pattern.test(url)) }));
    if (all.length > 0 && wanted.every(({ pages }) => pages.length === 0))
      return failed('source-sitemap', `站点地图有 ${all.length} 页，没有一页符合 include`, false);
    const fresh = toEntries(
      wanted.flatMap((map) => map.pages.filter(newsOn(map, before, deps.now))),
      source,
      deps.now,
    );
    const entries = fresh
      .toSorted((one, other) => (other.publishedAt ?? deps.now) - (one.publishedAt ?? deps.now))
      .slice(0, maxItems);
    const notes = [
      root.damaged > 0 && `${root.damaged} 条内容不全，已略去`,
      inner.failure && `${inner.lost} 个子地图没有读到：${inner.failure.message}`,
      entries.length < fresh.length && `共 ${fresh.length} 页新的，只取 ${entries.length} 页`,
    ].filter((note) => typeof note === 'string');
    const said = {
      memory: remember(before, wanted, root),
      ...optional('note', notes.length > 0 ? notes.join('；') : undefined),
    };
    if (entries.length === 0) return { kind: 'unchanged', ...said };
    // An index may stay the same while its maps change.
    const validator = root.children.length === 0 ? optional('etag', root.etag) : {};
    return { kind: 'listed', entries, ...said, ...validator };
  },
});

type ReadMap = { url: string; at: Instant | undefined; pages: MapEntry[] };

/** The newest maps of an index, those left out that did not change; one that fails does not lose the others. */
async function readChildren(children: readonly MapEntry[], before: Memory, deps: CollectDeps) {
  const newest = children.toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0)).slice(0, CHILDREN);
  const maps: ReadMap[] = [];
  const failures: Extract<Awaited<ReturnType<typeof readSitemap>>, { kind: 'failed' }>[] = [];
  for (const { url, at } of newest) {
    if (at !== undefined && before.maps[url] === seconds(at)) continue;
    const map = await readSitemap({ url }, deps);
    if (map.kind === 'map') maps.push({ url, at, pages: map.pages });
    if (map.kind === 'failed') failures.push(map);
  }
  return { maps, failure: failures[0], lost: failures.length, answered: newest.length - failures.length };
}

/** Whether a page of this map is news, given what was seen before. */
function newsOn(map: ReadMap, before: Memory, now: Instant): (page: MapEntry) => boolean {
  const isFirst = !Object.hasOwn(before.maps, map.url);
  // Once pages had to be forgotten, one that is not remembered and has no date may be any age.
  const isForgetful = Object.keys(before.pages).length >= REMEMBERED;
  return ({ url, at }) => {
    const isRecent = at !== undefined && now - at < FIRST_DAYS * DAY_MS;
    const then = before.pages[keyOf(url)];
    if (then !== undefined) return isRecent && seconds(at) > then;
    return at === undefined ? !isFirst && !isForgetful : isRecent;
  };
}

/** What stands on the maps now, newest first, and as much of what stood there before as there is room for. */
function remember(before: Memory, maps: readonly ReadMap[], root: SiteMap): Memory {
  const current = maps
    .flatMap((map) => map.pages)
    .toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0))
    .map(({ url, at }): [string, number] => [keyOf(url), seconds(at)]);
  const now = new Set(current.map(([key]) => key));
  const earlier = Object.entries(before.pages).filter(([key]) => !now.has(key));
  const listed = new Set(root.children.map(({ url }) => url));
  return {
    pages: Object.fromEntries([...current, ...earlier].slice(0, REMEMBERED)),
    maps: {
      ...Object.fromEntries(Object.entries(before.maps).filter(([url]) => listed.has(url))),
      ...Object.fromEntries(maps.map(({ url, at }) => [url, seconds(at)])),
    },
  };
}

/** A page's name in the memory: short, and alike for two pages once in 10¹⁸ pairs (60 bits of SHA-256). */
function keyOf(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 10);
}

function seconds(at: Instant | undefined): number {
  return Math.floor((at ?? 0) / 1000);
}

/** A plain map knows no titles: they are left empty, so that the page's own is taken when it is read. */
function toEntries(pages: readonly MapEntry[], source: Source, now: Instant): Entry[] {
  return pages.flatMap(
    ({ url, at, title }) => makeEntry({ url, title, ...optional('publishedAt', at) }, source, now) ?? [],
  );
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

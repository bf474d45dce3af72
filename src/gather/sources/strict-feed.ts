import type { AtomFeed, JsonFeed, RdfFeed, RssFeed } from 'feedsmith';
import { parseFeed } from 'feedsmith';
import type { Engagement } from '../../domain/article.ts';
import { modernised } from './old-dialects.ts';
import type { RawFeed, RawItem } from './raw-feed.ts';
import { given, optional, personOf } from './raw-feed.ts';

/** Items are read leniently: one half-filled item must not lose the others, so every field may be absent. */
type Loose<T> = T extends (infer U)[] ? Loose<U>[] : T extends object ? { [K in keyof T]?: Loose<T[K]> } : T;

/** RSS, Atom, RDF or JSON Feed by a parser that follows the specifications; undefined when it is none it can read. */
export function readStrictly(text: string): RawFeed | undefined {
  try {
    const parsed = parseFeed(modernised(text));
    switch (parsed.format) {
      case 'rss':
        return fromRss(parsed.feed);
      case 'atom':
        return fromAtom(parsed.feed);
      case 'rdf':
        return fromRdf(parsed.feed);
      case 'json':
        return fromJson(parsed.feed);
    }
  } catch {
    // Its errors only say that this is no feed it understands; the lenient reader has the last word.
    return undefined;
  }
}

function fromRss(feed: Loose<RssFeed.Feed<string>>): RawFeed {
  return {
    ...optional('title', feed.title ?? feed.dc?.titles?.[0]),
    ...optional('about', feed.description ?? feed.itunes?.subtitle ?? feed.itunes?.summary),
    ...optional('language', feed.language ?? feed.dc?.languages?.[0]),
    ...optional('home', feed.xml?.base ?? feed.link),
    ...optional('ttlMinutes', feed.ttl),
    restsSomeDays: (feed.skipDays?.length ?? 0) > 0,
    items: (feed.items ?? []).map((item): RawItem => {
      const guid = item.guid?.isPermaLink === false ? undefined : item.guid?.value;
      return {
        ...optional('title', item.title ?? item.dc?.titles?.[0]),
        links: given(
          item.link,
          ...atomLinks(item.atom?.links),
          guid,
          item.guid?.value,
          item.comments,
          item.enclosures?.[0]?.url,
        ),
        ...optional('base', item.xml?.base),
        dates: given(
          item.pubDate,
          item.dc?.dates?.[0],
          item.dcterms?.issued?.[0],
          item.dcterms?.modified?.[0],
          item.atom?.published,
          item.atom?.updated,
        ),
        html: given(
          item.content?.encoded,
          item.description,
          item.atom?.content?.value,
          item.atom?.summary?.value,
          item.itunes?.summary,
        ),
        ...optional('author', personOf(given(...names(item.authors), ...(item.dc?.creators ?? []))[0])),
        ...counted({ comments: item.slash?.comments }),
        images: given(
          ...pictures(item.media),
          ...(item.enclosures ?? []).map((one) => (isPicture(one) ? one.url : undefined)),
          item.itunes?.image,
        ),
        tags: given(
          ...(item.categories ?? []).map((one) => one.name),
          ...(item.dc?.subjects ?? []),
          ...(item.media?.categories ?? []).map((one) => one.name),
        ),
      };
    }),
  };
}

function fromAtom(feed: Loose<AtomFeed.Feed<string>>): RawFeed {
  return {
    ...optional('title', contentOf(feed.title)),
    ...optional('about', contentOf(feed.subtitle)),
    ...optional('language', feed.xml?.lang?.replaceAll('_', '-')),
    ...optional('home', feed.xml?.base ?? atomLinks(feed.links)[0]),
    restsSomeDays: false,
    items: (feed.entries ?? []).map((entry): RawItem => {
      const content = entry.content;
      // RFC 4287 3.1.1: a text construct without a type is plain text, in which `<` is a character. Many feeds
      // forget the type, so only a declared `text` is believed.
      const isPlain = content?.type === 'text';
      return {
        ...optional('title', contentOf(entry.title)),
        links: given(...atomLinks(entry.links), entry.id),
        ...optional('base', content?.xml?.base ?? entry.xml?.base),
        dates: given(entry.published, entry.updated, entry.dc?.dates?.[0]),
        html: given(
          isPlain ? undefined : contentOf(content),
          contentOf(entry.summary),
          mediaOf(entry.media)?.description?.value,
        ),
        ...counted({ likes: mediaOf(entry.media)?.community?.starRating?.count }),
        images: given(
          ...pictures(entry.media),
          ...(entry.links ?? []).map((one) =>
            one.rel === 'enclosure' && isPicture(one) ? one.href : undefined,
          ),
        ),
        ...optional('plain', isPlain ? content?.value : undefined),
        ...optional(
          'author',
          given(...names(entry.authors), ...(entry.dc?.creators ?? []), ...names(feed.authors))[0],
        ),
        tags: given(...(entry.categories ?? []).map((one) => one.label ?? one.term)),
      };
    }),
  };
}

function fromRdf(feed: Loose<RdfFeed.Feed<string>>): RawFeed {
  return {
    ...optional('title', feed.title),
    ...optional('about', feed.description),
    ...optional('language', feed.dc?.languages?.[0]),
    ...optional('home', feed.xml?.base ?? feed.link),
    restsSomeDays: false,
    items: (feed.items ?? []).map(
      (item): RawItem => ({
        ...optional('title', item.title ?? item.dc?.titles?.[0]),
        links: given(item.link, item.rdf?.about, ...atomLinks(item.atom?.links)),
        ...optional('base', item.xml?.base),
        dates: given(item.dc?.dates?.[0], item.atom?.updated),
        html: given(item.content?.encoded, item.description, item.dc?.descriptions?.[0]),
        ...optional('author', personOf(item.dc?.creators?.[0])),
        tags: given(...(item.dc?.subjects ?? [])),
      }),
    ),
  };
}

function fromJson(feed: Loose<JsonFeed.Feed<string>>): RawFeed {
  return {
    ...optional('title', feed.title),
    ...optional('about', feed.description),
    ...optional('language', feed.language),
    ...optional('home', feed.home_page_url),
    restsSomeDays: false,
    items: (feed.items ?? []).map(
      (item): RawItem => ({
        ...optional('title', item.title),
        // `url` is this item's own page; `external_url` what a link blog points at, and all there is when it has no page.
        links: given(item.url, item.external_url, item.id),
        dates: given(item.date_published, item.date_modified),
        html: given(item.content_html),
        ...optional('plain', given(item.content_text, item.summary)[0]),
        ...optional('author', given(...names(item.authors), ...names(feed.authors))[0]),
        images: given(item.image, item.banner_image),
        tags: given(...(item.tags ?? [])),
      }),
    ),
  };
}

function counted(counts: { [Count in keyof Engagement]: number | undefined }): { engagement?: Engagement } {
  const known = Object.entries(counts).filter(([, count]) => count !== undefined);
  return known.length === 0 ? {} : { engagement: Object.fromEntries(known) };
}

/** RFC 4287 4.1.3.3: content of a media type that is neither text nor XML is Base64. */
function contentOf(construct: { value?: string; type?: string } | undefined): string | undefined {
  const { value, type = '' } = construct ?? {};
  const packed = type.includes('/') && !/^text\/|[+/]xml$/i.test(type);
  return packed && value !== undefined && /^[A-Za-z0-9+/=\s]+$/.test(value)
    ? Buffer.from(value, 'base64').toString('utf8')
    : value;
}

/** The page an entry is about first: `alternate` (or no relation, which means the same), HTML before other types. */
function atomLinks(links: { href?: string; rel?: string; type?: string }[] | undefined): string[] {
  const rank = (link: { rel?: string; type?: string }): number => {
    if (link.rel !== undefined && link.rel !== 'alternate') return link.rel === 'self' ? 3 : 2;
    return link.type === undefined || link.type.includes('html') ? 0 : 1;
  };
  return given(...(links ?? []).toSorted((a, b) => rank(a) - rank(b)).map((link) => link.href));
}

function names(people: { name?: string; email?: string }[] | undefined): (string | undefined)[] {
  return (people ?? []).map((one) => one.name ?? one.email);
}

type Media = {
  description?: { value?: string };
  community?: { starRating?: { count?: number } };
  thumbnails?: { url?: string }[];
  contents?: { url?: string; type?: string; medium?: string }[];
};

function isPicture({ type, medium }: { type?: string; medium?: string }): boolean {
  return medium === 'image' || (type ?? '').startsWith('image/');
}

/** What Media RSS shows of an item: its pictures, then the thumbnails of what is none. */
function pictures(media: (Media & { groups?: Media[] }) | undefined): (string | undefined)[] {
  const all = media === undefined ? [] : [media, ...(media.groups ?? [])];
  return [
    ...all.flatMap(({ contents = [] }) => contents.map((one) => (isPicture(one) ? one.url : undefined))),
    ...all.flatMap(({ thumbnails = [] }) => thumbnails.map(({ url }) => url)),
  ];
}

/** YouTube puts an entry's only text, and how many liked it, into its media group. */
function mediaOf(media: (Media & { groups?: Media[] }) | undefined): Media | undefined {
  return media?.groups?.[0] ?? media;
}

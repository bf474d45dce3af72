import FeedParser from 'feedparser';
import type { RawFeed, RawItem } from './raw-feed.ts';
import { given, optional, personOf } from './raw-feed.ts';

/**
 * RSS, Atom or RDF by a parser that goes on after errors: a truncated or ill-formed feed gives the items before the
 * damage. Undefined when nothing in it looks like a feed. Three times slower than the strict reader, hence the fallback.
 */
export async function readLeniently(text: string, feedUrl: string): Promise<RawFeed | undefined> {
  const parser = new FeedParser({ feedurl: feedUrl, addmeta: false });
  const items: RawItem[] = [];
  let title: string | undefined;
  let about: string | undefined;
  let language: string | undefined;
  let home: string | undefined;
  let isFeed = false;
  parser.on('meta', (meta: FeedParser.Meta) => {
    isFeed = true;
    title = textOr(meta.title);
    about = textOr(meta.description);
    language = textOr(meta.language);
    home = linkOf(meta.link);
  });
  parser.on('readable', () => {
    for (let item = parser.read(); item !== null; item = parser.read()) items.push(rawItem(item));
  });
  await new Promise<void>((resolve) => {
    // An error is followed by no end; what was read until then is kept.
    parser.on('error', () => resolve());
    parser.on('end', () => resolve());
    parser.end(text);
  });
  if (!isFeed && items.length === 0) return undefined;
  return {
    ...optional('title', title),
    ...optional('about', about),
    ...optional('language', language),
    ...optional('home', home),
    restsSomeDays: false,
    items,
  };
}

function rawItem(item: FeedParser.Item): RawItem {
  // The raw string keeps the zone, or its absence; the parsed date has lost that.
  const written = ['rss:pubdate', 'atom:published', 'atom:updated', 'dc:date'].map((name) =>
    rawText(item, name),
  );
  const parsed = [item.pubdate, item.date].map((date) =>
    date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined,
  );
  return {
    ...optional('title', textOr(item.title)),
    links: given(linkOf(item.link), linkOf(item.origlink), linkOf(item.permalink), textOr(item.guid)),
    dates: given(...written, ...parsed),
    html: given(textOr(item.description), textOr(item.summary)),
    ...optional('author', personOf(textOr(item.author))),
    tags: given(...(item.categories ?? [])),
    images: given(textOr(item.image?.url)),
  };
}

function rawText(item: unknown, name: string): string | undefined {
  const node = typeof item === 'object' && item !== null ? Reflect.get(item, name) : undefined;
  return typeof node === 'object' && node !== null ? textOr(Reflect.get(node, '#')) : undefined;
}

/** A stray `&` near its end makes the parser take the closing tag for a part of the address. */
function linkOf(value: unknown): string | undefined {
  return textOr(value)?.replace(/(?:<|%3C)\/?\w*(?:>|%3E)?$/i, '');
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

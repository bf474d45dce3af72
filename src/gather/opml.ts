import { generateOpml, parseOpml } from 'feedsmith';
import type { Source } from '../domain/source.ts';
import { parseDocument } from './dom.ts';

/** A feed as a list of feeds names it. */
export type ListedFeed = { title: string; url: string };

export type OpmlReading =
  | {
      kind: 'read';
      feeds: ListedFeed[];
      /** How often an address stood there once more. */
      repeated: number;
      /** What stands where an address should, and is none. */
      odd: string[];
    }
  | { kind: 'unreadable'; why: string };

/**
 * The feeds of an OPML file (1.0 or 2.0), folders flattened, each address once. Files in the wild are damaged (bare
 * `&`, attributes in any case): what the strict reader refuses is read again as loosely as a browser would.
 */
export function readOpml(text: string): OpmlReading {
  const feeds = strictly(text) ?? loosely(text);
  const usable = feeds.filter(({ url }) => isHttp(url));
  const byUrl = new Map(usable.toReversed().map((feed) => [feed.url, feed]));
  if (byUrl.size === 0)
    return { kind: 'unreadable', why: '没有找到任何订阅地址（xmlUrl） / no feed address in it' };
  return {
    kind: 'read',
    feeds: [...byUrl.values()].toReversed(),
    repeated: usable.length - byUrl.size,
    odd: feeds.filter(({ url }) => !isHttp(url)).map(({ url }) => url),
  };
}

type Outline = { text?: string; title?: string; xmlUrl?: string; outlines?: Outline[] };

function strictly(text: string): ListedFeed[] | undefined {
  try {
    return (parseOpml(text).body?.outlines ?? []).flatMap(flatten);
  } catch {
    return undefined;
  }
}

function flatten({ text, title, xmlUrl, outlines }: Outline): ListedFeed[] {
  const own = xmlUrl ? [{ title: title || text || xmlUrl, url: xmlUrl.trim() }] : [];
  return [...own, ...(outlines ?? []).flatMap(flatten)];
}

function loosely(text: string): ListedFeed[] {
  return [...parseDocument(text).querySelectorAll('outline')].flatMap((outline) => {
    const attribute = (...names: string[]) =>
      names.map((name) => outline.getAttribute(name)?.trim()).find(Boolean) ?? '';
    const url = attribute('xmlUrl', 'xmlurl', 'XMLURL');
    return url ? [{ title: attribute('title', 'text') || url, url }] : [];
  });
}

function isHttp(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}

/** The sources as OPML 2.0. Addresses that hold a secret are the caller's to leave out. */
export function writeOpml(sources: readonly Source[], title: string, createdAt: number): string {
  return generateOpml({
    head: { title, dateCreated: new Date(createdAt) },
    body: {
      outlines: sources.map(({ name, url }) => ({ text: name, title: name, type: 'rss', xmlUrl: url })),
    },
  });
}

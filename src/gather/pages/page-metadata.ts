import type { Instant } from '../../domain/article.ts';
import type { PageDocument } from '../dom.ts';
import { plainTitle } from '../html-text.ts';
import { parseDate } from '../parse-date.ts';

export type PageMetadata = {
  title?: string;
  author?: string;
  publishedAt?: Instant;
  canonicalUrl?: string;
};

const BEIJING_MINUTES = 480;

const DATE_METAS = [
  'article:published_time',
  'og:published_time',
  'og:article:published_time',
  'datePublished',
  'pubdate',
  'publishdate',
  'date',
  'DC.date.issued',
  'citation_date',
  'parsely-pub-date',
];

/** What a page says of itself: JSON-LD first, then meta tags, then what readers see. Costs a few selector queries. */
export function readMetadata(document: PageDocument, url: string): PageMetadata {
  const meta = (name: string): string =>
    document
      .querySelector(`meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`)
      ?.getAttribute('content')
      ?.trim() ?? '';
  const data = articleData(document);
  const zone = pageZone(document);
  const dates = [data.datePublished ?? '', ...DATE_METAS.map(meta), timeOf(document), writtenDate(document)];
  const publishedAt = dates.map((text) => parseDate(text, zone)).find((at) => at !== undefined);
  const title = firstGiven([
    meta('og:title'),
    data.headline,
    headingOf(document),
    meta('twitter:title'),
    titleOf(document),
  ]);
  const author = firstGiven(
    [data.author, meta('author'), meta('article:author')].filter((one) => !isAddress(one)),
  );
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta('og:url');
  const canonicalUrl = URL.parse(canonical.trim() || url, url);
  return {
    ...(title === undefined ? {} : { title }),
    ...(author === undefined ? {} : { author }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(isPlausible(canonicalUrl, url) ? { canonicalUrl: canonicalUrl.href } : {}),
  };
}

type ArticleData = { headline?: string; datePublished?: string; author?: string };

/** The first JSON-LD block about an article; broken blocks are passed over. */
function articleData(document: PageDocument): ArticleData {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const found = nodesOf(parseJson(script.textContent ?? '')).find((node) =>
      /Article|Posting/.test(textOf(node['@type'])),
    );
    if (found !== undefined) {
      return {
        headline: textOf(found.headline),
        datePublished: textOf(found.datePublished),
        author: textOf(nodesOf(found.author)[0]?.name ?? found.author),
      };
    }
  }
  return {};
}

type Node = { [key: string]: unknown };

/** The objects in a JSON-LD value: itself, the members of a list, the members of `@graph`. */
function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  return [node, ...(Array.isArray(node['@graph']) ? nodesOf(node['@graph']) : [])];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value.filter((one) => typeof one === 'string').join(' ')
      : '';
}

function firstGiven(texts: (string | undefined)[]): string | undefined {
  return texts.map((text) => plainTitle(text ?? '')).find((text) => text !== '');
}

/** The page's only h1: a page with several uses them for something else. */
function headingOf(document: PageDocument): string {
  const [first, second] = document.querySelectorAll('h1');
  return second === undefined ? (first?.textContent ?? '') : '';
}

/** `<title>` without the site's name behind the last separator. */
function titleOf(document: PageDocument): string {
  const title = document.querySelector('title')?.textContent ?? '';
  const cut = title.replace(/\s*(?:[-|_–—·»]|::)\s*[^-|_–—·»]{1,30}$/u, '');
  return cut.length >= 6 ? cut : title;
}

function timeOf(document: PageDocument): string {
  return (
    document
      .querySelector('article time[datetime], main time[datetime], time[datetime][pubdate], time[datetime]')
      ?.getAttribute('datetime') ?? ''
  );
}

/** How far down a byline may stand; below that, dates belong to other things. */
const BYLINE_REACH = 3000;

/** Many Chinese sites give the time only in the byline: `2026-05-22 08:30`. A bare day could be anything. */
function writtenDate(document: PageDocument): string {
  const text = document.querySelector('body')?.textContent?.replace(/\s+/g, ' ').slice(0, BYLINE_REACH) ?? '';
  return (
    /20\d{2}(?:-|\/|\.|年)\d{1,2}(?:-|\/|\.|月)\d{1,2}日? ?\d{1,2}:\d{2}(?::\d{2})?/.exec(text)?.[0] ?? ''
  );
}

/** Dates without a zone on Chinese pages are Beijing time, else UTC, as in feeds. */
function pageZone(document: PageDocument): number {
  const language = document.documentElement?.getAttribute('lang') ?? '';
  const title = document.querySelector('title')?.textContent ?? '';
  return language.toLowerCase().startsWith('zh') || /\p{Script=Han}/u.test(title) ? BEIJING_MINUTES : 0;
}

function isAddress(text: string | undefined): boolean {
  return /^https?:|^@/i.test(text ?? '');
}

/** Templates name the home page as canonical of every page; that would make all articles of a site one. */
function isPlausible(canonical: URL | null, url: string): canonical is URL {
  if (canonical === null || !/^https?:$/.test(canonical.protocol)) return false;
  const own = URL.parse(url);
  return canonical.pathname !== '/' || own?.pathname === '/';
}

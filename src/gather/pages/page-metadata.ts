import type { Instant } from '../../domain/article.ts';
import type { PageDocument } from '../dom.ts';
import { plainTitle } from '../html-text.ts';
import { readPageDate } from './page-date.ts';
import { withoutSiteName } from './page-title.ts';
import type { StructuredData } from './structured-data.ts';

export type PageMetadata = {
  title?: string;
  author?: string;
  publishedAt?: Instant;
  canonicalUrl?: string;
  /** Lead image, absolute. */
  image?: string;
  tags?: string[];
};

const AUTHOR_METAS = [
  'author',
  'article:author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'DC.creator',
  'byl',
];
const IMAGE_METAS = ['og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'];

/** Where a byline stands when only readers are told; taken when it holds little else. */
const AUTHOR_PLACES =
  '[rel="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"], .byline-name, .author-name, .byline, .author, .article-author, .post-author';

/** Longer than this it is a sentence about the author. */
const MAX_AUTHOR = 60;

/** More than this many keywords, or longer ones, are written for search engines. */
const MAX_TAGS = 20;
const MAX_TAG = 30;

/** What a page says of itself: JSON-LD, meta tags, then what readers see. Costs a few selector queries. */
export function readMetadata(
  document: PageDocument,
  data: StructuredData,
  page: { url: string; fetchedAt: Instant },
): PageMetadata {
  const metas = metasOf(document);
  const meta = (name: string): string => metas.get(name.toLowerCase())?.[0] ?? '';
  const found: PageMetadata = {};
  const title = titleOf(document, data, meta);
  if (title !== '') found.title = title;
  const author = authorOf(document, data, meta);
  if (author !== '') found.author = author;
  const publishedAt = readPageDate(document, data, meta, page);
  if (publishedAt !== undefined) found.publishedAt = publishedAt;
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute('href') || meta('og:url');
  const canonicalUrl = URL.parse(canonical.trim() || page.url, page.url);
  if (isPlausible(canonicalUrl, page.url)) found.canonicalUrl = canonicalUrl.href;
  const image = [...IMAGE_METAS.map(meta), data.image ?? ''].find(
    (one) => one !== '' && !one.startsWith('data:'),
  );
  const imageUrl = image === undefined ? null : URL.parse(image, page.url);
  if (imageUrl !== null && /^https?:$/.test(imageUrl.protocol)) found.image = imageUrl.href;
  const tags = tagsOf(data, metas);
  if (tags.length > 0) found.tags = tags;
  return found;
}

/** All meta tags by name in small letters, in one walk: a selector for each name costs more than all of them together. */
function metasOf(document: PageDocument): Map<string, string[]> {
  const metas = new Map<string, string[]>();
  for (const element of document.querySelectorAll('meta[content]')) {
    const content = element.getAttribute('content')?.trim() ?? '';
    if (content === '') continue;
    for (const attribute of ['property', 'name', 'itemprop']) {
      const name = element.getAttribute(attribute)?.toLowerCase();
      if (name !== undefined) metas.set(name, [...(metas.get(name) ?? []), content]);
    }
  }
  return metas;
}

function titleOf(document: PageDocument, data: StructuredData, meta: (name: string) => string): string {
  const heading = headingOf(document);
  const title = plainTitle(document.querySelector('title')?.textContent ?? '');
  const sites = [meta('og:site_name'), meta('application-name'), data.publisher ?? ''];
  const shown = withoutSiteName(title, { sites, heading: '', cutLast: true });
  const confirmed = title === '' || speakAlike(heading, shown) ? heading : '';
  const declared = [meta('og:title'), data.headline ?? '', confirmed, meta('twitter:title')]
    .map(plainTitle)
    .find((one) => one !== '');
  if (declared !== undefined) return withoutSiteName(declared, { sites, heading });
  return title === '' ? heading : withoutSiteName(title, { sites, heading, cutLast: true });
}

/** Titles for search engines differ from headings, but share words with them; a slogan or the site's name does not. */
const SHARED_WORDS = 0.3;

function speakAlike(heading: string, title: string): boolean {
  const words = heading.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]{3,}/gu) ?? [];
  const shared = words.filter((word) => title.toLowerCase().includes(word)).length;
  return words.length > 0 && shared >= SHARED_WORDS * words.length;
}

/** The page's only h1: a page with several uses them for something else. */
function headingOf(document: PageDocument): string {
  const [first, second] = document.querySelectorAll('h1');
  return second === undefined ? plainTitle(first?.textContent ?? '') : '';
}

function authorOf(document: PageDocument, data: StructuredData, meta: (name: string) => string): string {
  const declared = [data.author ?? '', ...AUTHOR_METAS.map(meta)];
  const shown = [...document.querySelectorAll(AUTHOR_PLACES)].slice(0, 3).map((one) => one.textContent ?? '');
  return [...declared, ...shown].map(asAuthor).find((one) => one !== '') ?? '';
}

/** A name without `By` or `作者：`; empty for addresses, accounts and whole sentences. */
function asAuthor(text: string): string {
  const name = plainTitle(text)
    .replace(/^(?:(?:written |words |story |posted )?by:?\s+|(?:作者|文|撰文|记者)\s*[：:|丨/／]\s*)/i, '')
    .replace(/\s*(?:[|·•,]|\d{4}[-年/]|\d+月).*$/u, (rest) => (/^\s*,\s*\p{Lu}/u.test(rest) ? rest : ''))
    .trim();
  return /^https?:|^@|@\S+\.\w/i.test(name) || name.length > MAX_AUTHOR || !/\p{L}/u.test(name) ? '' : name;
}

function tagsOf(data: StructuredData, metas: Map<string, string[]>): string[] {
  const keywords = (metas.get('keywords') ?? []).flatMap((list) => list.split(/[,，、;；]/));
  const given =
    [metas.get('article:tag') ?? [], data.keywords ?? [], keywords].find((list) => list.length > 0) ?? [];
  const tags = given.map(plainTitle).filter((tag) => tag !== '' && tag.length <= MAX_TAG);
  return [...new Set(tags)].slice(0, MAX_TAGS);
}

/** Templates name the home page as canonical of every page; that would make all articles of a site one. */
function isPlausible(canonical: URL | null, url: string): canonical is URL {
  if (canonical === null || !/^https?:$/.test(canonical.protocol)) return false;
  const own = URL.parse(url);
  return canonical.pathname !== '/' || own?.pathname === '/';
}

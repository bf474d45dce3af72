import type { Instant } from '../../domain/article.ts';
import type { PageDocument } from '../dom.ts';
import { parseDate } from '../parse-date.ts';
import { dateExpressionIn } from '../relative-date.ts';
import type { StructuredData } from './structured-data.ts';

const BEIJING_MINUTES = 480;

const DATE_METAS = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'og:article:published_time',
  'datePublished',
  'dateCreated',
  'pubdate',
  'publishdate',
  'publish_date',
  'publication_date',
  'sailthru.date',
  'parsely-pub-date',
  'citation_date',
  'citation_publication_date',
  'DC.date.issued',
  'dc.date',
  'DC.Date',
  'weibo:article:create_at',
  'apub:time',
  'date',
];

/** Elements that show when a page was published; several stand in a list of other articles, so only the first few count. */
const DATE_PLACES =
  '[itemprop="datePublished"], [pubdate], .pubtime, #pubtime, #pubtime_baidu, .pub-time, .publish-time, .publish_time, ' +
  '.pub_time, .post-time, .post-date, .entry-date, .article-time, .article-date, .published, .publishdate, .date, .time';
const PLACES_LOOKED_AT = 4;

/** How far down a byline may stand; below that, dates belong to other things. */
const BYLINE_REACH = 3000;

/** Longer texts are not a date with a few words around it. */
const MAX_BYLINE = 120;

/**
 * When the page says it was published: what it declares first, then what readers see, then its address.
 * Dates without a zone on Chinese pages are Beijing time, else UTC, as in feeds; relative ones count from `fetchedAt`.
 */
export function readPageDate(
  document: PageDocument,
  data: StructuredData,
  meta: (name: string) => string,
  { url, fetchedAt }: { url: string; fetchedAt: Instant },
): Instant | undefined {
  const zone = pageZone(document);
  const understood = (text: string): Instant | undefined =>
    text === '' ? undefined : parseDate(text, zone, fetchedAt);
  for (const text of [data.datePublished ?? '', ...DATE_METAS.map(meta)]) {
    const at = understood(text) ?? understood(dateExpressionIn(text.slice(0, MAX_BYLINE)));
    if (at !== undefined) return at;
  }
  return (
    understood(timeOf(document)) ??
    shownDate(document, understood) ??
    understood(writtenDate(document)) ??
    understood(dateInAddress(url))
  );
}

function timeOf(document: PageDocument): string {
  return (
    document
      .querySelector('article time[datetime], main time[datetime], time[datetime][pubdate], time[datetime]')
      ?.getAttribute('datetime') ?? ''
  );
}

function shownDate(
  document: PageDocument,
  understood: (text: string) => Instant | undefined,
): Instant | undefined {
  for (const element of [...document.querySelectorAll(DATE_PLACES)].slice(0, PLACES_LOOKED_AT)) {
    const declared = element.getAttribute('content') ?? element.getAttribute('datetime') ?? '';
    const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    const at =
      understood(declared) ?? (text.length > MAX_BYLINE ? undefined : understood(dateExpressionIn(text)));
    if (at !== undefined) return at;
  }
  return undefined;
}

/** Many Chinese sites give the time only in the byline: `2026-05-22 08:30`. A bare day could be anything. */
function writtenDate(document: PageDocument): string {
  const text = document.querySelector('body')?.textContent?.replace(/\s+/g, ' ').slice(0, BYLINE_REACH) ?? '';
  return (
    /20\d{2}(?:-|\/|\.|年)\d{1,2}(?:-|\/|\.|月)\d{1,2}日? ?\d{1,2}:\d{2}(?::\d{2})?/.exec(text)?.[0] ??
    /(?:发布|时间|日期)\S{0,4}[：:] ?(20\d{2}(?:-|\/|\.|年)\d{1,2}(?:-|\/|\.|月)\d{1,2}日?)/.exec(
      text,
    )?.[1] ??
    /(?:发布|时间)\S{0,4}[：:] ?(\d{1,2}-\d{2}) ?(\d{2}:\d{2})/.exec(text)?.slice(1).join(' ') ??
    ''
  );
}

/** `/2026/03/10/` and `/2026-03-10/` in an address: news sites file their pages by day. */
function dateInAddress(url: string): string {
  const found = /\/(20\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|\.|$)/.exec(
    URL.parse(url)?.pathname ?? '',
  );
  return found === null ? '' : found.slice(1, 4).join('-');
}

function pageZone(document: PageDocument): number {
  const language = document.documentElement?.getAttribute('lang') ?? '';
  const title = document.querySelector('title')?.textContent ?? '';
  return language.toLowerCase().startsWith('zh') || /\p{Script=Han}/u.test(title) ? BEIJING_MINUTES : 0;
}

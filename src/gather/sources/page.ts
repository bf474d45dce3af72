import { z } from 'zod';
import type { Entry, Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { decodeText } from '../decode-text.ts';
import { type PageDocument, type PageElement, parseDocument } from '../dom.ts';
import { identityOf } from '../identity.ts';
import { parseDate } from '../parse-date.ts';
import { dateExpressionIn, parseRelativeDate } from '../relative-date.ts';
import { makeEntry } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { defineKind, failed } from './source-kind.ts';

const DAY_MS = 86_400_000;
/** On the first visit only what is dated within these days is listed: an old list is no news. */
const FIRST_DAYS = 3;
/** Links remembered beside those that stand on the page now: lists push links off and pull them back. */
const REMEMBERED = 2000;
const BEIJING_MINUTES = 480;

const settings = z.object({
  item: z
    .string()
    .min(1)
    .default('article')
    .describe('每一条的 CSS 选择器，如 .news-list li / selector of one item'),
  link: z.string().exactOptional().describe('其中的链接，不写则取有文字的第一个 / the link in it'),
  title: z.string().exactOptional().describe('其中的标题，不写则用链接的文字 / its title'),
  date: z.string().exactOptional().describe('其中的日期，不写则取 time / its date'),
  summary: z.string().exactOptional().describe('其中的摘要，不写则取 p / its summary'),
  maxItems: z.int().min(1).max(500).default(100).describe('一次最多几条，其余留到下次 / in one go'),
});
type Ways = z.infer<typeof settings>;

/** Those of the selectors that look inside an item. */
const PARTS = ['link', 'title', 'date', 'summary'] as const;
type Part = (typeof PARTS)[number];

/** The identities of links seen before. */
const memorySchema = z.object({ seen: z.array(z.string()) });

/**
 * `kind: page` — a page that lists articles, read by CSS selectors; new is what was not there before. When the selector
 * finds nothing the page has changed, and that is a failure a person must see, not an empty day.
 */
export const page = defineKind({
  kind: 'page',
  settings,
  async collect(source, ways, state, { fetch, now }) {
    const answer = await fetch({
      url: source.url,
      accept: 'page',
      ...optional('etag', state.etag),
      ...optional('lastModified', state.lastModified),
    });
    if (answer.kind === 'not-modified') return { kind: 'unchanged' };
    if (answer.kind === 'failed') return answer;
    const document = parseDocument(decodeText(answer.bytes, answer.headers['content-type']));
    const wrong = ['item' as const, ...PARTS].find((part) => !isSelector(ways[part], document));
    if (wrong !== undefined)
      return failed('source-selector', `${wrong} 的选择器「${ways[wrong]}」写错了`, false);
    const items = [...document.querySelectorAll(ways.item)];
    const context = { source, now, zone: zoneOf(document), base: baseOf(document, answer.url) };
    const listed = items.flatMap((item) => toEntry(item, ways, context) ?? []);
    const missing = missingParts(items, ways);
    if (listed.length === 0) {
      const which = missing === undefined || items.length === 0 ? '' : `（${missing}）`;
      return failed(
        'source-selector',
        `「${ways.item}」在页面上找到 ${items.length} 处，其中没有可用的链接${which}：网页可能改版了，请更新选择器`,
        false,
      );
    }
    const known = memorySchema.safeParse(state.memory).data?.seen;
    const { entries, seen } = whatIsNew(listed, known, ways.maxItems, now);
    const said = { memory: { seen }, ...optional('note', missing && `${missing}，网页可能改版了`) };
    if (entries.length === 0) return { kind: 'unchanged', ...said };
    const validators = { ...optional('etag', answer.etag), ...optional('lastModified', answer.lastModified) };
    // A page half listed is asked again whole: what is left of it comes next time.
    const all = entries.length < ways.maxItems;
    return { kind: 'listed', entries, ...said, ...(all ? validators : {}) };
  },
});

/** Entries not seen before, as many as fit, and what is seen now: what did not fit is not. */
function whatIsNew(
  listed: readonly Entry[],
  known: readonly string[] | undefined,
  most: number,
  now: Instant,
): { entries: Entry[]; seen: string[] } {
  const here = new Map(listed.toReversed().map((entry) => [identityOf(entry.url), entry]));
  const inOrder = [...here].toReversed();
  const before = new Set(known);
  const fresh = inOrder.filter(([identity, entry]) =>
    known === undefined ? isRecent(entry, now) : !before.has(identity),
  );
  const waiting = new Set(fresh.slice(most).map(([identity]) => identity));
  const stand = inOrder.map(([identity]) => identity).filter((identity) => !waiting.has(identity));
  const gone = [...before].filter((identity) => !here.has(identity)).slice(0, REMEMBERED);
  return { entries: fresh.slice(0, most).map(([, entry]) => entry), seen: [...stand, ...gone] };
}

function isRecent({ publishedAt }: Entry, now: Instant): boolean {
  return publishedAt !== undefined && now - publishedAt < FIRST_DAYS * DAY_MS;
}

type Context = { source: Source; base: string; zone: number; now: Instant };

function toEntry(item: PageElement, ways: Ways, { source, base, zone, now }: Context): Entry | undefined {
  const link = linkIn(item, ways.link);
  const href = link?.getAttribute('href') ?? '';
  const url = href === '' || href.startsWith('#') ? null : URL.parse(href, base);
  if (url === null) return undefined;
  const textOf = (selector: string | undefined) =>
    selector === undefined ? undefined : item.querySelector(selector)?.textContent?.trim() || undefined;
  const linkText = link?.getAttribute('title') || link?.textContent?.trim();
  return makeEntry(
    {
      url: url.href,
      title: textOf(ways.title) ?? linkText,
      text: textOf(ways.summary ?? 'p'),
      ...optional('publishedAt', dateOf(item.querySelector(ways.date ?? 'time'), zone, now)),
    },
    source,
    now,
  );
}

/** The item itself where it is a link; else the one asked for, or the first with words (pictures are linked too). */
function linkIn(item: PageElement, selector: string | undefined): PageElement | null {
  if (selector !== undefined) return item.querySelector(selector);
  if (item.tagName === 'A' && item.getAttribute('href')) return item;
  const links = [...item.querySelectorAll('a[href]')];
  return links.find((link) => link.textContent?.trim()) ?? links[0] ?? null;
}

function dateOf(element: PageElement | null, zone: number, now: Instant): Instant | undefined {
  const written = [element?.getAttribute('datetime'), element?.textContent].flatMap((text) => {
    const said = text?.trim().replace(/\s+/g, ' ') ?? '';
    return said === '' ? [] : [said, dateExpressionIn(said)];
  });
  for (const text of written) {
    const at = parseDate(text, zone) ?? parseRelativeDate(text, zone, now);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** The selectors of the config that no item answers to: a part of the page has changed. */
function missingParts(items: readonly PageElement[], ways: Ways): string | undefined {
  const isMissing = (part: Part): boolean => {
    const selector = ways[part];
    return selector !== undefined && items.every((item) => item.querySelector(selector) === null);
  };
  const missing = PARTS.filter(isMissing).map((part) => `${part}「${ways[part]}」`);
  return missing.length === 0 ? undefined : `${missing.join('、')}一处也没有找到`;
}

function isSelector(selector: string | undefined, document: PageDocument): boolean {
  if (selector === undefined) return true;
  try {
    document.querySelectorAll(selector);
    return true;
  } catch {
    return false;
  }
}

/** Pages that say they are in another language mean UTC by a time without a zone; all others Beijing time. */
function zoneOf(document: PageDocument): number {
  return /^zh/i.test(document.documentElement?.getAttribute('lang') || 'zh') ? BEIJING_MINUTES : 0;
}

function baseOf(document: PageDocument, url: string): string {
  const href = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  return URL.parse(href, url)?.href ?? url;
}

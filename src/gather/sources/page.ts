import { z } from 'zod';
import type { Entry, Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { decodeText } from '../decode-text.ts';
import { type PageElement, parseDocument } from '../dom.ts';
import { identityOf } from '../identity.ts';
import { parseDate } from '../parse-date.ts';
import { makeEntry } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { defineKind, failed } from './source-kind.ts';

const DAY_MS = 86_400_000;
/** On the first visit only what is dated within these days is listed: an old list is no news. */
const FIRST_DAYS = 3;
/** Links remembered. */
const REMEMBERED = 2000;
const BEIJING_MINUTES = 480;

const settings = z.object({
  item: z.string().min(1).describe('每一条的 CSS 选择器，如 .news-list li / selector of one item'),
  link: z.string().default('a[href]').describe('其中的链接 / the link in it'),
  title: z.string().exactOptional().describe('其中的标题，不写则用链接的文字 / its title'),
  date: z.string().exactOptional().describe('其中的日期 / its date'),
  summary: z.string().exactOptional().describe('其中的摘要 / its summary'),
  maxItems: z.int().min(1).max(500).default(100),
});

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
    const chinese = /^zh/i.test(document.documentElement?.getAttribute('lang') ?? 'zh');
    let found: PageElement[];
    try {
      found = [...document.querySelectorAll(ways.item)];
    } catch {
      return failed('source-selector', `选择器「${ways.item}」写错了`, false);
    }
    const zone = chinese ? BEIJING_MINUTES : 0;
    const listed = found.flatMap(
      (item) => toEntry(item, ways, { source, base: answer.url, zone, now }) ?? [],
    );
    if (listed.length === 0)
      return failed(
        'source-selector',
        `「${ways.item}」在页面上找到 ${found.length} 处，其中没有可用的链接：网页可能改版了，请更新选择器`,
        false,
      );
    const entries = [...new Map(listed.map((entry) => [identityOf(entry.url), entry])).values()];
    const known = memorySchema.safeParse(state.memory).data?.seen;
    const seen = new Set(known);
    const fresh = entries.filter((entry) =>
      known === undefined ? isRecent(entry, now) : !seen.has(identityOf(entry.url)),
    );
    const memory = {
      seen: [...new Set([...entries.map(({ url }) => identityOf(url)), ...seen])].slice(0, REMEMBERED),
    };
    if (fresh.length === 0) return { kind: 'unchanged', memory };
    return {
      kind: 'listed',
      entries: fresh.slice(0, ways.maxItems),
      memory,
      ...optional('etag', answer.etag),
      ...optional('lastModified', answer.lastModified),
    };
  },
});

function isRecent({ publishedAt }: Entry, now: Instant): boolean {
  return publishedAt !== undefined && now - publishedAt < FIRST_DAYS * DAY_MS;
}

function toEntry(
  item: PageElement,
  ways: z.infer<typeof settings>,
  { source, base, zone, now }: { source: Source; base: string; zone: number; now: Instant },
): Entry | undefined {
  const link = item.tagName === 'A' && item.getAttribute('href') ? item : item.querySelector(ways.link);
  const url = URL.parse(link?.getAttribute('href') ?? '', base);
  if (link === null || url === null || link.getAttribute('href')?.startsWith('#')) return undefined;
  const textOf = (selector: string | undefined) =>
    selector === undefined ? undefined : item.querySelector(selector)?.textContent?.trim();
  const dated = ways.date === undefined ? item.querySelector('time') : item.querySelector(ways.date);
  const date = dated?.getAttribute('datetime') ?? dated?.textContent?.trim();
  return makeEntry(
    {
      url: url.href,
      title: textOf(ways.title) ?? (link.getAttribute('title') || link.textContent?.trim()),
      text: textOf(ways.summary),
      ...optional('publishedAt', date ? parseDate(date, zone) : undefined),
    },
    source,
    now,
  );
}

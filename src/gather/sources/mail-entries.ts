import PostalMime, { type Email } from 'postal-mime';
import type { Entry, Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { type PageElement, parseDocument } from '../dom.ts';
import { makeEntry } from './make-entry.ts';

/** Words of the link that shows a letter in the browser. */
const IN_BROWSER =
  /(view|read|open|see)[^.]{0,24}(browser|online|web)|(web|online|browser) version|在(浏览器|线|网页)[^。]{0,6}(查看|阅读|打开)|查看网页版|网页版/i;
/** Words and addresses of links that lead to no article. */
const NO_ARTICLE =
  /unsubscribe|preferences|manage (your )?subscription|privacy|advertise|sponsor|forward to|退订|取消订阅|订阅设置|隐私|广告合作|分享到|转发/i;
const NO_ARTICLE_HOST =
  /(^|\.)(facebook\.com|twitter\.com|x\.com|linkedin\.com|instagram\.com|weibo\.com|t\.me|apps\.apple\.com|play\.google\.com)$/i;
/** A link of fewer words is a button or a name. */
const TITLE_CHARS = { han: 8, latin: 20 };

/** One letter read, or why not. */
export type LetterReading =
  | { kind: 'read'; entries: Entry[] }
  | { kind: 'homeless' }
  | { kind: 'unreadable' };

/**
 * A letter as entries: itself, linked where a browser shows it («view in browser», `List-Archive`), or with `links` each
 * article it links. `homeless`: nothing in it that a reader could open.
 */
export async function letterEntries(
  raw: Uint8Array,
  context: { source: Source; links: boolean; now: Instant },
): Promise<LetterReading> {
  let letter: Email;
  try {
    letter = await PostalMime.parse(raw, { maxNestingDepth: 20 });
  } catch {
    return { kind: 'unreadable' };
  }
  const at = Date.parse(letter.date ?? '');
  const publishedAt = Number.isNaN(at) ? undefined : at;
  const anchors = letter.html === undefined ? [] : anchorsIn(letter.html);
  const { source, links, now } = context;
  const entries = links
    ? anchors
        .filter(isArticle)
        .flatMap(({ href, words }) => makeEntry({ url: href, title: words, publishedAt }, source, now) ?? [])
    : whole(letter, anchors, publishedAt, source, now);
  const once = [...new Map(entries.map((entry) => [entry.url, entry])).values()];
  return once.length === 0 ? { kind: 'homeless' } : { kind: 'read', entries: once };
}

type Anchor = { href: string; words: string };

function whole(
  letter: Email,
  anchors: readonly Anchor[],
  publishedAt: Instant | undefined,
  source: Source,
  now: Instant,
): Entry[] {
  const archive = letter.headers.find(({ key }) => key === 'archived-at' || key === 'list-archive')?.value;
  const home =
    anchors.find(({ words }) => IN_BROWSER.test(words))?.href ??
    /https?:\/\/[^\s<>]+/.exec(archive ?? '')?.[0];
  if (home === undefined) return [];
  const said = {
    url: home,
    title: letter.subject,
    author: letter.from?.name,
    publishedAt,
    html: letter.html,
    ...(letter.html === undefined ? { text: letter.text } : {}),
  };
  const entry = makeEntry(said, source, now);
  return entry === undefined ? [] : [entry];
}

function anchorsIn(html: string): Anchor[] {
  return [...parseDocument(html).querySelectorAll('a[href]')].flatMap((link: PageElement) => {
    const url = URL.parse(link.getAttribute('href') ?? '');
    const words = (link.textContent ?? '').replace(/\s+/g, ' ').trim();
    return url !== null && /^https?:$/.test(url.protocol) ? [{ href: url.href, words }] : [];
  });
}

function isArticle({ href, words }: Anchor): boolean {
  const host = URL.parse(href)?.hostname ?? '';
  const han = (words.match(/\p{Script=Han}/gu) ?? []).length;
  if (han < TITLE_CHARS.han && words.length < TITLE_CHARS.latin) return false;
  return !NO_ARTICLE.test(words) && !NO_ARTICLE_HOST.test(host) && !IN_BROWSER.test(words);
}

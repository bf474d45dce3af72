import { parseDocument } from '../dom.ts';
import { canonicalUrl } from '../identity.ts';

/** A link of a letter, under the words that stand on it (on one line). */
export type MailLink = { url: string; words: string };

/** Whole texts of the link that shows a letter in the browser. Anchored: headlines speak of browsers too. */
const IN_BROWSER = [
  /^\W*(?:view|read|open|see|display)\b.{0,30}\bin (?:your |a |the )?(?:web ?)?browser\W*$/i,
  /^\W*(?:view|read|open|see) (?:(?:this|the|it|full|e-?mail|newsletter|post|letter|issue|message|as|a|in) )*(?:online|on the web|on (?:our|the) (?:web)?site|web ?page)\W*$/i,
  /^\W*(?:(?:view|read|open|see) )?(?:the )?(?:web|online|browser) version\W*$/i,
  /^.{0,14}(?:在(?:浏览器|线|网页)|用浏览器)中?(?:查看|阅读|打开|浏览).{0,6}$/,
  /^.{0,10}(?:查看|打开|阅读|浏览)(?:网页|在线)版.{0,6}$/,
  /^\P{L}*(?:网页版|在线版)\P{L}*$/u,
];

/** Texts of links that lead to no article, wherever they stand in it. Bought places say so at their end. */
const NO_ARTICLE =
  /\bunsubscribe\b|\b(?:email|manage|update)\b.{0,20}\b(?:preferences|subscriptions?)\b|\bforward (?:this|it|to a friend)|退订|取消订阅|订阅设置|管理订阅|转发给|分享到|广告合作|商务合作|[([（【](?:sponsor(?:ed)?|ad|advertisement|广告|赞助)[)\]）】]\s*$/i;
/** Places where people meet or buy; a link there is a share, a profile or a shop. */
const NO_ARTICLE_HOST =
  /(^|\.)(facebook\.com|twitter\.com|x\.com|linkedin\.com|instagram\.com|threads\.net|weibo\.com|t\.me|wa\.me|apps\.apple\.com|play\.google\.com)$/i;
/** Texts of buttons that are long enough to pass for a headline. */
const BUTTON =
  /^(?:点击|继续阅读|阅读全文|查看全文|了解更多|click here|continue reading|read (?:the )?full|learn more)/i;
/** A link of fewer characters is a button or a name. */
const TITLE_CHARS = { han: 8, latin: 20 };

/**
 * Parameters that mailing services put on every link to know who followed it. `e`: Mailchimp; `r`, `token`: Substack;
 * `ck_subscriber_id`: Kit; `__s`: Drip; `ss_email_id`: Squarespace; `oly_enc_id`: Omeda; `bbeml`: Blackbaud; `sp_…`:
 * Acoustic; `jwt`, `_bhlid`: beehiiv; the others say it themselves. A token of Substack's opens its reader's account.
 */
const READER_PARAMETER =
  /^(?:e|r|token|jwt|auth|key|ck_subscriber_id|__s|ss_email_id|ss_source|oly_(?:enc|anon)_id|bbeml|_bhlid|sp_\w+|e?mail|email_?\w*|subscriber\w*|recipient\w*|contact_?id|reader_?id|user_?id|member_?id)$/i;
/** Values that name a person whatever the parameter: an address of mail, a JSON Web Token. */
const READER_VALUE = /@|^eyJ[\w-]+\.[\w-]+/;

/** Paths of click counters: SendGrid, Mailchimp, Substack, Amazon SES, HubSpot, Iterable, Mailgun. */
const COUNTER_PATH = /^\/(?:ls\/click|track\/click|redirect\/|CL0\/|L0\/|e3t\/|ss\/c\/|uni\/|c\/eJ|f\/a\/)/;
/** First labels of counters' hosts; only with an opaque part behind them are they taken for one. */
const COUNTER_HOST = /^(?:clicks?|links?|lnks?|track(?:ing)?|trk|url\d+|ct|email|em\d*|go|r|t|view|mail)\./;
/** One part of an address in which a reader's mark fits: no word is as long without a hyphen. */
const OPAQUE_CHARS = 20;
/** On any host: a parameter this long says more than which page it is. WeChat's longest, `__biz` and `sn`, are shorter. */
const OPAQUE_ANYWHERE_CHARS = 48;

/** Counters inside counters are seen; deeper nesting is somebody's game. */
const MAX_NESTED = 3;

/** The http(s) links of a letter in its order, with what is written on them. */
export function linksIn(html: string): MailLink[] {
  return [...parseDocument(html).querySelectorAll('a[href]')].flatMap((anchor) => {
    const url = URL.parse(anchor.getAttribute('href') ?? '');
    const words = (anchor.textContent ?? '').replace(/[\s\u200b-\u200d\ufeff\u00ad]+/g, ' ').trim();
    return url !== null && /^https?:$/.test(url.protocol) ? [{ url: url.href, words }] : [];
  });
}

/** The address that shows the letter in a browser: «view in browser», or the headline that is the letter's subject. */
export function browserLink(links: readonly MailLink[], subject: string): string | undefined {
  const shown = links.find(({ words }) => showsLetter(words));
  const bare = (text: string) => text.replace(/\s+/g, '');
  return (shown ?? links.find(({ words }) => words !== '' && bare(words) === bare(subject)))?.url;
}

/** The links that lead to articles by their words and hosts, each address once. */
export function articleLinks(links: readonly MailLink[]): MailLink[] {
  const found = new Map<string, MailLink>();
  for (const link of links) {
    if (!isArticle(link)) continue;
    const first = found.get(link.url);
    if (first === undefined || BUTTON.test(first.words)) found.set(link.url, link);
  }
  return [...found.values()];
}

function isArticle({ url, words }: MailLink): boolean {
  const { hostname = '', pathname = '/', search = '' } = URL.parse(url) ?? {};
  const han = (words.match(/\p{Script=Han}/gu) ?? []).length;
  if (han < TITLE_CHARS.han && words.length < TITLE_CHARS.latin) return false;
  const frontPage = pathname === '/' && search === '';
  return !frontPage && !NO_ARTICLE.test(words) && !NO_ARTICLE_HOST.test(hostname) && !showsLetter(words);
}

function showsLetter(words: string): boolean {
  return IN_BROWSER.some((whole) => whole.test(words));
}

/** An address fit for readers, or one that only its click counter understands and that names whom it was sent to. */
export type Cleaned = { kind: 'open'; url: string } | { kind: 'counted'; url: string };

/** A letter's address without what tells who it was sent to: targets are taken out of counters, marks are dropped. */
export function withoutReader(address: string): Cleaned {
  let url = new URL(address);
  for (let depth = 0; depth < MAX_NESTED; depth += 1) {
    const inner = targetIn(url);
    if (inner === undefined) break;
    url = inner;
  }
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '');
  const kept = isWechat(url) ? pairs : pairs.filter((pair) => !namesReader(pair));
  url.search = kept.length === 0 ? '' : `?${kept.join('&')}`;
  return { kind: isCounted(url) ? 'counted' : 'open', url: canonicalUrl(url.href) };
}

/** The address a counter carries in its path (`/L0/https:%2F%2F…/1/…`) or in a parameter. */
function targetIn(url: URL): URL | undefined {
  const parts = [...url.pathname.split('/').map(decoded), ...url.searchParams.values()];
  const target = parts.find((part) => /^https?:\/\/[^/]+\.[^/]+/i.test(part));
  return target === undefined ? undefined : (URL.parse(target) ?? undefined);
}

function namesReader(pair: string): boolean {
  const [name = '', value = ''] = pair.split(/=(.*)/s);
  return READER_PARAMETER.test(name) || READER_VALUE.test(decoded(value));
}

function isCounted(url: URL): boolean {
  if (isWechat(url)) return false;
  if (COUNTER_PATH.test(url.pathname)) return true;
  const values = [...url.searchParams.values()];
  if (values.some((value) => isOpaque(value, OPAQUE_ANYWHERE_CHARS))) return true;
  const parts = [...url.pathname.split('/'), ...values];
  return COUNTER_HOST.test(url.hostname) && parts.some((part) => isOpaque(part, OPAQUE_CHARS));
}

/** Letters and digits mixed in one long run: a mark, not a word. */
function isOpaque(part: string, chars: number): boolean {
  const runs = part.match(/[\w.~+=]+/g) ?? [];
  return runs.some((run) => run.length >= chars && /\d/.test(run) && /[a-z]/i.test(run));
}

function isWechat(url: URL): boolean {
  return url.hostname === 'mp.weixin.qq.com';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

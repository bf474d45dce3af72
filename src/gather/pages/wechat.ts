import type { Instant } from '../../domain/article.ts';
import { detectLanguage } from '../detect-language.ts';
import type { PageDocument } from '../dom.ts';
import { bodyHtml, parseDocument } from '../dom.ts';
import { decodeEntities, htmlToText, plainTitle, tidyLines } from '../html-text.ts';
import { canonicalUrl, identityOf } from '../identity.ts';
import { parseDate } from '../parse-date.ts';
import { firstWords } from '../to-article.ts';
import { cutTail } from './cut-tail.ts';
import { dropScripts } from './drop-scripts.ts';
import type { JsValue } from './js-literal.ts';
import { readJsLiteral } from './js-literal.ts';
import type { PageReading } from './page-reading.ts';
import type { ReadingRules, Tail } from './page-rules.ts';
import { BLOCKED, signIn, WECHAT_GONE, WECHAT_LATER, WECHAT_UNREADABLE } from './page-signs.ts';

const BEIJING_MINUTES = 480;

/** `item_show_type` of pages whose text is not in the article's HTML: image share, text share, short post. */
const TEXT_IN_DATA = new Set(['8', '10', '17']);

/** Platform furniture inside the article's HTML. */
const JUNK =
  'script, style, mp-common-profile, mp-style-type, mp-common-product, mp-miniprogram, qqmusic, .code-snippet__line-index, ' +
  '#js_top_ad_area, #js_tags_preview_toast, #content_bottom_area, #js_pc_qr_code, #wx_stream_article_slide_tip';

/** True for WeChat's own pages and for copies of them on other hosts. */
export function isWechatPage(html: string, url: string): boolean {
  if (/^https?:\/\/mp\.weixin\./i.test(url)) return true;
  return /id=["']?js_(?:article|content)\b/.test(html) && /(?:var|window\.)\s*biz\s*=/.test(html);
}

/**
 * A WeChat page: an article with account, time and identities, or which of the failure pages it is (all of them
 * arrive as HTTP 200). Reads the page's data from its scripts without running them.
 */
export function readWechat(html: string, url: string, rules: ReadingRules): PageReading {
  if (/\/mp\/(?:wappoc_appmsgcaptcha|verify)|captcha/i.test(URL.parse(url)?.pathname ?? '')) {
    return { kind: 'blocked', why: '微信要求人机验证' };
  }
  const document = parseDocument(dropScripts(html));
  const data = cgiData(html);
  const isArticle = document.querySelector('#js_article, #js_content') !== null || data !== undefined;
  return isArticle ? readArticlePage({ html, url, document, data }, rules) : readFailurePage(document);
}

function readFailurePage(document: PageDocument): PageReading {
  const message = document.querySelector('.weui-msg, .mesg-block, .page_msg');
  const text = htmlToText(message?.innerHTML ?? bodyHtml(document));
  const gone = signIn(text, WECHAT_GONE);
  if (gone !== undefined) return { kind: 'gone', why: gone };
  const blocked = signIn(text, BLOCKED);
  if (blocked !== undefined) return { kind: 'blocked', why: blocked };
  const later = signIn(text, WECHAT_LATER);
  if (later !== undefined) return { kind: 'later', why: later };
  return { kind: 'unreadable', why: signIn(text, WECHAT_UNREADABLE) ?? '微信页面里没有文章' };
}

type Data = { [key: string]: JsValue };

function readArticlePage(
  {
    html,
    url,
    document,
    data,
  }: { html: string; url: string; document: PageDocument; data: Data | undefined },
  { tails }: ReadingRules,
): PageReading {
  const of = (name: string): string => variable(html, name);
  const said = (key: string): string => decodeEntities(stringOf(data?.[key]));
  const showType = of('item_show_type') || stringOf(data?.item_show_type) || '0';
  const text = textOfPage(document, data, showType, tails);
  if (text === '') {
    return showType === '11'
      ? { kind: 'unreadable', why: '这是转载分享，正文在另一篇文章里' }
      : { kind: 'unreadable', why: '微信页面里没有文字（可能只有图片、视频或音频）' };
  }
  const identities = identitiesOf(of, data, document, url);
  const meta = (name: string): string =>
    document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content') ?? '';
  const title = titleOf(data, showType, [
    said('title'),
    of('msg_title'),
    meta('og:title'),
    document.querySelector('#activity-name')?.textContent ?? '',
  ]);
  const account =
    said('nick_name') || of('nickname') || (document.querySelector('#js_name')?.textContent ?? '');
  const author = said('author') || of('author') || meta('author');
  const publishedAt = publishedAtOf(of, data);
  const long = longLink(of, data);
  return {
    kind: 'text',
    text,
    extractor: `wechat/${showType}`,
    title: plainTitle(title) || firstWords(text),
    ...(plainTitle(author) === '' ? {} : { author: plainTitle(author) }),
    ...(plainTitle(account) === '' ? {} : { account: plainTitle(account) }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    language: detectLanguage(text),
    ...(long === undefined ? {} : { canonicalUrl: long }),
    identities,
  };
}

/** Article HTML first; the page's data where the type says so, or where the HTML is only a shell. */
function textOfPage(
  document: PageDocument,
  data: Data | undefined,
  showType: string,
  tails: readonly Tail[],
): string {
  const content = document.querySelector('#js_content');
  for (const junk of content?.querySelectorAll(JUNK) ?? []) junk.remove();
  const written =
    content === null || TEXT_IN_DATA.has(showType) ? '' : cutTail(htmlToText(content.innerHTML), tails);
  if (written !== '' && !isShareButton(written)) return written;
  const page = data?.text_page_info;
  const inText = page !== null && typeof page === 'object' && !Array.isArray(page) ? page : {};
  const plain = [inText.content_noencode, data?.content_noencode, inText.content, data?.desc].map(stringOf);
  return plain.map((one) => markedText(one)).find((one) => one !== '') ?? '';
}

/** The HTML of a repost is only the button that leads to the original. */
function isShareButton(text: string): boolean {
  return /^(?:阅读全文|查看原文|Read more)$/.test(text);
}

/** `content_noencode` is plain text for shares and HTML for articles; entities may be left in both. */
function markedText(text: string): string {
  return /<(?:p|br|div|section|span|a|img)[\s>/]/i.test(text)
    ? htmlToText(text)
    : tidyLines(decodeEntities(text));
}

function titleOf(data: Data | undefined, showType: string, candidates: string[]): string {
  const page = data?.text_page_info;
  const userTitle =
    page !== null && typeof page === 'object' && !Array.isArray(page) ? page.is_user_title : undefined;
  // A text share without a title of its own repeats its whole text as title.
  if (TEXT_IN_DATA.has(showType) && showType !== '8' && Number(userTitle ?? 0) === 0) {
    const [first = ''] = candidates;
    return first.length > 0 && first.length <= 30 && !first.includes('\n') ? first : '';
  }
  return candidates.find((one) => one.trim() !== '') ?? '';
}

function publishedAtOf(of: (name: string) => string, data: Data | undefined): Instant | undefined {
  const seconds = of('ct') || stringOf(data?.ori_create_time) || of('oriCreateTime');
  const at = parseDate(seconds, 0);
  return at ?? parseDate(of('createTime') || stringOf(data?.create_time), BEIJING_MINUTES);
}

function longLink(of: (name: string) => string, data: Data | undefined): string | undefined {
  const [biz, mid, idx, sn] = [of('biz') || stringOf(data?.bizuin), of('mid'), of('idx'), of('sn')];
  if (biz !== '' && mid !== '' && idx !== '' && sn !== '') {
    return canonicalUrl(`https://mp.weixin.qq.com/s?__biz=${biz}&mid=${mid}&idx=${idx}&sn=${sn}`);
  }
  const link = of('msg_link') || stringOf(data?.link);
  return /^https?:\/\/mp\.weixin\.qq\.com\/s[/?]/.test(link) ? canonicalUrl(link) : undefined;
}

function identitiesOf(
  of: (name: string) => string,
  data: Data | undefined,
  document: PageDocument,
  url: string,
): string[] {
  const [biz, mid, idx] = [of('biz') || stringOf(data?.bizuin), of('mid'), of('idx')];
  const named = biz !== '' && mid !== '' && idx !== '' ? [`wechat:${biz}:${mid}:${idx}`] : [];
  const og = document.querySelector('meta[property="og:url"]')?.getAttribute('content') ?? '';
  const links = [url, of('msg_link'), stringOf(data?.link), og].map(identityOf);
  return [...new Set([...named, ...links])].filter((identity) => identity.startsWith('wechat'));
}

/** `window.cgiDataNew = {…}`, the page's data in one place; older pages have none. */
function cgiData(html: string): Data | undefined {
  const found = /window\.cgiDataNew\s*=\s*(?=\{)/.exec(html);
  const value = found === null ? undefined : readJsLiteral(html, found.index + found[0].length);
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
}

/** The first non-empty string assigned to a variable of the page, in either dialect: `var x = "" || "…"`, `window.x = …`. */
function variable(html: string, name: string): string {
  const assignment = new RegExp(
    `(?:var\\s+|window\\.)${name}\\s*=\\s*(?:window\\.title\\s*=\\s*)?(?=["'h])`,
    'g',
  );
  for (const found of html.matchAll(assignment)) {
    const value = readJsLiteral(html, found.index + found[0].length);
    if (typeof value === 'string' && value !== '') return decodeEntities(value);
  }
  return '';
}

function stringOf(value: JsValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

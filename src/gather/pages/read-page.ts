import { Readability } from '@mozilla/readability';
import { DefuddleClass } from 'defuddle/node';
import { decodeText } from '../decode-text.ts';
import { detectLanguage } from '../detect-language.ts';
import type { PageDocument, PageElement } from '../dom.ts';
import { bodyHtml, parseDocument } from '../dom.ts';
import { htmlToText, tidyLines } from '../html-text.ts';
import { identityOf } from '../identity.ts';
import { cutHead } from './cut-head.ts';
import { cutTail } from './cut-tail.ts';
import { dropScripts } from './drop-scripts.ts';
import { nestingDepth } from './nesting.ts';
import { readMetadata } from './page-metadata.ts';
import type { PageInput, PageReading } from './page-reading.ts';
import { BLOCKED, SOFT_GONE, signIn } from './page-signs.ts';
import { isWechatPage, readWechat } from './wechat.ts';

/**
 * Readability's own default (500) discards newsflashes; 150 keeps them. Measured on 120 synthetic pages:
 * mean F1 of short newsflashes 0.59 -> 0.87, no other template worse.
 */
const CHAR_THRESHOLD = 150;

/** A text shorter than this is suspected to be a teaser or a cookie notice, and the second extractor is asked. */
const SHORT_TEXT = 200;

/** Less than this is no article by anybody's measure: a caption, a menu, an error. */
const MIN_TEXT = 20;

/**
 * Failure pages say little else; on a longer page their phrases are what the page is about.
 * In bytes of UTF-8, since a Chinese sentence needs a third of the characters of an English one.
 */
const MAX_FAILURE_PAGE_BYTES = 900;

/** Browsers stop nesting at this level themselves; twice as deep already costs an extractor seconds. */
const MAX_DEPTH = 512;

/**
 * What a fetched page is: an article's text and facts, or why there is none. Pure; runs no script, loads nothing,
 * never throws. Cost: 10-50 ms for an ordinary page, up to a few seconds for hostile ones (use the pool).
 */
export function readPage({ bytes, contentType, url }: PageInput): PageReading {
  if (!/html|xml|text\/plain|^$/i.test(contentType)) {
    return { kind: 'unreadable', why: `不是网页（${contentType.split(';')[0]}）` };
  }
  const text = decodeText(bytes, contentType);
  if (/text\/plain/i.test(contentType)) return plainPage(text, url);
  const html = dropScripts(text);
  if (nestingDepth(html, MAX_DEPTH) >= MAX_DEPTH) return { kind: 'unreadable', why: '网页嵌套过深，已放弃' };
  if (isWechatPage(text, url)) return readWechat(text, url);
  const document = parseDocument(html);
  const visible = visibleText(document);
  const failure = failureOf(visible, document);
  if (failure !== undefined) return failure;
  const metadata = readMetadata(document, url);
  const article = extract(html, document, { url, visibleLength: visible.length, title: metadata.title });
  if (article === undefined)
    return { kind: 'unreadable', why: '网页里没有找到正文（可能要运行脚本才能显示）' };
  const { canonicalUrl } = metadata;
  return {
    kind: 'text',
    ...article,
    ...metadata,
    language: detectLanguage(article.text),
    identities: canonicalUrl === undefined ? [] : [identityOf(canonicalUrl)],
  };
}

function plainPage(text: string, url: string): PageReading {
  const body = tidyLines(text);
  if (body.length < MIN_TEXT) return { kind: 'unreadable', why: '网页几乎没有文字' };
  return {
    kind: 'text',
    text: body,
    extractor: 'plain',
    language: detectLanguage(body),
    identities: [identityOf(url)],
  };
}

function visibleText(document: PageDocument): string {
  return htmlToText(bodyHtml(document));
}

function failureOf(visible: string, document: PageDocument): PageReading | undefined {
  const said = `${document.querySelector('title')?.textContent ?? ''}\n${visible}`;
  if (Buffer.byteLength(visible) > MAX_FAILURE_PAGE_BYTES) return undefined;
  const blocked = signIn(said, BLOCKED);
  if (blocked !== undefined) return { kind: 'blocked', why: blocked };
  const gone = signIn(said.trim(), SOFT_GONE);
  return gone === undefined ? undefined : { kind: 'gone', why: gone };
}

type Extracted = { text: string; extractor: string };

/** Readability first; where it comes back short and the page has more, Defuddle, and the longer of the two. */
function extract(
  html: string,
  document: PageDocument,
  page: { url: string; visibleLength: number; title: string | undefined },
): Extracted | undefined {
  const main = byReadability(document);
  const enough = main.length >= SHORT_TEXT || page.visibleLength < 2 * Math.max(main.length, MIN_TEXT);
  const other = enough ? '' : byDefuddle(html, page.url);
  const best =
    other.length > 2 * main.length
      ? { text: other, extractor: 'defuddle' }
      : { text: main, extractor: 'readability' };
  const text = cutTail(cutHead(best.text, page.title));
  return text.length >= MIN_TEXT ? { ...best, text } : undefined;
}

/** Beside the article, on every site: captions, asides, readers' comments, and blocks that only link elsewhere. */
const BESIDE =
  'aside, figcaption, [role="complementary"], #comments, .comments, .comment-list, .comments-area, #disqus_thread';

/** Consumes the document. */
function byReadability(document: PageDocument): string {
  for (const element of document.querySelectorAll(BESIDE)) element.remove();
  for (const block of document.querySelectorAll('p, li')) if (isLinkOnly(block)) block.remove();
  // Themes hide the article until their script runs; Readability would skip what is hidden so.
  for (const element of document.querySelectorAll('[style*="visibility"], [style*="opacity"]')) {
    const style = element.getAttribute('style') ?? '';
    element.setAttribute('style', style.replace(/(?:visibility|opacity)\s*:[^;]*;?/gi, ''));
  }
  const content = attempt(() => {
    const reader = new Readability(document as never, { charThreshold: CHAR_THRESHOLD });
    return reader.parse()?.content;
  });
  return htmlToText(content ?? '');
}

/** «READ MORE: another story»: nothing but links, and not inside a sentence. */
function isLinkOnly(block: PageElement): boolean {
  const links = [...block.querySelectorAll('a')];
  if (links.length === 0) return false;
  const linked = links
    .map((link) => link.textContent ?? '')
    .join('')
    .trim();
  return linked.length >= 0.8 * (block.textContent ?? '').trim().length;
}

/** From the HTML again, since Readability takes its document apart. */
function byDefuddle(html: string, url: string): string {
  const content = attempt(() => new DefuddleClass(parseDocument(html) as never, { url }).parse().content);
  return htmlToText(content ?? '');
}

/** The libraries throw on some malformed trees; for us that is a page they cannot read. */
function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}

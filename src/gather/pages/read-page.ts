import { decodeText } from '../decode-text.ts';
import { detectLanguage } from '../detect-language.ts';
import { bodyHtml, type PageDocument, parseDocument } from '../dom.ts';
import { htmlToText, tidyLines } from '../html-text.ts';
import { identityOf } from '../identity.ts';
import { type Candidate, chooseText, isDoubtful, paragraphsOf } from './choose-text.ts';
import { citedIn, citedWorks } from './cited-works.ts';
import { cutHead } from './cut-head.ts';
import { cutTail } from './cut-tail.ts';
import { dropScripts } from './drop-scripts.ts';
import { byDefuddle, byReadability, bySiteRule } from './extractors.ts';
import { clearPage, lift, titlesIn } from './furniture.ts';
import { nestingDepth } from './nesting.ts';
import { readMetadata } from './page-metadata.ts';
import type { PageInput, PageReading } from './page-reading.ts';
import { type ReadingRules, siteRuleFor } from './page-rules.ts';
import { BLOCKED, MAX_FAILURE_PAGE_BYTES, SOFT_GONE, signIn } from './page-signs.ts';
import { readStructuredData } from './structured-data.ts';
import { isWechatPage, readWechat } from './wechat.ts';

/** Less than this is no article by anybody's measure: a caption, a menu, an error. */
const MIN_TEXT = 20;

/** With less in the place a site's rule points at, the site has changed or this is another kind of its pages. */
const MIN_RULED_TEXT = 80;

/** Browsers stop nesting at this level themselves; twice as deep already costs an extractor seconds. */
const MAX_DEPTH = 512;

/**
 * What a fetched page is: an article's text and facts, or why there is none. Pure; runs no script, loads nothing,
 * never throws. Cost: 10-50 ms for an ordinary page, up to a few seconds for hostile ones (use the pool).
 */
export function readPage(
  { bytes, contentType, url, fetchedAt }: PageInput,
  rules: ReadingRules,
): PageReading {
  if (!/html|xml|text\/plain|^$/i.test(contentType)) {
    return { kind: 'unreadable', why: `不是网页（${contentType.split(';')[0]}）` };
  }
  const text = decodeText(bytes, contentType);
  if (/text\/plain/i.test(contentType)) return plainPage(text, url);
  const html = dropScripts(text);
  if (nestingDepth(html, MAX_DEPTH) >= MAX_DEPTH) return { kind: 'unreadable', why: '网页嵌套过深，已放弃' };
  if (isWechatPage(text, url)) return readWechat(text, url, rules);
  const document = parseDocument(html);
  const failure = failureOf(htmlToText(bodyHtml(document)), document);
  if (failure !== undefined) return failure;
  const data = readStructuredData(document);
  const { canonicalUrl, ...metadata } = readMetadata(document, data, { url, fetchedAt });
  const cited = citedWorks(document, url);
  const article = extract(html, document, { url, title: metadata.title, told: data.articleBody }, rules);
  if (article === undefined)
    return { kind: 'unreadable', why: '网页里没有找到正文（可能要运行脚本才能显示）' };
  return {
    kind: 'text',
    ...article,
    ...metadata,
    cites: citedIn(article.text, cited),
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
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

function failureOf(visible: string, document: PageDocument): PageReading | undefined {
  const said = `${document.querySelector('title')?.textContent ?? ''}\n${visible}`;
  if (Buffer.byteLength(visible) > MAX_FAILURE_PAGE_BYTES) return undefined;
  const blocked = signIn(said, BLOCKED);
  if (blocked !== undefined) return { kind: 'blocked', why: blocked };
  const gone = signIn(said.trim(), SOFT_GONE);
  return gone === undefined ? undefined : { kind: 'gone', why: gone };
}

type Page = { url: string; title: string | undefined; told: string | undefined };

/** The article's text, or nothing when there is hardly any. See docs/technotes/reading-pages.md. */
function extract(
  html: string,
  document: PageDocument,
  page: Page,
  rules: ReadingRules,
): Candidate | undefined {
  const best = candidateOf(html, document, page, rules);
  if (best === undefined) return undefined;
  const lines = best.text.split('\n').filter((line) => !rules.strays.some((stray) => stray.test(line)));
  const text = cutTail(cutHead(lines.join('\n'), rules.heads, page.title), rules.tails);
  return text.length >= MIN_TEXT ? { ...best, text } : undefined;
}

/** The site's rule where there is one; else Readability; where its answer is doubtful, the best of all. */
function candidateOf(
  html: string,
  document: PageDocument,
  { url, told = '' }: Page,
  { furniture, barriers, sites, tails }: ReadingRules,
): Candidate | undefined {
  const rule = siteRuleFor(url, sites);
  const ruled = rule === undefined ? '' : bySiteRule(document, rule);
  if (ruled.length >= MIN_RULED_TEXT) return { text: ruled, extractor: 'site' };
  clearPage(document, barriers);
  const putBack = lift(titlesIn(document));
  const visible = htmlToText(bodyHtml(document));
  putBack();
  const first = { text: byReadability(document, furniture), extractor: 'readability' };
  // Twice as much in the page's data: its text waits for a script, and what is told counts as the page's too.
  const tellsMore = told.length >= 2 * Math.max(first.text.length, MIN_TEXT);
  const paragraphs = paragraphsOf(tellsMore ? `${visible}\n${told}` : visible, tails);
  if (!tellsMore && !isDoubtful(first.text, { paragraphs, visibleLength: visible.length })) return first;
  const again = (): PageDocument => {
    const page = parseDocument(html);
    clearPage(page, barriers);
    return page;
  };
  const wanted = paragraphs.reduce((sum, one) => sum + one.length, 0) / 2;
  const candidates = [
    first,
    { text: told, extractor: 'json-ld' },
    { text: byDefuddle(again(), url), extractor: 'defuddle' },
    { text: byReadability(again(), furniture, wanted), extractor: 'readability-wide' },
  ];
  return chooseText(candidates, paragraphs);
}

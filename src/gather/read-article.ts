import type { Article, Body, Instant } from '../domain/article.ts';
import type { Failure } from '../domain/run.ts';
import type { Fetch, FetchFailure } from '../net/fetch.ts';
import { canonicalUrl, identityOf } from './identity.ts';
import type { PageInput, PageReading, PageText } from './pages/page-reading.ts';

/** How reading one article's page ended. */
export type ReadOutcome =
  /** The article has its full text; `identities` are all under which it is now known, its own first. */
  | { kind: 'read'; article: Article; identities: string[] }
  /** The page could not be had; the article goes on with what its source said of it. */
  | { kind: 'fallback'; article: Article; failure: Failure }
  /** The publisher took it away. */
  | { kind: 'gone'; article: Article; why: string }
  /** A bot check or «too many requests»: leave this host alone for the rest of the run. */
  | { kind: 'blocked'; article: Article; failure: Failure; host: string };

/** With this much text from the source itself a missing page does not make the article worthless. */
const FEED_TEXT_WORTH = 80;

/**
 * Reads the page of an article and returns the article with its text, or with why there is none. Never throws for what
 * the page or its host do. The caller skips articles whose source says `fullText: 'feed'`.
 */
export async function readArticle(
  article: Article,
  deps: { fetch: Fetch; readPage: (input: PageInput) => Promise<PageReading>; now: Instant },
): Promise<ReadOutcome> {
  if (URL.parse(article.url)?.hash) {
    return fallback(article, {
      code: 'page-section',
      message: '链接指向长页面中的一节，整页并不是这一篇，用源自带的文字',
    });
  }
  const answer = await deps.fetch({ url: article.url, accept: 'page' });
  if (answer.kind === 'failed') return whenRefused(article, answer);
  // Nothing conditional was asked, so this is a server's mistake.
  if (answer.kind === 'not-modified') {
    return fallback(article, { code: 'page-unreadable', message: '对方答非所问（304），没有给出网页' }, true);
  }
  if (leadsHome(article.url, answer.url)) {
    return fallback(article, { code: 'page-moved', message: '链接被转到了网站首页，原文可能已撤下' });
  }
  const contentType = answer.headers['content-type'] ?? '';
  const reading = await deps.readPage({
    bytes: answer.bytes,
    contentType,
    url: answer.url,
    fetchedAt: deps.now,
  });
  switch (reading.kind) {
    case 'text':
      return whenRead(article, reading, { finalUrl: answer.url, now: deps.now });
    case 'gone':
      return {
        kind: 'gone',
        article: { ...article, body: { kind: 'gone', why: reading.why } },
        why: reading.why,
      };
    case 'blocked':
      return blocked(article, { code: 'page-blocked', message: reading.why }, answer.url);
    case 'later':
      return fallback(article, { code: 'page-later', message: reading.why }, true);
    case 'unreadable':
      return fallback(article, { code: 'page-unreadable', message: reading.why });
  }
}

function whenRead(
  article: Article,
  page: PageText,
  context: { finalUrl: string; now: Instant },
): ReadOutcome {
  const known = [article.identity, identityOf(article.url), identityOf(context.finalUrl), ...page.identities];
  const body: Body =
    article.excerpt.length > page.text.length
      ? { kind: 'feed', text: article.excerpt, why: '源自带的文字比网页上读到的更长' }
      : {
          kind: 'page',
          text: page.text,
          extractor: page.extractor,
          ...(page.cites === undefined || page.cites.length === 0 ? {} : { cites: page.cites }),
        };
  const author = article.author ?? page.author;
  return {
    kind: 'read',
    identities: [...new Set(known)],
    article: {
      ...article,
      title: article.title === '' ? (page.title ?? article.title) : article.title,
      publisher: page.account ?? article.publisher,
      url: linkFor(article, page, context.finalUrl),
      ...(author === undefined ? {} : { author }),
      ...(page.image === undefined ? {} : { image: page.image }),
      tags: article.tags.length > 0 ? article.tags : (page.tags ?? []),
      language: page.language,
      publishedAt: betterDate(article, page, context.now),
      body,
    },
  };
}

/** The page's date when the source gave none (then the article carries the moment it was first seen). */
function betterDate(article: Article, page: PageText, now: Instant): Instant {
  const given = article.publishedAt !== article.firstSeenAt;
  return given || page.publishedAt === undefined ? article.publishedAt : Math.min(page.publishedAt, now);
}

/** Redirectors (feed proxies, short links) are replaced by where they led; temporary WeChat links by permanent ones. */
function linkFor(article: Article, page: PageText, finalUrl: string): string {
  const host = URL.parse(article.url)?.host;
  const temporary = /^https:\/\/mp\.weixin\.qq\.com\/s\?(?!__biz)/.test(article.url);
  if (temporary && page.canonicalUrl !== undefined) return canonicalUrl(page.canonicalUrl);
  return URL.parse(finalUrl)?.host === host ? article.url : canonicalUrl(finalUrl);
}

function whenRefused(article: Article, failure: FetchFailure): ReadOutcome {
  const { code, message, retryable, status } = failure;
  if ((status === 404 || status === 410) && article.excerpt.length < FEED_TEXT_WORTH) {
    const why = `原文已不存在（HTTP ${status}）`;
    return { kind: 'gone', article: { ...article, body: { kind: 'gone', why } }, why };
  }
  if (status === 429) return blocked(article, { code, message }, article.url);
  return fallback(article, { code, message }, retryable);
}

function fallback(article: Article, reason: { code: string; message: string }, again = false): ReadOutcome {
  return {
    kind: 'fallback',
    article: { ...article, body: feedBody(article, reason.message, again) },
    failure: { ...reason, subject: article.url, retryable: again },
  };
}

function blocked(article: Article, reason: { code: string; message: string }, url: string): ReadOutcome {
  return {
    kind: 'blocked',
    article: { ...article, body: feedBody(article, reason.message, true) },
    failure: { ...reason, subject: article.url, retryable: true },
    host: URL.parse(url)?.host ?? '',
  };
}

function feedBody(article: Article, why: string, again: boolean): Body {
  return { kind: 'feed', text: article.excerpt, why, ...(again ? { again: true } : {}) };
}

/** A page deep in a site that now leads to its front page is gone, though it answers 200. */
function leadsHome(from: string, to: string): boolean {
  const [a, b] = [URL.parse(from), URL.parse(to)];
  return a !== null && b !== null && a.pathname !== '/' && b.pathname === '/' && b.search === '';
}

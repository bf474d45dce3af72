import type { Instant, Language } from '../../domain/article.ts';

/** A fetched page: what the wire gave. */
export type PageInput = {
  bytes: Uint8Array;
  contentType: string;
  /** The final address, after redirects. */
  url: string;
  /** When it was fetched: what `3小时前` on the page counts from. */
  fetchedAt: Instant;
};

/** What a page turned out to be. `why` is Chinese, for the editor. */
export type PageReading =
  | PageText
  /** The publisher took it away, for good. */
  | { kind: 'gone'; why: string }
  /** A captcha or bot check instead of the page: leave the host alone for a while. */
  | { kind: 'blocked'; why: string }
  /** Cannot be seen now; another day it may. */
  | { kind: 'later'; why: string }
  /** No article to be found in it. */
  | { kind: 'unreadable'; why: string };

export type PageText = {
  kind: 'text';
  /** Plain paragraphs joined by `\n`. */
  text: string;
  /** Which way it was read, e.g. `wechat/0`, `site`, `readability`, `defuddle`, `json-ld`. */
  extractor: string;
  title?: string;
  author?: string;
  /** The WeChat account. */
  account?: string;
  publishedAt?: Instant;
  /** The lead image as the page declares it, absolute. */
  image?: string;
  /** Keywords the page declares; may be empty. */
  tags?: string[];
  language: Language;
  canonicalUrl?: string;
  /** Addresses of papers, repositories and models that the text links; may be empty. */
  cites?: string[];
  /** Every identity the page tells of itself; may be empty. */
  identities: string[];
};

/** A moment: milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** Which languages ribao tells apart; everything else is `other`. */
export type Language = 'zh' | 'en' | 'ja' | 'ko' | 'other';

/** What a site counts of its readers' interest. */
export const ENGAGEMENT = ['points', 'comments', 'stars', 'likes', 'downloads'] as const;

/** Readers' interest as a source counted it when it was seen; grows with time. */
export type Engagement = { readonly [Count in (typeof ENGAGEMENT)[number]]?: number };

/** What a source lists at this moment. It becomes an Article, or a sighting of one. All text is plain text. */
export type Entry = {
  sourceId: string;
  /** Absolute http(s) address, as the source gave it (resolved against the feed's base). */
  url: string;
  /** Absent when the source gave none; such an entry is named by the first words of its text. */
  title: string;
  author?: string;
  /** Absent when the source gave none or one that cannot be understood; future dates are clamped to `seenAt`. */
  publishedAt?: Instant;
  /** The fullest text the source itself carried, as plain paragraphs joined by `\n`; may be empty. */
  text: string;
  tags: string[];
  engagement?: Engagement;
  /** The picture the source shows with it: an absolute address, not fetched. */
  image?: string;
  /** When this run saw it. */
  seenAt: Instant;
};

/** Where an article's text came from, or why there is none. */
export type Body =
  /** not tried yet */
  | { kind: 'unread' }
  /** full text from the article's page */
  | {
      kind: 'page';
      text: string;
      extractor: string;
      /** Addresses of papers, repositories and models that the text links. */
      cites?: string[];
    }
  /** the source's own text, because the page could not be had (or was shorter); `again`: a later run tries once more */
  | { kind: 'feed'; text: string; why: string; again?: true }
  /** the publisher took it away (deleted, banned, 404/410); never published */
  | { kind: 'gone'; why: string };

/** One piece at one canonical identity, as one publisher tells it. */
export type Article = {
  /** 16 hex digits of the SHA-256 of the identity under which it was first seen. Never changes. */
  id: string;
  /** e.g. `wechat:MzA3MzI4MjgzMw==:2650970328:2`, `wechat-short:TOKEN`, `arxiv:2604.20791`, `url:example.com/a` */
  identity: string;
  sourceId: string;
  /** The name readers know the publisher by: the WeChat account, or the source's name. */
  publisher: string;
  /** The link readers get: canonical, without tracking parameters. */
  url: string;
  title: string;
  author?: string;
  language: Language;
  /** The best known publish time; `seenAt` of the first sighting when none was given. */
  publishedAt: Instant;
  firstSeenAt: Instant;
  /** What the source itself said about it (plain text, may be empty). */
  excerpt: string;
  tags: string[];
  /** The highest counts that any of its sightings gave. */
  engagement?: Engagement;
  /** The lead image its page declares, else its source's: an absolute address, not fetched. */
  image?: string;
  body: Body;
};

/** The text to work with: the body's when there is one, else the excerpt. Plain paragraphs joined by `\n`. */
export function textOf(article: Article): string {
  return article.body.kind === 'page' || article.body.kind === 'feed' ? article.body.text : article.excerpt;
}

import { z } from 'zod';

/** How a page misbehaves or is shaped; `article` is the ordinary page of its site. */
export const pageKindSchema = z.enum(['article', 'hang', 'deleted', 'image-share', 'text-share']);

/** One article as authored in `samples/day-N/SOURCE.yaml`. Times are Beijing wall clock, `2026-03-10T09:20`. */
export const articleSchema = z
  .strictObject({
    slug: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    title: z.string().min(1),
    at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
    author: z.string().exactOptional(),
    summary: z.string().exactOptional(),
    tags: z.array(z.string()).default([]),
    page: pageKindSchema.default('article'),
    /** Paragraphs, one a line. `## ` opens a heading, `> ` a quotation, `$ ` a line of code. */
    text: z.string().exactOptional(),
    /** The text of another article, lightly edited: each pair is replaced once; `lead` goes before it. */
    from: z
      .strictObject({
        slug: z.string(),
        lead: z.string().exactOptional(),
        replace: z.array(z.tuple([z.string(), z.string()])).default([]),
      })
      .exactOptional(),
  })
  .refine((article) => (article.text === undefined) !== (article.from === undefined), {
    message: 'either text or from',
  });

/** One source as authored in `samples/sources.yaml`. */
export const siteSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  tagline: z.string(),
  language: z.enum(['zh', 'en']),
  /** Address of the feed. */
  url: z.url(),
  /** Front page of the site (for accounts: of the bridge). */
  home: z.url(),
  /** Address of an article, `{slug}` filled in. Absent for accounts, whose addresses follow from `wechat`. */
  articleUrl: z.string().exactOptional(),
  /** `rss-short` carries only the summary, `rss-full` the whole text as content:encoded. */
  feed: z.enum(['rss-short', 'rss-full', 'atom', 'rdf', 'json']),
  charset: z.enum(['utf-8', 'gbk']).default('utf-8'),
  template: z.enum(['portal', 'blog', 'paper', 'wechat']),
  nav: z.array(z.string()).default([]),
  weight: z.number().default(1),
  fullText: z.enum(['page', 'feed']).default('page'),
  publisher: z.string().exactOptional(),
  gzip: z.boolean().default(false),
  /** `dead`: the connection is cut. `malformed`: the feed is not well-formed XML. */
  trouble: z.enum(['dead', 'malformed']).exactOptional(),
  wechat: z
    .strictObject({ biz: z.string(), links: z.enum(['long', 'short']), firstMid: z.int() })
    .exactOptional(),
});

export type SampleSite = z.infer<typeof siteSchema>;
export type AuthoredArticle = z.infer<typeof articleSchema>;

/** Every address one WeChat article answers to, and what its page says of itself. */
export type WechatFacts = {
  biz: string;
  mid: string;
  idx: number;
  sn: string;
  token: string;
  long: string;
  short: string;
};

/** One article with its text resolved and its address known. */
export type SampleArticle = {
  /** `SOURCE/SLUG`, as `samples/expected.yaml` names it. */
  key: string;
  sourceId: string;
  slug: string;
  day: 1 | 2;
  title: string;
  /** Milliseconds since the epoch. */
  at: number;
  author: string;
  summary: string;
  tags: string[];
  page: z.infer<typeof pageKindSchema>;
  paragraphs: string[];
  /** The address its feed gives. */
  url: string;
  wechat?: WechatFacts;
};

const noiseKind = z.enum(['off-topic', 'advert', 'event', 'recruiting', 'roundup', 'repost', 'thin']);

const dayExpectation = z.strictObject({
  /** Events told by two articles or more. */
  events: z.array(z.strictObject({ key: z.string(), articles: z.array(z.string()).min(2) })),
  /** Pairs that look alike and are not one event. */
  apart: z.array(z.tuple([z.string(), z.string()])).default([]),
  noise: z.record(z.string(), noiseKind),
  /** Event keys or article keys that a good edition cannot miss. */
  mustHave: z.array(z.string()),
  /** Article keys that can never be shown, and why. */
  unreadable: z.record(z.string(), z.string()).default({}),
  /** Article keys that tell an event of the day before, with a new fact. */
  followUps: z.record(z.string(), z.string()).default({}),
  /** Article keys that tell an event of the day before, with nothing new. */
  repeats: z.record(z.string(), z.string()).default({}),
  /** Sections whose right answer nobody would dispute, by article key. */
  sections: z.record(z.string(), z.string()).default({}),
});

/** What a good newsdesk makes of the sample days: `samples/expected.yaml`. */
export const expectationSchema = z.strictObject({
  '2026-03-10': dayExpectation,
  '2026-03-11': dayExpectation,
});
export type Expectation = z.infer<typeof expectationSchema>;

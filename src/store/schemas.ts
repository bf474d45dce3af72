import { z } from 'zod';
import { type Body, ENGAGEMENT, type Engagement } from '../domain/article.ts';
import type { Brief } from '../domain/brief.ts';
import type { DeepRead } from '../domain/deep-read.ts';
import type { DeliveryState, Edition, Item } from '../domain/edition.ts';
import type { StylePair, StyleRule } from '../domain/house-style.ts';
import type { Ruling } from '../domain/ruling.ts';
import { HEALTHS, type SourceState } from '../domain/source.ts';
import type { Join, StoryChange, Verdict } from '../domain/story.ts';

/**
 * What JSON columns must look like when they come back: a database is a border like any other.
 * Each schema is checked against its domain type by the compiler (`satisfies`-style annotation).
 */
const reason = z.object({ signal: z.string(), weight: z.number() });
const noiseKind = z.enum(['off-topic', 'advert', 'event', 'recruiting', 'roundup', 'repost', 'thin']);

export const bodySchema: z.ZodType<Body> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unread') }),
  z.object({
    kind: z.literal('page'),
    text: z.string(),
    extractor: z.string(),
    cites: z.array(z.string()).exactOptional(),
  }),
  z.object({
    kind: z.literal('feed'),
    text: z.string(),
    why: z.string(),
    again: z.literal(true).exactOptional(),
  }),
  z.object({ kind: z.literal('gone'), why: z.string() }),
]);

export const tagsSchema = z.array(z.string());

export const engagementSchema: z.ZodType<Engagement> = z.partialRecord(z.enum(ENGAGEMENT), z.number());

export const joinsSchema: z.ZodType<Join[]> = z.array(
  z.object({
    articleId: z.string(),
    kind: z.enum(['first', 'repost', 'near-duplicate', 'same-event']),
    score: z.number(),
    reasons: z.array(z.string()),
  }),
);

const note = z.string().exactOptional();
export const sourceStateSchema: z.ZodType<SourceState> = z.object({
  sourceId: z.string(),
  etag: z.string().exactOptional(),
  lastModified: z.string().exactOptional(),
  lastTriedAt: z.number().exactOptional(),
  lastOkAt: z.number().exactOptional(),
  lastNewAt: z.number().exactOptional(),
  notBeforeAt: z.number().exactOptional(),
  failureStreak: z.number(),
  failingSince: z.number().exactOptional(),
  usualGapMs: z.number().exactOptional(),
  pollAt: z.number().exactOptional(),
  health: z.enum(HEALTHS).exactOptional(),
  standing: z.enum(['quarantine', 'admitted']).exactOptional(),
  firstAskedAt: z.number().exactOptional(),
  lastOutcome: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('new'), entries: z.number(), fresh: z.number(), note }),
      z.object({ kind: z.literal('unchanged'), note }),
      z.object({ kind: z.literal('silent'), lastNewAt: z.number(), usualGapMs: z.number(), note }),
      z.object({ kind: z.literal('failed'), code: z.string(), message: z.string(), retryable: z.boolean() }),
    ])
    .exactOptional(),
  memory: z.json().exactOptional(),
});

export const verdictSchema: z.ZodType<Verdict> = z.object({
  storyId: z.string(),
  section: z.object({ name: z.string(), reasons: z.array(reason), margin: z.number().exactOptional() }),
  noise: z.object({ kind: noiseKind.nullable(), reasons: z.array(reason) }),
  worth: z.object({ score: z.number(), parts: z.array(reason) }),
  byArticle: z.array(
    z.object({
      articleId: z.string(),
      section: z.string(),
      noise: noiseKind.nullable(),
      reasons: z.array(reason),
    }),
  ),
  novelty: z.object({
    kind: z.enum(['first', 'follow-up', 'repeat']),
    reasons: z.array(z.string()),
    newSentence: z.string().exactOptional(),
  }),
});

const evidence = z.array(z.object({ claim: z.string(), source: z.string(), articleId: z.string() }));

export const briefSchema: z.ZodType<Brief> = z.object({
  storyId: z.string(),
  articleId: z.string(),
  url: z.string(),
  headline: z.string(),
  summary: z.string(),
  marks: z.array(z.enum(['thin', 'english'])),
  evidence,
  writer: z.string(),
});

const link = { label: z.string(), url: z.string() };

const deepReadSchema: z.ZodType<DeepRead> = z.object({
  storyId: z.string(),
  articleId: z.string(),
  url: z.string(),
  publisher: z.string(),
  headline: z.string(),
  date: z.string(),
  told: evidence,
  figures: evidence,
  matters: evidence,
  doubts: evidence,
  further: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('primary'), ...link }),
      z.object({ kind: z.literal('outlet'), ...link }),
      z.object({ kind: z.literal('earlier'), ...link, date: z.string() }),
    ]),
  ),
  writer: z.string(),
});

const correctionNote = { on: z.string(), note: z.string() };

const itemSchema: z.ZodType<Item> = z.object({
  brief: briefSchema,
  worth: z.number(),
  publisher: z.string(),
  outlets: z.array(z.object({ name: z.string(), url: z.string(), title: z.string() })),
  parts: z.array(reason).default([]),
  corrected: z.array(z.object(correctionNote)).exactOptional(),
  course: z.array(z.object({ date: z.string(), headline: z.string(), url: z.string() })).exactOptional(),
  primary: z.object({ label: z.string(), url: z.string() }).exactOptional(),
  followUp: z
    .object({
      label: z.enum(['新进展', '持续跟踪']).default('新进展'),
      newSentence: z.string().default(''),
      date: z.string(),
      headline: z.string(),
      url: z.string(),
    })
    .exactOptional(),
});

const correction = {
  ...correctionNote,
  ruling: z.number(),
  at: z.number(),
  storyId: z.string(),
  headline: z.string(),
};
const correctionSchema = z.discriminatedUnion('kind', [
  z.object({
    ...correction,
    kind: z.literal('corrected'),
    was: z.object({ headline: z.string(), summary: z.string() }),
  }),
  z.object({
    ...correction,
    kind: z.literal('withdrawn'),
    section: z.string(),
    sectionPlace: z.number(),
    place: z.number(),
    item: itemSchema,
  }),
]);

export const editionSchema: z.ZodType<Edition> = z.object({
  date: z.string(),
  title: z.string(),
  tagline: z.string(),
  opening: z.string().exactOptional(),
  sections: z.array(z.object({ name: z.string(), items: z.array(itemSchema) })),
  deepReads: z.array(deepReadSchema).exactOptional(),
  corrections: z
    .object({
      printed: z.object({
        title: z.string(),
        opening: z.string().exactOptional(),
        deepReads: z.array(deepReadSchema).exactOptional(),
      }),
      made: z.array(correctionSchema),
    })
    .exactOptional(),
  revision: z.number(),
  contentHash: z.string(),
  madeFrom: z.string(),
  composedAt: z.number(),
  status: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('approved') }),
    z.object({
      kind: z.literal('held'),
      reasons: z.array(
        z.object({
          code: z.enum([
            'too-few-items',
            'too-few-days',
            'too-few-publishers',
            'sources-failed',
            'briefs-too-short',
            'briefs-missing',
          ]),
          message: z.string(),
        }),
      ),
    }),
  ]),
  leftOut: z.array(
    z.object({
      storyId: z.string(),
      title: z.string(),
      url: z.string(),
      publisher: z.string(),
      section: z.string().default(''),
      noise: noiseKind.nullable().default(null),
      worth: z.number(),
      parts: z.array(reason).default([]),
      why: z.string(),
    }),
  ),
  articleIds: z.record(z.string(), z.array(z.string())),
  asWritten: z.string().exactOptional(),
});

export const deliveryStateSchema: z.ZodType<DeliveryState> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned') }),
  z.object({ kind: z.literal('sending'), at: z.number() }),
  z.object({
    kind: z.literal('delivered'),
    at: z.number(),
    where: z.string(),
    ref: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('unclear'), at: z.number(), code: z.string(), message: z.string() }),
  z.object({
    kind: z.literal('failed'),
    at: z.number(),
    code: z.string(),
    message: z.string(),
    retryable: z.boolean(),
    notBefore: z.number().exactOptional(),
  }),
]);

export const storyChangeSchema: z.ZodType<StoryChange> = z.object({
  kind: z.enum(['merge', 'split']),
  at: z.number(),
  storyId: z.string(),
  otherId: z.string(),
  articleIds: z.array(z.string()),
  by: z.enum(['desk', 'editor']),
  reasons: z.array(z.string()),
});

const storyId = z.string();
export const rulingSchema: z.ZodType<Pick<Ruling, 'decision' | 'note' | 'traits'>> = z.object({
  decision: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('accept'), storyId }),
    z.object({ kind: z.literal('reject'), storyId }),
    z.object({ kind: z.literal('move'), storyId, section: z.string() }),
    z.object({ kind: z.literal('merge'), storyId, otherId: z.string() }),
    z.object({ kind: z.literal('split'), storyId, articleIds: z.array(z.string()) }),
    z.object({
      kind: z.literal('correct'),
      storyId,
      date: z.string(),
      headline: z.string(),
      summary: z.string(),
    }),
    z.object({ kind: z.literal('withdraw'), storyId, date: z.string() }),
    z.object({ kind: z.literal('forget') }),
  ]),
  note: z.string(),
  traits: z.record(z.string(), z.number()),
});

const briefText = z.object({ headline: z.string(), summary: z.string() });
export const stylePairSchema: z.ZodType<Pick<StylePair, 'before' | 'after'>> = z.object({
  before: briefText,
  after: briefText,
});

export const styleRuleSchema: z.ZodType<StyleRule> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('replace'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('drop'), phrase: z.string() }),
  z.object({ kind: z.literal('length'), of: z.enum(['headline', 'summary']), most: z.number() }),
]);

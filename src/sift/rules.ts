import { z } from 'zod';
import { ENGAGEMENT } from '../domain/article.ts';
import { phraseRuleSchema } from './phrase-rules.ts';

const points = z.number();
const share = z.number().min(0).max(1);

/** `editorial/names.yaml`: who is who in both scripts; `concepts` and `common` are for grouping. */
export const namesFileSchema = z.strictObject({
  names: z.array(
    z.strictObject({
      name: z.string().min(1),
      kind: z.enum(['company', 'model', 'product', 'person', 'org']),
      of: z.string().optional(),
      ai: z.number().min(0).max(3),
      fame: z.number().min(0).max(3),
      exact: z.boolean().optional(),
      aliases: z.array(z.string().min(1)).default([]),
    }),
  ),
  concepts: z.array(z.array(z.string().min(1)).min(1)),
  common: z.array(z.array(z.coerce.string())).transform((lists) => new Set(lists.flat())),
});

const noiseKind = z.enum(['off-topic', 'advert', 'event', 'recruiting', 'roundup', 'repost', 'thin']);

/** `editorial/noise.yaml`: what is not news for this daily. */
export const noiseRulesSchema = z.strictObject({
  relevance: z.strictObject({
    threshold: points,
    publisherWeight: points,
    publisherPenalty: points,
    textShare: share,
    textCap: points,
    words: z.array(phraseRuleSchema),
    against: z.array(phraseRuleSchema),
  }),
  kinds: z.array(z.strictObject({ kind: noiseKind, threshold: points, rules: z.array(phraseRuleSchema) })),
  thinTextChars: z.number().int().min(0),
});

/** `editorial/sections.yaml`: the sections and what speaks for each. */
export const sectionRulesSchema = z.strictObject({
  sections: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        description: z.string(),
        maxItems: z.number().int().positive(),
        base: points.default(0),
        hosts: z.record(z.string(), points).default({}),
        kinds: z.record(z.string(), points).default({}),
        signals: z.array(phraseRuleSchema),
      }),
    )
    .min(1),
});

/** `editorial/worth.yaml`: how a story's worth adds up. */
export const worthRulesSchema = z.strictObject({
  base: points,
  coverage: z.strictObject({ each: points, most: points }),
  sourceWeight: points,
  freshness: z.strictObject({ most: points, zeroHours: z.number().positive() }),
  entities: z.strictObject({ each: points, most: points, person: points.default(0) }),
  depth: z.strictObject({ most: points, fullChars: z.number().positive() }),
  primary: z.strictObject({ points, hosts: z.array(z.string()) }),
  engagement: z.strictObject({ each: points, most: points, counts: z.record(z.enum(ENGAGEMENT), points) }),
  sections: z.record(z.string(), points),
  signals: z.array(phraseRuleSchema),
  relevance: z.strictObject({ points, full: z.number().positive() }),
  thin: z.strictObject({ points, chars: z.number().int() }),
  selfPublished: z.strictObject({ points, hosts: z.array(z.string()) }).default({ points: 0, hosts: [] }),
  listing: z.strictObject({ points, pattern: z.string() }),
});

export type NamesFile = z.infer<typeof namesFileSchema>;
export type NoiseRules = z.infer<typeof noiseRulesSchema>;
export type SectionRules = z.infer<typeof sectionRulesSchema>;
export type WorthRules = z.infer<typeof worthRulesSchema>;

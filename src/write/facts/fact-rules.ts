import { z } from 'zod';

const words = z.array(z.string().min(1));

/** `editorial/facts.yaml`: how numbers, dates, denials, doubts, directions and deeds are said in both languages. */
export const factRulesSchema = z.strictObject({
  units: z.array(
    z.strictObject({
      /** The unit that values are given in; readers see it in messages. */
      unit: z.string().min(1),
      /** Written after the number. */
      forms: words,
      /** Written before it. */
      signs: words.default([]),
      /** One of `forms` is this many of `unit`. */
      factor: z.number().positive().default(1),
    }),
  ),
  /** What may follow a number written in Chinese characters, for it to be one. */
  counters: words,
  /** Quantities said without a number. */
  spelled: z.array(z.strictObject({ unit: z.string().min(1), value: z.number(), forms: words })),
  bounds: z.strictObject({
    about: z.strictObject({ before: words, after: words }),
    over: z.strictObject({ before: words, after: words }),
    under: z.strictObject({ before: words, after: words }),
  }),
  marks: z.strictObject({
    negation: words,
    /** Need not be kept, but bear out a denial of the claim. */
    softNegation: words,
    plan: words,
    possible: words,
    hearsay: words,
    /** Need not be kept, but bear out a doubt of the claim. */
    softModality: words,
    /** Longer words that hold one of the others and say nothing of the kind. */
    neutral: words,
  }),
  /** `将`, `或`, `拟` before one of these is a plan or a doubt. */
  eventVerbs: words,
  directions: z.strictObject({
    up: words,
    down: words,
    /** Need not be kept, but bear out an increase or a decrease of the claim. */
    softUp: words,
    softDown: words,
    /** Of those above: words that judge (优于) and do not measure (高于). */
    judging: words,
    /** Of `down`: what is said of costs and burdens to praise. */
    praise: words,
    /** Of `softDown`: words that bear out such praise and no other fall. */
    relief: words,
    /** What nobody is praised for having less of. */
    assets: words,
    /** Longer words that hold one letter of rise or fall and say nothing of either. */
    plain: words,
    neutral: words,
  }),
  /** Verbs that say one deed, each with who does it before and to whom after. */
  relations: z.array(z.strictObject({ verb: z.string().min(1), forms: words })),
  relationsNeutral: words,
  /** Those of `relations` that a firm or a person does, and no product of theirs to them. */
  agentVerbs: words,
  /** Forms of `relations` of which the sources have to use one of the same kind. */
  graveWords: words,
  /** Before such a verb they exchange the sides. */
  passives: words,
  /** Spellings of one place. */
  places: z.array(words),
  /** Latin words that are no names. */
  commonWords: words,
});

export type FactRules = z.infer<typeof factRulesSchema>;

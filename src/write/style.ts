import { z } from 'zod';

const words = z.array(z.string().min(1));

const range = z
  .strictObject({ least: z.int().min(1), most: z.int().max(400) })
  .refine(({ least, most }) => least < most, { error: 'least 应小于 most' });

/** `editorial/style.yaml`: lengths in characters, and the words by which the desk knows what does not belong into a headline or a brief. */
export const styleSchema = z.strictObject({
  length: z.strictObject({ headline: range, summary: range }),
  headline: z.strictObject({
    /** Attention-seekers at the start of a title, cut off with the mark that follows. */
    openers: words,
    /** Adverbs that can go when they stand right before what is done. */
    fillers: words,
    /** Adjectives that can go when they stand right before a thing. */
    adjectives: words,
    /** What Chinese readers call a firm or a person, used where the headline is too long. */
    names: z.array(z.strictObject({ from: z.string().min(1), to: z.string().min(1) })),
    /** Verbs of events that stand in headlines, beside the actions of summaries. */
    deeds: words,
    /** Signs that a clause teases instead of telling. */
    teasers: words,
  }),
  summary: z.strictObject({
    /** Sentences that hold one of these are about the article, not the event. */
    banned: words,
    /** A sentence with a clause that begins with one of these tells the reader what to do. */
    orders: words.default([]),
    /** Linking words at the start of a sentence, cut off with the mark that follows. */
    links: words,
    /** A brief cannot begin with these: they point at something said before. */
    danglers: words,
    /** A clause that begins with one of these needs the next: it cannot end a sentence. */
    subordinate: words,
    /** What one does by a means: `通过官网下载`. */
    means: words,
    /** Verbs of events: a sentence with one tells what happened. */
    actions: words,
  }),
  /** Titles of digests: never written from while another article tells the story. */
  roundups: words,
});

export type Style = z.infer<typeof styleSchema>;

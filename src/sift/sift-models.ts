import { z } from 'zod';
import { additiveModelSchema } from './additive-model.ts';
import type { Background } from './terms.ts';
import type { WordModels } from './word-model.ts';

/** `models/background.json`: in how many of `documents` texts a term stands; rare terms are left out. */
export const backgroundSchema = z.object({
  documents: z.number(),
  counts: z.record(z.string(), z.number()).transform((counts) => new Map(Object.entries(counts))),
});

/**
 * `models/same-event.json`: the scorer for articles whose outlet and time are known, the one for texts of which only the
 * words are, and the log odds from which the second calls two texts one event.
 */
export const sameEventSchema = z.object({
  dated: additiveModelSchema,
  undated: additiveModelSchema,
  pairThreshold: z.number(),
});

export type SameEventModel = z.infer<typeof sameEventSchema>;

/** The trained files of the sifting desk, checked. `noise` and `sections`: by what is decided. */
export type SiftModels = {
  background: Background;
  sameEvent: SameEventModel;
  noise: WordModels;
  sections: WordModels;
};

import { z } from 'zod';

/** The form a model answers in. No optional fields: strict providers want every one. */
export const briefAnswerSchema = z.object({
  headline: z.string(),
  sentences: z.array(
    z.object({
      text: z.string(),
      evidence: z.array(z.object({ article: z.number(), quote: z.string() })),
    }),
  ),
});

export type BriefAnswer = z.infer<typeof briefAnswerSchema>;

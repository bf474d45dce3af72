import { z } from 'zod';
import type { WritingDesk } from '../writing-desk.ts';

const words = z.array(z.string().min(1));
const groups = z.array(z.strictObject({ why: z.string(), weight: z.number().positive(), phrases: words }));

/** `editorial/deep-read.yaml`: by what a sentence is known to say why something matters, or what to doubt. */
export const deepReadSchema = z.strictObject({
  threshold: z.number().positive(),
  matters: groups,
  doubts: groups,
  headings: z.strictObject({ matters: words, doubts: words }),
  how: words,
  needsBefore: words,
  needsSubject: words,
});

export type DeepReadRules = z.infer<typeof deepReadSchema>;

/** What writing a deep read needs. */
export type DeepDesk = WritingDesk & { deepRead: DeepReadRules };

/** How clearly a sentence says so, its heading counted; 0 below the threshold. Each group counts once. */
export function signalOf(
  text: string,
  heading: string,
  of: 'matters' | 'doubts',
  { deepRead }: DeepDesk,
): number {
  const under = deepRead.headings[of].some((word) => heading.includes(word)) ? deepRead.threshold : 0;
  const weight = deepRead[of].reduce(
    (sum, group) => sum + (group.phrases.some((phrase) => text.includes(phrase)) ? group.weight : 0),
    under,
  );
  return weight >= deepRead.threshold ? weight : 0;
}

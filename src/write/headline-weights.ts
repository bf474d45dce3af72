import { z } from 'zod';

/** What makes a clause look like the headlines that people write, in the order of `headlineFeatures`. */
export const HEADLINE_FEATURES = [
  'repeated',
  'density',
  'length',
  'over',
  'sentence1',
  'sentence2',
  'start',
  'first',
  'end',
  'name',
  'nameFirst',
  'firstNamed',
  'firstLatin',
  'colon',
  'commas',
  'list',
  'reader',
  'question',
  'quote',
  'latin',
] as const;

/** `models/headline.json`: how much each of them counts. */
export const headlineWeightsSchema = z.record(z.enum(HEADLINE_FEATURES), z.number());
export type HeadlineWeights = z.infer<typeof headlineWeightsSchema>;

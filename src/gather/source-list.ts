import { z } from 'zod';

/**
 * The shape of `editorial/sources.yaml`, the curated list a new newsroom starts from. `language` and `why` are for the
 * editor who chooses; the rest are the fields of a Source.
 */
export const sourceListSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}-]*$/u),
    kind: z.literal('feed').default('feed'),
    name: z.string().min(1),
    url: z.url({ protocol: /^https?$/ }),
    language: z.enum(['zh', 'en']),
    publisher: z.string().min(1).exactOptional(),
    weight: z.number().positive().max(5).default(1),
    fullText: z.enum(['page', 'feed']).default('page'),
    why: z.string().min(2),
  }),
);

export type ListedSource = z.infer<typeof sourceListSchema>[number];

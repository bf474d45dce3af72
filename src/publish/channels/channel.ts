import type { z } from 'zod';
import type { Edition } from '../../domain/edition.ts';

/** What became of one attempt. `code` stands in docs/errors.md. */
export type DeliveryOutcome =
  | { kind: 'delivered'; where: string }
  | { kind: 'failed'; code: string; message: string; retryable: boolean };

/** One outlet: a file in this folder and a line in `registry.ts`. */
export type Channel<Schema extends z.ZodType> = {
  kind: string;
  schema: Schema;
  /** Brings one edition there. Never throws for the outlet's misbehaviour. */
  deliver(edition: Edition, config: z.infer<Schema>): Promise<DeliveryOutcome>;
};

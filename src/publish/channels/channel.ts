import type { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import type { Edition } from '../../domain/edition.ts';
import type { Post } from '../../net/post.ts';

/** What became of one attempt. `code` stands in docs/errors.md; messages are for an editor and hold no secret. */
export type DeliveryOutcome =
  /** `ref`: the outlet's own name for it, by which it can be edited later. */
  | { kind: 'delivered'; where: string; ref?: string }
  /** It is surely not there. `retryable`: trying again can help, not before `retryAfterMs` when that is given. */
  | { kind: 'failed'; code: string; message: string; retryable: boolean; retryAfterMs?: number }
  /** Nobody answered in time: it may be there or not. */
  | { kind: 'unclear'; code: string; message: string };

/** One message, or one recipient's copy. The body is planned once and sent as it was planned. */
export type Part = {
  /** Unique within the edition's revision and channel: `1`, `2` ... or a recipient's hash. */
  id: string;
  /** What goes out, word for word, apart from signatures and times that are made when it is sent. */
  body: string;
};

/** What a channel may use of the world. */
export type Outside = { post: Post; now(): Instant };

type Common<Schema extends z.ZodType> = {
  kind: string;
  /** Strict; `kind` is a literal. Addresses and keys that are secret may be written `env:NAME` or `file:PATH`. */
  schema: Schema;
  /** Keys of the config that must never be shown: tokens, signing keys, addresses that hold one. */
  secrets: readonly (keyof z.infer<Schema> & string)[];
  /** Keys of the config that are paths, relative to the config's folder. */
  paths: readonly (keyof z.infer<Schema> & string)[];
};

/** An outlet of files: bringing the same edition twice leaves the same files. */
export type FileChannel<Schema extends z.ZodType> = Common<Schema> & {
  deliver(edition: Edition, config: z.infer<Schema>): Promise<DeliveryOutcome>;
};

/** An outlet of messages. None of its functions throws for the outlet's misbehaviour. */
export type MessageChannel<Schema extends z.ZodType> = Common<Schema> & {
  /** The least time between two parts, in ms: what the outlet allows. */
  gapMs: number;
  /** Sending the same part twice leaves one there. Others are never sent again when it is unclear whether they came. */
  repeatable: boolean;
  /** Pure: the messages of this edition in order, each within the outlet's limits, nothing of the edition lost. */
  compose(edition: Edition, config: z.infer<Schema>): Part[];
  send(part: Part, config: z.infer<Schema>, outside: Outside): Promise<DeliveryOutcome>;
  /** Looks whether a part whose sending was unclear is there. */
  find?(part: Part, config: z.infer<Schema>, outside: Outside): Promise<'there' | 'absent' | 'unknown'>;
  /** Puts `part` in the place of the message sent before as `ref`. */
  edit?(ref: string, part: Part, config: z.infer<Schema>, outside: Outside): Promise<DeliveryOutcome>;
};

/** One outlet: a file in this folder and a line in `registry.ts`. */
export type Channel<Schema extends z.ZodType> = FileChannel<Schema> | MessageChannel<Schema>;

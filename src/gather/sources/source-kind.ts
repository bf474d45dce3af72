import type { Entry, Instant } from '../../domain/article.ts';
import type { Source, SourceState } from '../../domain/source.ts';
import type { Fetch } from '../../net/fetch.ts';

/** What asking a source once came to. */
export type Collected =
  | { kind: 'listed'; entries: Entry[]; etag?: string; lastModified?: string; note?: string }
  | { kind: 'unchanged'; note?: string }
  | { kind: 'failed'; code: string; message: string; retryable: boolean; retryAfterMs?: number };

/**
 * One way of asking for articles. A new kind is one file that exports such a value and one line in the registry.
 * `collect` never throws for what the far side does, and asks with what `state` remembers (ETag, Last-Modified).
 */
export type SourceKind = {
  /** The word an editor writes in `kind:`. */
  kind: string;
  collect(source: Source, state: SourceState, deps: { fetch: Fetch; now: Instant }): Promise<Collected>;
};

import type { z } from 'zod';
import type { Entry, Instant } from '../../domain/article.ts';
import type { Source, SourceState } from '../../domain/source.ts';
import type { Fetch } from '../../net/fetch.ts';

/** What asking a source once came to. `memory` replaces what the state remembered; absent, it stays. */
export type Collected =
  | {
      kind: 'listed';
      entries: Entry[];
      etag?: string;
      lastModified?: string;
      note?: string;
      memory?: unknown;
      /** The server says that asking again within this time brings nothing new. */
      freshForMs?: number;
      /** It wants to be left alone for so long: what it allows in an hour is used up. */
      restForMs?: number;
      /** What the source calls itself, and says it is about. */
      title?: string;
      about?: string;
    }
  | {
      kind: 'unchanged';
      note?: string;
      memory?: unknown;
      /** The source itself says that it has nothing on such days: that is no silence. */
      rests?: true;
      restForMs?: number;
    }
  | { kind: 'failed'; code: string; message: string; retryable: boolean; retryAfterMs?: number };

/** What a kind of source is given to work with. */
export type CollectDeps = { fetch: Fetch; now: Instant };

/**
 * One way of asking for articles. A new kind is one file that exports such a value and one line in the registry.
 * `collect` never throws for what the far side does, and asks with what `state` remembers (ETag, Last-Modified, memory).
 */
export type SourceKind = {
  /** The word an editor writes in `kind:`. */
  kind: string;
  /** Where it asks when the config names no `url`; absent: the config must name one. */
  home?: string;
  /** Where its articles' text comes from unless the config says otherwise; the page when absent. */
  fullText?: Source['fullText'];
  /** The keys in the config that only this kind has. */
  settings: z.ZodRawShape;
  /** Those of them that are files or folders, relative to the config. */
  paths?: readonly string[];
  collect(source: Source, state: SourceState, deps: CollectDeps): Promise<Collected>;
};

/** Makes a kind whose `collect` gets its own settings, checked. */
export function defineKind<Settings extends z.ZodObject>(kind: {
  kind: string;
  home?: string;
  fullText?: Source['fullText'];
  settings: Settings;
  paths?: readonly (keyof z.infer<Settings> & string)[];
  collect(
    source: Source,
    settings: z.infer<Settings>,
    state: SourceState,
    deps: CollectDeps,
  ): Promise<Collected>;
}): SourceKind {
  const { settings, collect, ...rest } = kind;
  return {
    ...rest,
    settings: settings.shape,
    collect: async (source, state, deps) =>
      collect(source, settings.parse(source.settings ?? {}), state, deps),
  };
}

/** A source that could not be asked, or answered with nothing to use. */
export function failed(
  code: string,
  message: string,
  retryable: boolean,
): Extract<Collected, { kind: 'failed' }> {
  return { kind: 'failed', code, message, retryable };
}

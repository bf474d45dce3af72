import type { Instant } from './article.ts';

/** Where articles come from. `kind` names the file in `gather/sources/` that knows how to ask it. */
export type Source = {
  /** Short, unique, stable: letters, digits, dashes (any script). Chosen by the editor or made from the name. */
  id: string;
  kind: string;
  name: string;
  url: string;
  /** Sources of one publisher count as one voice; default: the source's own name. */
  publisher?: string;
  /** How much the editor trusts it: 1 is normal, 0.5 half, 2 twice. */
  weight: number;
  /** What only this kind of source needs to know (a query, a token, a folder), as the kind's own schema checked it. */
  settings?: Readonly<Record<string, unknown>>;
  /** `page`: read each article's page. `feed`: the source's own text is enough, fetch no pages. */
  fullText: 'page' | 'feed';
};

/** How one source ended one run. Every source ends every run with exactly one of these. */
export type SourceOutcome =
  | { kind: 'new'; entries: number; fresh: number; note?: string }
  | { kind: 'unchanged'; note?: string }
  /** Answered well, but nothing new for longer than its own rhythm explains. */
  | { kind: 'silent'; lastNewAt: Instant; usualGapMs: number; note?: string }
  | { kind: 'failed'; code: string; message: string; retryable: boolean };

/**
 * How a source is doing. `quiet`: well, but slower than its own rhythm. `silent`: slower than its rhythm explains.
 * `blocked`: the far side refuses us. `gone`: it says that it will not come back. `new`: never asked.
 */
export const HEALTHS = ['new', 'healthy', 'quiet', 'silent', 'failing', 'blocked', 'gone'] as const;
export type Health = (typeof HEALTHS)[number];

/** A change in a source's health. */
export type SourceEvent = {
  at: Instant;
  sourceId: string;
  before: Health;
  after: Health;
  why: string;
};

/** A host that is left alone for a while, and why. */
export type HostRest = { host: string; until: Instant; why: string };

/** What is remembered of a source between runs. */
export type SourceState = {
  sourceId: string;
  etag?: string;
  lastModified?: string;
  lastTriedAt?: Instant;
  lastOkAt?: Instant;
  lastNewAt?: Instant;
  /** Do not ask again before this moment (Retry-After, captcha). */
  notBeforeAt?: Instant;
  failureStreak: number;
  /** When the failures in a row began. */
  failingSince?: Instant;
  /** The median time between two of its entries. */
  usualGapMs?: number;
  /** When it is worth asking again between editions. */
  pollAt?: Instant;
  health?: Health;
  /** `quarantine`: new and not yet trusted; what it brings is judged but not printed. Absent: admitted. */
  standing?: 'quarantine' | 'admitted';
  /** When it was first asked. */
  firstAskedAt?: Instant;
  lastOutcome?: SourceOutcome;
  /** What the kind of source wants to know again next time (links seen, dates of pages); JSON, checked by the kind. */
  memory?: unknown;
};

import type { HostManners } from './host-manners.ts';

/** One question to the web. `accept` only shapes the headers: what we would like to get. */
export type FetchRequest = {
  url: string;
  accept: 'feed' | 'page' | 'json' | 'robots';
  /** Sent to the host of `url` only, never to where a redirect leads: tokens. Lower-case names. */
  headers?: Record<string, string>;
  etag?: string;
  lastModified?: string;
  /** Cap on the decompressed body for this request; the net's own cap still holds. */
  maxBytes?: number;
  signal?: AbortSignal;
};

export type FetchOutcome =
  | {
      kind: 'ok';
      /** The final address, after redirects. */
      url: string;
      status: number;
      /** Lower-case names; repeated headers joined by `, `. */
      headers: Record<string, string>;
      /** Decompressed. */
      bytes: Uint8Array;
      etag?: string;
      lastModified?: string;
      /** The server says that asking again within this time brings nothing new (`Cache-Control: max-age`). */
      freshForMs?: number;
    }
  | { kind: 'not-modified' }
  | FetchFailure;

export type FetchFailure = {
  kind: 'failed';
  /** `net-…` or `http-<status>`. */
  code: string;
  /** Chinese; says what happened and what to do. */
  message: string;
  retryable: boolean;
  status?: number;
  retryAfterMs?: number;
};

/** Asks the web once. Never throws for what the far side does: every misbehaviour is a `failed` outcome. */
export type Fetch = (request: FetchRequest) => Promise<FetchOutcome>;

export type Net = {
  fetch: Fetch;
  /** Closes every connection; requests under way end as failures. */
  close(): Promise<void>;
};

export type NetOptions = {
  userAgent: string;
  /** At most this many requests to one host at once. */
  perHost: number;
  /** Between the starts of two requests for pages of one host; feeds and APIs were made to be asked. */
  pageGapMs?: number;
  /** Hosts with a pace of their own. */
  manners?: HostManners;
  /** Asks robots.txt before pages. Feeds and APIs are not subject to it: an editor subscribed to them by name. */
  robots?: boolean;
  /** For one fetch on the wire, all redirects included; waiting for a free slot of the host does not count. */
  timeoutMs: number;
  maxCompressedBytes: number;
  maxBytes: number;
  /** Hosts, addresses or CIDR ranges that may be private, e.g. `['rsshub.lan', '10.0.0.0/8']`. */
  allowHosts: string[];
  /**
   * Every connection goes there whatever the host, as plain http even for https addresses; the check for private
   * addresses is then off. For the samples and for tests.
   */
  connectTo?: { address: string; port: number };
};

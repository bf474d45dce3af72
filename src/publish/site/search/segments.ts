import { daysOf, isWeek } from '../../../domain/week.ts';
import type { EditionDigest } from '../digest.ts';

/** A stretch of the archive with an index of its own. */
export type Segment = {
  /** `2025`, `2026q1` or `2026-05`. */
  id: string;
  shards: number;
  /** Oldest first; its documents are the items in this order, after those of an edition its deep reads. */
  digests: readonly EditionDigest[];
};

/** So many items share a shard: it comes to about 3 KB, what one packet or two can carry. */
const ITEMS_PER_SHARD = 12;

/**
 * Cuts the archive for searching: a year that is over is one segment, so is a quarter that is over, and the months of
 * the present quarter. So a new edition touches one month, and a search asks in few places. Pure.
 */
export function segmentsOf(digests: readonly EditionDigest[]): Segment[] {
  const newest = digests.at(-1)?.date ?? '';
  const groups = Map.groupBy(digests, ({ date }) => {
    if (date.slice(0, 4) !== newest.slice(0, 4)) return date.slice(0, 4);
    return quarterOf(date) === quarterOf(newest) ? date.slice(0, 7) : quarterOf(date);
  });
  return [...groups].map(([id, inIt]) => {
    const items = inIt.reduce((sum, digest) => sum + digest.items.length, 0);
    return { id, shards: 2 ** Math.max(0, Math.round(Math.log2(items / ITEMS_PER_SHARD))), digests: inIt };
  });
}

function quarterOf(date: string): string {
  return `${date.slice(0, 4)}q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

/** The weekly editions as a segment of their own: each is one document. Pure. */
export function weeklySegments(weeklies: readonly EditionDigest[]): Segment[] {
  return weeklies.length === 0 ? [] : [{ id: WEEKLY, shards: 1, digests: weeklies }];
}

const WEEKLY = 'weekly';

export function shardPath(segment: string, shard: number): string {
  return `search/${segment}/${shard.toString(36)}.bin`;
}

/** The headlines of one edition, as the result list shows them. */
export function headlinesPath(date: string): string {
  return `search/editions/${isWeek(date) ? `week-${daysOf(date).first}` : date}.json`;
}

export const SEARCH_INDEX = 'search/index.json';

/** What the browser has to know before it can search. */
export type SearchIndex = {
  /** Newest first. `version` changes with the bytes. */
  segments: {
    id: string;
    version: string;
    /** Its editions are weekly ones, dated by their Mondays. */
    weekly?: true;
    shards: number;
    /** First date, then for each edition the days since the one before and its number of items. */
    from: string;
    editions: number[];
  }[];
};

/** The index of indexes. Pure; about 7 bytes for each edition. */
export function searchIndexOf(segments: readonly Segment[], versionOf: (id: string) => string): SearchIndex {
  return {
    segments: segments.toReversed().map(({ id, shards, digests }) => {
      const isWeekly = id === WEEKLY;
      const dayIn = (date: string) => (isWeekly ? daysOf(date).first : date);
      const from = dayIn(digests[0]?.date ?? '');
      let before = Date.parse(from);
      const editions = digests.flatMap(({ date, items, deepReads }) => {
        const days = (Date.parse(dayIn(date)) - before) / 86_400_000;
        before = Date.parse(dayIn(date));
        return [days, isWeekly ? 1 : items.length + deepReads.length];
      });
      return {
        id,
        version: versionOf(id),
        shards,
        from,
        editions,
        ...(isWeekly ? { weekly: true as const } : {}),
      };
    }),
  };
}

import { dayOf, isWeek } from '../../../domain/week.ts';
import type { EditionDigest } from '../digest.ts';

/** A stretch of the archive with an index of its own. */
export type Segment = {
  /** `2025`, or `2026-05` for the present month. */
  id: string;
  shards: number;
  /** A year that is over: it is asked only for words that the index of months says it has. */
  isPast: boolean;
  /** Oldest first; its documents are the items in this order, after those of a daily its deep reads; a weekly is one. */
  digests: readonly EditionDigest[];
};

/** So many items share a shard: it comes to about 3 KB, what one packet or two can carry. */
const ITEMS_PER_SHARD = 12;

/** The index of months knows of each word only in which months it stands, so more share a shard. */
const ITEMS_PER_MONTHS_SHARD = 96;

/**
 * Cuts the archive for searching: the present month, the present year before it, and each year that is over. So a new
 * edition touches one month, and a search asks in two places before it goes back year by year. Pure.
 * `digests`: dailies and weeklies in the order of their days.
 */
export function segmentsOf(digests: readonly EditionDigest[]): Segment[] {
  const month = dayOf(digests.at(-1)?.date ?? '').slice(0, 7);
  const groups = Map.groupBy(digests, ({ date }) =>
    dayOf(date).startsWith(month) ? month : dayOf(date).slice(0, 4),
  );
  return [...groups].map(([id, inIt]) => ({
    id,
    shards: shardsFor(itemsOf(inIt), ITEMS_PER_SHARD),
    isPast: id < month.slice(0, 4),
    digests: inIt,
  }));
}

function itemsOf(digests: readonly EditionDigest[]): number {
  return digests.reduce((sum, { items }) => sum + items.length, 0);
}

function shardsFor(items: number, each: number): number {
  return 2 ** Math.max(0, Math.round(Math.log2(items / each)));
}

/** The index of months: a word's documents there are the months that have it, counted from January of the first year. */
export type Months = { id: string; shards: number };

/** Without a shard while no year is over. Pure. */
export function monthsOf(segments: readonly Segment[]): Months {
  const past = segments.flatMap(({ isPast, digests }) => (isPast ? digests : []));
  return { id: 'months', shards: past.length === 0 ? 0 : shardsFor(itemsOf(past), ITEMS_PER_MONTHS_SHARD) };
}

/** The number of an edition's month, the months of all years counted through. */
export function monthOf({ date }: Pick<EditionDigest, 'date'>): number {
  return Number(dayOf(date).slice(0, 4)) * 12 + Number(dayOf(date).slice(5, 7)) - 1;
}

/** How many documents an edition is to the search. */
export function documentsOf({ date, items, deepReads }: EditionDigest): number {
  return isWeek(date) ? 1 : items.length + deepReads.length;
}

/** All files of one segment, or of the index of months. */
export function shardFiles({ id, shards }: Months): string[] {
  return Array.from({ length: shards }, (_, shard) => `search/${id}/${shard.toString(36)}.bin`);
}

/** The headlines of one edition, as the result list shows them. */
export function headlinesPath(date: string): string {
  return `search/editions/${isWeek(date) ? 'week-' : ''}${dayOf(date)}.json`;
}

/** A stretch as the browser knows it. */
export type Stretch = {
  id: string;
  /** Changes with the bytes of its shards. */
  version: string;
  shards: number;
  from: string;
  /** For each edition the days since the one before, and its number of documents: -1 for the one of a weekly. */
  editions: number[];
};

/** What the browser has to know before it can search; all lists are oldest first. */
export type SearchIndex = {
  now: Stretch[];
  past: Stretch[];
  months: Pick<Stretch, 'id' | 'version' | 'shards'>;
};

/** The index of indexes. Pure; about 5 bytes for each edition. */
export function searchIndexOf(
  segments: readonly { segment: Segment; key: string }[],
  months: { months: Months; key: string },
): SearchIndex {
  const version = (key: string) => key.slice(0, 8);
  const stretches = (isPast: boolean) =>
    segments
      .filter(({ segment }) => segment.isPast === isPast)
      .map(({ segment: { id, shards, digests }, key }): Stretch => {
        const from = dayOf(digests[0]?.date ?? '');
        let before = Date.parse(from);
        const editions = digests.flatMap((digest) => {
          const days = (Date.parse(dayOf(digest.date)) - before) / 86_400_000;
          before = Date.parse(dayOf(digest.date));
          return [days, isWeek(digest.date) ? -1 : documentsOf(digest)];
        });
        return { id, version: version(key), shards, from, editions };
      });
  return {
    now: stretches(false),
    past: stretches(true),
    months: { ...months.months, version: version(months.key) },
  };
}

import { isWeek } from '../../domain/week.ts';
import type { EditionDigest, ItemDigest } from './digest.ts';

/** One item in a list: where it stands. */
export type Entry = { date: string; item: ItemDigest };

/** A name needs this many stories for a page of its own: fewer say less than the edition itself. */
const NAME_STORIES = 3;

/** A story gets a page when it was told in this many editions, or by this many publishers besides the linked one. */
const STORY_PAGE = { tellings: 2, outlets: 2 } as const;

/** The whole archive as lists of references; everything that pages link to is looked up here. */
export type Catalog = {
  /** Weekly editions, oldest first; they stand in no other list: what they tell was told by the dailies. */
  weeklies: readonly EditionDigest[];
  /** The dailies, oldest first. */
  digests: readonly EditionDigest[];
  /** Place of each date in `digests`. */
  places: ReadonlyMap<string, number>;
  /** Sections in the order of the newest edition, then those of old times. */
  sections: ReadonlyMap<string, readonly Entry[]>;
  /** Names with a page, most stories first; entries newest first, as in `sections`. */
  names: ReadonlyMap<string, readonly Entry[]>;
  /** Stories with a page: their tellings, oldest first. The key is the id under which it was first told. */
  threads: ReadonlyMap<string, readonly Entry[]>;
  /** The key in `threads` for a story id; undefined when it has no page. */
  threadOf(storyId: string): string | undefined;
  /** `YYYY-MM`, newest first, each with its dates, newest first. */
  months: ReadonlyMap<string, readonly string[]>;
};

/** Draws up the catalog. Pure; about 0.3 s for 110,000 items. */
export function catalogOf(unsorted: readonly EditionDigest[]): Catalog {
  const all = unsorted.toSorted((one, other) => (one.date < other.date ? -1 : 1));
  const weeklies = all.filter(({ date }) => isWeek(date));
  const digests = all.filter(({ date }) => !isWeek(date));
  const places = new Map(digests.map(({ date }, place) => [date, place]));
  const { threads, keyOf } = threadsOf(digests, places);
  const newestFirst = digests.toReversed();
  const sections = new Map<string, Entry[]>();
  const names = new Map<string, Entry[]>();
  const months = new Map<string, string[]>();
  for (const { date, items } of newestFirst) {
    push(months, date.slice(0, 7), date);
    for (const item of items) {
      const entry = { date, item };
      push(sections, item.section, entry);
      for (const name of item.names) push(names, name, entry);
    }
  }
  const known = [...names]
    .filter(([, entries]) => differentStories(entries, keyOf) >= NAME_STORIES)
    .sort(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1));
  return {
    weeklies,
    digests,
    places,
    sections,
    names: new Map(known),
    threads,
    threadOf(storyId) {
      const key = keyOf(storyId);
      return threads.has(key) ? key : undefined;
    },
    months,
  };
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Counts up to the number that matters and no further. */
function differentStories(entries: readonly Entry[], keyOf: (storyId: string) => string): number {
  const seen = new Set<string>();
  for (const { item } of entries) {
    seen.add(keyOf(item.story));
    if (seen.size >= NAME_STORIES) break;
  }
  return seen.size;
}

/**
 * A follow-up continues what stands under its earlier headline in the edition it names, even when the story has another
 * id by now because two stories became one.
 */
function threadsOf(digests: readonly EditionDigest[], places: ReadonlyMap<string, number>) {
  const aliases = new Map<string, string>();
  const keyOf = (storyId: string) => aliases.get(storyId) ?? storyId;
  const tellings = new Map<string, Entry[]>();
  for (const { date, items } of digests) {
    for (const item of items) {
      const earlier = item.before && date > item.before.date ? earlierOf(item, digests, places) : undefined;
      if (earlier !== undefined && keyOf(earlier.story) !== keyOf(item.story) && !tellings.has(item.story))
        aliases.set(item.story, keyOf(earlier.story));
      push(tellings, keyOf(item.story), { date, item });
    }
  }
  for (const [key, entries] of tellings) {
    const isTold = entries.length >= STORY_PAGE.tellings;
    if (!isTold && !entries.some(({ item }) => item.outlets >= STORY_PAGE.outlets)) tellings.delete(key);
  }
  return { threads: tellings, keyOf };
}

function earlierOf(
  { story, before }: ItemDigest,
  digests: readonly EditionDigest[],
  places: ReadonlyMap<string, number>,
): ItemDigest | undefined {
  const items = digests[places.get(before?.date ?? '') ?? -1]?.items ?? [];
  return items.find((item) => item.story === story) ?? items.find((i) => i.headline === before?.headline);
}

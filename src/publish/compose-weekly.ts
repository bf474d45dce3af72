import type { Brief } from '../domain/brief.ts';
import type { DeepRead } from '../domain/deep-read.ts';
import type { Edition, EditionContent, Item, LeftOut, Outlet } from '../domain/edition.ts';
import { daysOf } from '../domain/week.ts';

export type WeeklyPlan = {
  /** `2026-W11` */
  week: string;
  /** What stands before the colon of the title. */
  name: string;
  tagline: string;
  maxItems: number;
  /** Sections in their order; what a daily has besides comes after them. */
  sections: readonly string[];
  /** For stories that went into another: the one that is left. */
  resolved: ReadonlyMap<string, string>;
};

/** Of one section at most this share of the places: a weekly is an overview. */
const SECTION_SHARE = 0.5;
/** Being told on one day more, and by one outlet more, counts as much as so many points of worth. */
const PER_DAY = 6;
const PER_OUTLET = 1.5;
const MOST_OUTLETS = 6;
const TITLE_HEADLINES = 3;
const MOST_DEEP_READS = 3;

type Telling = { date: string; section: string; item: Item };
/** One event over the week, as often as it was told, oldest first. */
type Thread = { key: string; tellings: [Telling, ...Telling[]]; rank: number };

/**
 * The week's edition from its daily ones: every story once, by its newest telling, with the course of its earlier ones;
 * ranked by worth, coverage and days; the week's deep reads. `leads`: the briefs, the first ones first. Pure.
 */
export function composeWeekly(
  editions: readonly Edition[],
  plan: WeeklyPlan,
): { content: EditionContent; leftOut: LeftOut[]; leads: Brief[] } {
  const threads = threadsOf(editions, plan.resolved).toSorted(
    (one, other) => other.rank - one.rank || (one.key < other.key ? -1 : 1),
  );
  const most = Math.max(1, Math.ceil(plan.maxItems * SECTION_SHARE));
  const chosen: Thread[] = [];
  const leftOut: LeftOut[] = [];
  for (const thread of threads) {
    const { section } = newestOf(thread);
    const why =
      chosen.length >= plan.maxItems
        ? `周报已满 ${plan.maxItems} 条`
        : chosen.filter((one) => newestOf(one).section === section).length >= most
          ? `栏目「${section}」在周报里已满 ${most} 条`
          : undefined;
    if (why === undefined) chosen.push(thread);
    else leftOut.push(toLeftOut(thread, why));
  }
  const names = [...new Set([...plan.sections, ...chosen.map((one) => newestOf(one).section)])];
  const sections = names
    .map((name) => ({
      name,
      items: chosen.filter((one) => newestOf(one).section === name).map((one) => toItem(one, plan)),
    }))
    .filter(({ items }) => items.length > 0);
  const leads = chosen.map((one) => newestOf(one).item.brief);
  const headlines = leads.slice(0, TITLE_HEADLINES).map(({ headline }) => headline);
  const deepReads = deepReadsOf(editions, threads, plan.resolved);
  return {
    content: {
      date: plan.week,
      title: `${plan.name}：${headlines.join('; ')}`,
      tagline: plan.tagline,
      sections,
      ...(deepReads.length === 0 ? {} : { deepReads }),
    },
    leftOut,
    leads,
  };
}

/** The newest telling in Chinese, else the newest. */
function newestOf({ tellings }: Pick<Thread, 'tellings'>): Telling {
  const chinese = tellings.findLast(({ item }) => !item.brief.marks.includes('english'));
  return chinese ?? tellings.at(-1) ?? tellings[0];
}

/** A follow-up belongs to what it follows, even when its story has another id by now. */
function threadsOf(editions: readonly Edition[], resolved: ReadonlyMap<string, string>): Thread[] {
  const aliases = new Map<string, string>();
  const keyOf = (id: string) => {
    const now = resolved.get(id) ?? id;
    return aliases.get(now) ?? now;
  };
  const told = new Map<string, [Telling, ...Telling[]]>();
  for (const { date, sections } of editions)
    for (const { name: section, items } of sections)
      for (const item of items) {
        const { followUp, brief } = item;
        const before = [...told].find(([, tellings]) =>
          tellings.some(
            (one) => one.date === followUp?.date && one.item.brief.headline === followUp.headline,
          ),
        );
        const own = resolved.get(brief.storyId) ?? brief.storyId;
        if (before !== undefined && before[0] !== keyOf(own)) aliases.set(own, before[0]);
        const key = keyOf(own);
        const sofar = told.get(key);
        const telling = { date, section, item };
        told.set(key, sofar === undefined ? [telling] : [...sofar, telling]);
      }
  return [...told].map(([key, tellings]) => ({ key, tellings, rank: rankOf(tellings) }));
}

function rankOf(tellings: readonly Telling[]): number {
  const worth = Math.max(...tellings.map(({ item }) => item.worth));
  const days = new Set(tellings.map(({ date }) => date)).size;
  const outlets = Math.min(MOST_OUTLETS, outletsOf(tellings).length);
  return worth + PER_DAY * (days - 1) + PER_OUTLET * outlets;
}

/** Everybody who told it in the week, one link each, the newest first; not the one that is linked. */
function outletsOf(tellings: readonly Telling[]): Outlet[] {
  const newest = tellings.at(-1)?.item;
  const all = tellings.toReversed().flatMap(({ item }) => item.outlets);
  const once = new Map(all.map((outlet) => [outlet.name, outlet]));
  return [...once.values()].filter(({ name }) => name !== newest?.publisher);
}

function partsOf({ rank }: Thread): Item['parts'] {
  return [{ signal: '一周里最高的价值、天数与媒体数', weight: Math.round(rank) }];
}

function toItem(thread: Thread, { week }: WeeklyPlan): Item {
  const shown = newestOf(thread);
  const { followUp: _, ...rest } = shown.item;
  const earlier = thread.tellings.filter((one) => one !== shown);
  const [first] = thread.tellings;
  // What was told before the week stays its past; what was told in it is its course.
  const past = first.item.followUp;
  return {
    ...rest,
    worth: Math.round(thread.rank),
    parts: partsOf(thread),
    outlets: outletsOf(thread.tellings),
    ...(past !== undefined && past.date < daysOf(week).first ? { followUp: past } : {}),
    ...(earlier.length === 0
      ? {}
      : {
          course: earlier.map(({ date, item: { brief } }) => ({
            date,
            headline: brief.headline,
            url: brief.url,
          })),
        }),
  };
}

/** The week's deep reads, those of the threads worth most first. */
function deepReadsOf(
  editions: readonly Edition[],
  threads: readonly Thread[],
  resolved: ReadonlyMap<string, string>,
): DeepRead[] {
  const all = editions.toReversed().flatMap(({ deepReads = [] }) => deepReads);
  const ranked = all
    .map((deep) => {
      const id = resolved.get(deep.storyId) ?? deep.storyId;
      const place = threads.findIndex(({ tellings }) =>
        tellings.some(({ item }) => (resolved.get(item.brief.storyId) ?? item.brief.storyId) === id),
      );
      return { deep, place: place < 0 ? threads.length : place };
    })
    .toSorted((one, other) => one.place - other.place);
  // Of a thread read twice the newer reading.
  return ranked
    .filter(({ place }, n) => ranked.findIndex((one) => one.place === place) === n)
    .slice(0, MOST_DEEP_READS)
    .map(({ deep }) => deep);
}

function toLeftOut(thread: Thread, why: string): LeftOut {
  const { item, section } = newestOf(thread);
  return {
    storyId: item.brief.storyId,
    title: item.brief.headline,
    url: item.brief.url,
    publisher: item.publisher,
    section,
    noise: null,
    worth: Math.round(thread.rank),
    parts: partsOf(thread),
    why,
  };
}

import { hash } from 'node:crypto';
import type { Edition } from '../../domain/edition.ts';
import { daysOf, orderOf } from '../../domain/week.ts';
import type { SourceRow } from '../archive.ts';
import { DEEP_SECTION } from '../render/deep-words.ts';
import type { Catalog, Entry } from './catalog.ts';
import { archivePage, monthPage, namesPage } from './pages/archive-pages.ts';
import { correctionsPage } from './pages/corrections-page.ts';
import { deepReadPage, deepReadsPage } from './pages/deep-read-page.ts';
import { editionPage } from './pages/edition-page.ts';
import { figuresPage } from './pages/figures-page.ts';
import { type Frame, type Page, renderFrame } from './pages/frame.ts';
import { LATEST, type ListKind, latestPage, periodOf, periodPage } from './pages/list-page.ts';
import { aboutPage, leftOutPage, searchPage, sourcesPage } from './pages/plain-pages.ts';
import { storyPage, type Telling } from './pages/story-page.ts';
import { weeklyPage } from './pages/weekly-page.ts';
import * as paths from './paths.ts';
import {
  headlinesPath,
  type Months,
  monthsOf,
  type Segment,
  searchIndexOf,
  segmentsOf,
} from './search/segments.ts';
import { renderLlms, renderRobots, renderSitemaps } from './text-files.ts';

/** A file to be, and the hash of all it is made from: the same key means the same bytes. */
type Made<How> = { path: string; key: string } & How;

/** Everything the site consists of, and what each file needs to be made. */
export type SitePlan = {
  /** Made from what is in memory. The front page's neighbours first, so that links lead somewhere. */
  drawn: Made<{ draw(): string }>[];
  /** Made from one edition. */
  editions: Made<{ date: string; draw(edition: Edition): string }>[];
  /** Made from some tellings of a story, oldest first. */
  threads: Made<{ entries: readonly Entry[]; draw(tellings: [Telling, ...Telling[]]): string }>[];
  /** Each makes its `shardFiles`. */
  segments: { key: string; segment: Segment }[];
  months: { key: string; months: Months };
};

/** What is the same for all pages of a build. */
export type Shared = {
  frame: Frame;
  /** Hash of the frame and of the program's own renderers. */
  look: string;
  style: string;
  icon: string;
  script: { path: string; text: string };
  sources: readonly SourceRow[];
};

/** 16 hex digits of the SHA-256 of all parts. */
export function keyOf(...parts: (string | number)[]): string {
  return hash('sha256', parts.join('\n'), 'hex').slice(0, 16);
}

/** Plans the whole site. Pure; nothing is rendered before it is asked for. */
export function planSite(catalog: Catalog, shared: Shared): SitePlan {
  const { frame, look } = shared;
  const framed = (page: Page) => renderFrame(page, frame);
  const drawn = (path: string, from: (string | number)[], page: () => Page) => ({
    path,
    key: keyOf(look, ...from),
    draw: () => framed(page()),
  });
  const inOrder = [...catalog.digests, ...catalog.weeklies].sort((one, other) =>
    orderOf(one.date) < orderOf(other.date) ? -1 : 1,
  );
  const segments = segmentsOf(inOrder).map((segment) => ({
    segment,
    key: keyOf(look, segment.shards, ...segment.digests.map(({ stamp }) => stamp)),
  }));
  const months = {
    months: monthsOf(segments.map(({ segment }) => segment)),
    key: keyOf(look, ...segments.flatMap(({ segment, key }) => (segment.isPast ? [key] : []))),
  };
  const searchIndex = searchIndexOf(segments, months);
  const threads = [...catalog.threads].map(([key, entries]) => ({
    path: paths.storyPath(key),
    key: keyOf(
      look,
      ...entries.map(({ date, item }) => `${stampOf(catalog, date)} ${linksOf(catalog, item)}`),
    ),
    entries,
    draw: (tellings: [Telling, ...Telling[]]) => framed(storyPage(key, tellings, catalog, frame)),
  }));
  const pages = [
    ...listPages(catalog, drawn),
    ...[...catalog.months].map(([month, dates]) =>
      drawn(
        paths.monthPath(month),
        [...dates.map((date) => stampOf(catalog, date)), ...neighbours([...catalog.months.keys()], month)],
        () => monthPage(month, catalog),
      ),
    ),
    drawn(
      paths.ARCHIVE,
      [...[...catalog.months].map(String), ...catalog.weeklies.map(({ date, title }) => `${date} ${title}`)],
      () => archivePage(catalog),
    ),
    drawn(
      paths.NAMES,
      [...catalog.names].map(([name, entries]) => `${name} ${entries.length}`),
      () => namesPage(catalog),
    ),
    drawn(
      paths.FIGURES,
      catalog.digests.slice(-200).map(({ stamp }) => stamp),
      () => figuresPage(catalog),
    ),
    drawn(
      paths.CORRECTIONS,
      catalog.digests.flatMap(({ date, corrections }) =>
        corrections === undefined ? [] : [`${date} ${JSON.stringify(corrections)}`],
      ),
      () => correctionsPage(catalog),
    ),
    drawn(
      paths.DEEP_READS,
      catalog.digests.flatMap(({ date, deepReads }) =>
        deepReads.map(({ headline }) => `${date} ${headline}`),
      ),
      () => deepReadsPage(catalog),
    ),
    drawn(paths.SOURCES, [JSON.stringify(shared.sources)], () => sourcesPage(shared.sources)),
    drawn(paths.ABOUT, [frame.settings.about ?? ''], () => aboutPage(frame.settings)),
    drawn(paths.SEARCH, [JSON.stringify(searchIndex)], () => searchPage(shared.script.path, searchIndex)),
  ];
  const texts = [
    { path: frame.stylePath, text: shared.style },
    { path: paths.ICON, text: shared.icon },
    shared.script,
    { path: 'robots.txt', text: renderRobots(frame.settings.url) },
    { path: 'llms.txt', text: renderLlms(frame.settings, catalog) },
    ...sitemaps(catalog, frame, pages, threads),
  ].map(({ path, text }) => ({ path, key: keyOf(text), draw: () => text }));
  const editions = [...editionFiles(catalog, shared, framed), ...weeklyFiles(catalog, shared, framed)];
  return { drawn: [...pages, ...texts], editions, threads, segments, months };
}

function stampOf({ digests, places }: Catalog, date: string): string {
  return digests[places.get(date) ?? -1]?.stamp ?? '';
}

function neighbours(all: readonly string[], one: string): string[] {
  const at = all.indexOf(one);
  return [all[at - 1] ?? '', all[at + 1] ?? ''];
}

/** Which pages an item links to inside the site. */
function linksOf(catalog: Catalog, { story, names }: Pick<Entry['item'], 'story' | 'names'>): string {
  return `${catalog.threadOf(story) ?? ''} ${names.filter((name) => catalog.names.has(name)).join(' ')}`;
}

/** Whether the edition that an item follows up is here. */
function earlierOf({ places }: Catalog, items: readonly Entry['item'][], story: string): string[] {
  return items
    .filter((item) => item.story === story)
    .map(({ before }) => `${places.has(before?.date ?? '')}`);
}

/** How many editions before it an edition's page knows: seven in the side column. */
const EARLIER = 7;

function editionFiles(
  catalog: Catalog,
  { look, frame }: Shared,
  framed: (page: Page) => string,
): SitePlan['editions'] {
  const { digests, places } = catalog;
  const files = digests.flatMap((digest, place): SitePlan['editions'] => {
    const { date, stamp, items, deepReads } = digest;
    const seen = [
      look,
      stamp,
      place,
      digests[place + 1]?.date ?? '',
      ...digests.slice(Math.max(0, place - EARLIER), place).map((one) => `${one.date} ${one.title}`),
      ...items.map((item) => `${linksOf(catalog, item)} ${places.has(item.before?.date ?? '')}`),
    ];
    const weekly = catalog.weeklies.at(-1);
    const page = (at: 'own' | 'front') => ({
      path: at === 'own' ? paths.editionPath(date) : paths.FRONT,
      key: keyOf(at, ...seen, ...(at === 'front' ? [weekly?.date ?? '', weekly?.title ?? ''] : [])),
      date,
      draw: (edition: Edition) => framed(editionPage(edition, at, catalog, frame)),
    });
    return [
      {
        path: paths.leftOutPath(date),
        key: keyOf(look, stamp),
        date,
        draw: (edition) => framed(leftOutPage(edition)),
      },
      { path: headlinesPath(date), key: keyOf(stamp), date, draw: headlinesOf },
      page('own'),
      ...deepReads.map((deep) => ({
        path: paths.deepReadPath({ date, storyId: deep.story }),
        key: keyOf(
          look,
          stamp,
          linksOf(catalog, { story: deep.story, names: [] }),
          ...earlierOf(catalog, items, deep.story),
        ),
        date,
        draw: (edition: Edition) => framed(deepReadPage(edition, deep.story, catalog, frame)),
      })),
      ...(place === digests.length - 1 ? [page('front')] : []),
    ];
  });
  return files;
}

/** A page for each weekly edition, its ledger, and what the search shows of it. */
function weeklyFiles(
  catalog: Catalog,
  { look, frame }: Shared,
  framed: (page: Page) => string,
): SitePlan['editions'] {
  const { weeklies, digests, places } = catalog;
  return weeklies.flatMap(({ date, stamp, items }, n): SitePlan['editions'] => {
    const { first, last } = daysOf(date);
    const days = [...places.keys()].filter((day) => day >= first && day <= last);
    const seen = [
      ...[weeklies[n - 1]?.date ?? '', weeklies[n + 1]?.date ?? ''],
      ...days.map((day) => `${day} ${digests[places.get(day) ?? -1]?.title ?? ''}`),
      ...items.map((item) => linksOf(catalog, item)),
    ];
    return [
      {
        path: paths.editionPath(date),
        key: keyOf(look, stamp, ...seen),
        date,
        draw: (edition) => framed(weeklyPage(edition, days, catalog, frame)),
      },
      {
        path: paths.leftOutPath(date),
        key: keyOf(look, stamp),
        date,
        draw: (edition) => framed(leftOutPage(edition)),
      },
      { path: headlinesPath(date), key: keyOf(stamp), date, draw: weeklyHeadlinesOf },
    ];
  });
}

function weeklyHeadlinesOf({ date, title }: Edition): string {
  const page = paths.editionPath(date);
  return JSON.stringify({ page, items: [['', title, '周报', page]] });
}

/** What the result list of the search shows of an edition. */
function headlinesOf({ date, sections, deepReads = [] }: Edition): string {
  const items = sections.flatMap(({ name, items }) =>
    items.map(({ brief }) => [paths.itemAnchor(brief.storyId), brief.headline, name]),
  );
  // A deep read has a page of its own.
  const deep = deepReads.map((one) => ['', one.headline, DEEP_SECTION, paths.deepReadPath(one)]);
  return JSON.stringify({ page: paths.editionPath(date), items: [...items, ...deep] });
}

type Drawn = SitePlan['drawn'][number];

/** The latest and every period of each section and each name. */
function listPages(
  catalog: Catalog,
  drawn: (path: string, from: (string | number)[], page: () => Page) => Drawn,
): Drawn[] {
  const listed = (kind: ListKind, name: string, entries: readonly Entry[]) => {
    const byPeriod = Map.groupBy(entries, ({ date }) => periodOf(kind, date));
    const counts = new Map([...byPeriod].map(([period, inIt]) => [period, inIt.length]));
    const latest = entries.slice(0, LATEST);
    const from = (some: readonly Entry[]) =>
      some.map(({ date, item }) => `${date} ${item.story} ${item.headline}`);
    const first = drawn(
      paths.listPath(kind, name),
      [name, ...from(latest), ...[...counts].map((count) => count.join(' '))],
      () => latestPage(kind, name, latest, counts),
    );
    if (entries.length <= LATEST) return [first];
    return [
      first,
      ...[...byPeriod].map(([period, inIt]) =>
        drawn(paths.listPath(kind, name, period), [name, ...from(inIt)], () =>
          periodPage(kind, name, period, inIt),
        ),
      ),
    ];
  };
  return [
    ...[...catalog.sections].flatMap(([name, entries]) => listed('sections', name, entries)),
    ...[...catalog.names].flatMap(([name, entries]) => listed('names', name, entries)),
  ];
}

function sitemaps(
  { digests, weeklies }: Catalog,
  { settings: { url } }: Frame,
  pages: readonly Drawn[],
  threads: SitePlan['threads'],
): { path: string; text: string }[] {
  if (url === undefined) return [];
  const lines = [
    { path: paths.FRONT, ...(digests.length > 0 ? { changed: digests.at(-1)?.date ?? '' } : {}) },
    ...pages.map(({ path }) => ({ path })),
    ...digests.map(({ date }) => ({ path: paths.editionPath(date), changed: date })),
    ...digests.flatMap(({ date, deepReads }) =>
      deepReads.map(({ story }) => ({ path: paths.deepReadPath({ date, storyId: story }), changed: date })),
    ),
    ...weeklies.map(({ date }) => ({ path: paths.editionPath(date), changed: daysOf(date).last })),
    ...threads.map(({ path, entries }) => ({ path, changed: entries.at(-1)?.date ?? '' })),
  ];
  return renderSitemaps(url, lines).map(({ path, content }) => ({ path, text: content }));
}

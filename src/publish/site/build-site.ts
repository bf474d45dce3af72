import type { Edition } from '../../domain/edition.ts';
import { orderOf } from '../../domain/week.ts';
import type { Archive } from '../archive.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import { digestEdition, type EditionDigest } from './digest.ts';
import { MANIFEST, type Manifest, readManifest, readShelf, shelfPath, writeShelf } from './manifest.ts';
import type { Telling } from './pages/story-page.ts';
import { hashOf } from './paths.ts';
import { keyOf, planSite, type SitePlan } from './plan-site.ts';
import { searchScript } from './search/browser.ts';
import { indexer } from './search/indexer.ts';
import { shardFiles } from './search/segments.ts';
import type { SiteFolder } from './site-folder.ts';
import type { SiteSettings } from './site-settings.ts';
import { SITE_ICON, SITE_STYLE } from './style.ts';

/** What a build did. */
export type BuildReport = { files: number; written: number; removed: number };

/**
 * Brings the folder to what the archive says: makes the files whose inputs changed, removes those that are no longer
 * made, leaves all others alone. Editions stream through, never are all in memory; what is remembered of each is its
 * digest. A build that was cut off is finished by the next. `code`: a hash of the program's renderers.
 * Errors of the disk are thrown as Node gives them.
 */
export async function buildSite(
  folder: SiteFolder,
  archive: Archive,
  settings: SiteSettings,
  code: string,
): Promise<BuildReport> {
  const before = readManifest(await folder.read(MANIFEST));
  const { digests, shelves } = await refreshDigests(folder, archive, before);
  const catalog = catalogOf(digests);
  const plan = planSite(catalog, await sharedBy(catalog, archive, settings, code));
  const keys = keysOf(plan);
  const changed = [...keys].filter(([path, key]) => before.files[path] !== key).map(([path]) => path);
  const stale = Object.keys(before.files).filter((path) => !keys.has(path));
  const hasNews = changed.length + stale.length > 0;
  if (hasNews) {
    // Whatever happens from here on, the next build knows which files may be old or half of a pair.
    const doubtful = Object.fromEntries(changed.map((path) => [path, '']));
    await remember(folder, { ...before, files: { ...before.files, ...doubtful } });
  }
  const missing = new Set(changed);
  const write = async (path: string, content: string | Uint8Array) => {
    await folder.write(path, content);
    missing.delete(path);
  };
  await makeFiles(plan, new Set(changed), archive, write);
  await folder.settle();
  for (const path of stale) await folder.remove(path);
  for (const [month, text] of shelves.changed) await folder.write(shelfPath(month), text);
  for (const month of shelves.gone) await folder.remove(shelfPath(month));
  await folder.settle();
  // What an edition that vanished meanwhile should have made stays doubtful.
  const files = Object.fromEntries([...keys].map(([path, key]) => [path, missing.has(path) ? '' : key]));
  if (hasNews || shelves.changed.size > 0 || shelves.gone.length > 0)
    await remember(folder, { version: 2, files, shelves: shelves.hashes });
  return { files: keys.size, written: changed.length - missing.size, removed: stale.length };
}

async function remember(folder: SiteFolder, manifest: Manifest): Promise<void> {
  await folder.write(MANIFEST, JSON.stringify(manifest));
  await folder.settle();
}

/** The digests of all editions: from the shelves where the stamp is still the same, else from the edition itself. */
async function refreshDigests(folder: SiteFolder, archive: Archive, before: Manifest) {
  const wanted = new Map(
    (await archive.stamps()).map(({ date, stamp }) => [date, keyOf(stamp, archive.namesStamp)]),
  );
  const kept = new Map<string, EditionDigest>();
  for (const [month, hash] of Object.entries(before.shelves)) {
    const text = await folder.read(shelfPath(month));
    if (text === undefined || hashOf(text) !== hash) continue;
    for (const digest of readShelf(text)) kept.set(digest.date, digest);
  }
  const known = new Set(Object.keys(before.shelves));
  const digests = new Map<string, EditionDigest>();
  const dirty = new Set<string>();
  for (const [date, digest] of kept)
    if (wanted.get(date) === digest.stamp) digests.set(date, digest);
    else dirty.add(date.slice(0, 7));
  const unknown = [...wanted.keys()].filter((date) => !digests.has(date)).sort();
  for await (const edition of archive.editions(unknown)) {
    digests.set(edition.date, digestEdition(edition, wanted.get(edition.date) ?? '', archive.findNames));
    dirty.add(edition.date.slice(0, 7));
  }
  const months = Map.groupBy(
    [...digests.values()].sort((one, other) => (one.date < other.date ? -1 : 1)),
    ({ date }) => date.slice(0, 7),
  );
  const changed = new Map<string, string>();
  const hashes: Record<string, string> = {};
  for (const [month, inIt] of months) {
    if (!dirty.has(month)) {
      hashes[month] = before.shelves[month] ?? '';
      continue;
    }
    const text = writeShelf(inIt);
    changed.set(month, text);
    hashes[month] = hashOf(text);
  }
  const gone = [...known].filter((month) => !months.has(month));
  return { digests: [...digests.values()], shelves: { changed, gone, hashes } };
}

async function sharedBy(catalog: Catalog, archive: Archive, settings: SiteSettings, code: string) {
  const script = searchScript();
  const frame = {
    settings,
    sections: [...catalog.sections.keys()],
    stylePath: `assets/style-${hashOf(SITE_STYLE).slice(0, 8)}.css`,
  };
  // The editor's own words stand on one page only: changing them changes no other.
  const look = keyOf(code, JSON.stringify({ ...frame, settings: { ...settings, about: '' } }));
  return {
    frame,
    look,
    style: SITE_STYLE,
    icon: SITE_ICON,
    script: { path: `assets/search-${hashOf(script).slice(0, 8)}.js`, text: script },
    sources: await archive.sources(),
  };
}

function keysOf({ drawn, editions, threads, segments, months }: SitePlan): Map<string, string> {
  const shards = [...segments, { segment: months.months, key: months.key }];
  return new Map([
    ...[...drawn, ...threads, ...editions].map(({ path, key }) => [path, key] as const),
    ...shards.flatMap(({ key, segment }) => shardFiles(segment).map((path) => [path, key] as const)),
  ]);
}

type Write = (path: string, content: string | Uint8Array) => Promise<void>;

/** Makes the changed files: editions pass by once, oldest first, and each file takes what it needs. */
async function makeFiles(
  plan: SitePlan,
  changed: ReadonlySet<string>,
  archive: Archive,
  write: Write,
): Promise<void> {
  for (const { path, draw } of plan.drawn) if (changed.has(path)) await write(path, draw());
  const pages = Map.groupBy(
    plan.editions.filter(({ path }) => changed.has(path)),
    ({ date }) => date,
  );
  const threads = threadTable(plan.threads.filter(({ path }) => changed.has(path)));
  const search = indexer(
    plan.segments.map(({ segment }) => segment),
    plan.months.months,
    (path) => changed.has(path),
    write,
  );
  const dates = new Set([...pages.keys(), ...threads.dates, ...search.dates]);
  const inOrder = [...dates].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  for await (const edition of archive.editions(inOrder)) {
    for (const { path, content } of threads.pass(edition)) await write(path, content);
    await search.pass(edition);
    for (const { path, draw } of pages.get(edition.date) ?? []) await write(path, draw(edition));
  }
}

/** Collects the tellings of stories while editions pass by; a story is rendered and let go after its last one. */
function threadTable(threads: SitePlan['threads']) {
  const byDate = new Map<string, { thread: SitePlan['threads'][number]; story: string }[]>();
  for (const thread of threads)
    for (const { date, item } of thread.entries) {
      const waiting = byDate.get(date);
      if (waiting === undefined) byDate.set(date, [{ thread, story: item.story }]);
      else waiting.push({ thread, story: item.story });
    }
  const told = new Map<string, Telling[]>();
  return {
    dates: byDate.keys(),
    pass(edition: Edition): { path: string; content: string }[] {
      const { date, composedAt, sections } = edition;
      const tellings = new Map(
        sections.flatMap(({ name, items }) =>
          items.map(
            (item) => [item.brief.storyId, { edition: { date, composedAt }, section: name, item }] as const,
          ),
        ),
      );
      const done: { path: string; content: string }[] = [];
      for (const { thread, story } of byDate.get(date) ?? []) {
        const telling = tellings.get(story);
        const sofar = [...(told.get(thread.path) ?? []), ...(telling === undefined ? [] : [telling])];
        told.set(thread.path, sofar);
        const [first, ...rest] = sofar;
        if (first === undefined || sofar.length < thread.entries.length) continue;
        done.push({ path: thread.path, content: thread.draw([first, ...rest]) });
        told.delete(thread.path);
      }
      byDate.delete(date);
      return done;
    },
  };
}

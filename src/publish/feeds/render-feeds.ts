import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import { changedAt, type Edition } from '../../domain/edition.ts';
import { dayOf, isWeek } from '../../domain/week.ts';
import { datedAddress } from '../render/dates.ts';
import { DEEP_SECTION } from '../render/deep-words.ts';
import { correctionLines, headlineOf } from '../render/item-words.ts';
import { escapeHtml } from '../render/render-page.ts';
import { briefHtml, deepHtml, editionHtml } from './edition-html.ts';

export type FeedSettings = {
  /** What the daily is called. */
  name: string;
  /** Public address of the folder of the feeds, without a slash at its end. */
  url: string;
  /** Address of an edition's page below it: `{date}`, `{year}`, `{month}`, `{day}` stand for the date. */
  page: string;
  /** WebSub hub that tells subscribers of news. */
  hub?: string;
};

/** How many entries a feed lists; older ones are in the archive. */
export const EDITIONS_LISTED = 30;
const BRIEFS_LISTED = 200;

type Entry = {
  id: string;
  title: string;
  link: string;
  /** The article a brief is about. */
  about?: string;
  html: string;
  summary: string;
  at: Date;
  /** When anything of it was last changed. */
  changedAt: Date;
  tags: string[];
};

/**
 * The feeds as files: RSS 2.0, Atom and JSON Feed 1.1, one entry per edition (`feed.xml`, `atom.xml`, `feed.json`) and
 * one per brief (`briefs.xml`, `briefs.atom`, `briefs.json`). Ids never change, whatever is edited; the same editions
 * give the same bytes. `editions`: newest first, approved ones only.
 */
export function renderFeeds(editions: readonly Edition[], settings: FeedSettings): Map<string, string> {
  const listed = editions.slice(0, EDITIONS_LISTED);
  const host = URL.parse(settings.url)?.hostname ?? 'localhost';
  const whole = listed.map((edition) => editionEntry(edition, host, settings));
  // A weekly tells again what the dailies told: it is one entry, not one for each brief.
  const dailies = listed.filter(({ date }) => !isWeek(date));
  const briefs = dailies.flatMap((edition) => briefEntries(edition, host, settings)).slice(0, BRIEFS_LISTED);
  const about = listed[0]?.tagline ?? '';
  const kinds = [
    { entries: whole, title: settings.name, files: ['feed.xml', 'atom.xml', 'feed.json'] as const },
    {
      entries: briefs,
      title: `${settings.name}·逐条`,
      files: ['briefs.xml', 'briefs.atom', 'briefs.json'] as const,
    },
  ];
  return new Map(
    kinds.flatMap(({ entries, title, files: [rss, atom, json] }) => {
      const feed = { entries, title: clean(title), about: clean(about), settings, host };
      return [
        [rss, asRss(feed, rss)],
        [atom, asAtom(feed, atom)],
        [json, asJson(feed, json)],
      ] as const;
    }),
  );
}

type Feed = { entries: readonly Entry[]; title: string; about: string; settings: FeedSettings; host: string };

function editionEntry(edition: Edition, host: string, settings: FeedSettings): Entry {
  const headlines = edition.sections.flatMap(({ items }) => items.map(headlineOf));
  return {
    id: `tag:${host},${dayOf(edition.date)}:${isWeek(edition.date) ? 'weekly' : 'edition'}`,
    title: clean(edition.title),
    link: pageOf(edition.date, settings),
    html: clean(editionHtml(edition)),
    summary: clean(headlines.join('；')),
    at: new Date(edition.composedAt),
    changedAt: new Date(changedAt(edition)),
    tags: edition.sections.map(({ name }) => clean(name)),
  };
}

function briefEntries(edition: Edition, host: string, settings: FeedSettings): Entry[] {
  const at = new Date(edition.composedAt);
  const made = edition.corrections?.made ?? [];
  const lastOf = (storyId: string) => made.findLast((one) => one.storyId === storyId);
  const deep = (edition.deepReads ?? []).map(
    (one): Entry => ({
      id: `tag:${host},${edition.date}:deep:${one.storyId}`,
      title: clean(`${DEEP_SECTION}｜${one.headline}`),
      link: pageOf(edition.date, settings),
      ...(/^https?:\/\//i.test(one.url) ? { about: one.url } : {}),
      html: clean(deepHtml(one)),
      summary: clean(one.told.map(({ claim }) => claim).join('')),
      at,
      changedAt: at,
      tags: [DEEP_SECTION],
    }),
  );
  const standing = edition.sections.flatMap(({ name, items }) =>
    items.map((item) => ({
      id: `tag:${host},${edition.date}:${item.brief.storyId}`,
      title: clean(headlineOf(item)),
      link: pageOf(edition.date, settings),
      ...(/^https?:\/\//i.test(item.brief.url) ? { about: item.brief.url } : {}),
      html: `<p>${clean(briefHtml(item))}</p>`,
      summary: clean(item.brief.summary),
      at,
      changedAt: new Date(lastOf(item.brief.storyId)?.at ?? edition.composedAt),
      tags: [clean(name)],
    })),
  );
  // Who has read it under this id learns that it is taken back.
  const withdrawn = made.flatMap((one): Entry[] => {
    if (one.kind !== 'withdrawn') return [];
    const [words] = correctionLines({ corrections: { printed: edition, made: [one] } });
    return [
      {
        id: `tag:${host},${edition.date}:${one.storyId}`,
        title: clean(`撤回：${one.headline}`),
        link: pageOf(edition.date, settings),
        html: `<p>${clean(escapeHtml(words ?? ''))}</p>`,
        summary: clean(words ?? ''),
        at,
        changedAt: new Date(one.at),
        tags: [clean(one.section)],
      },
    ];
  });
  return [...deep, ...standing, ...withdrawn];
}

function asRss({ entries, title, about, settings }: Feed, file: string): string {
  const self = { href: `${settings.url}/${file}`, rel: 'self', type: 'application/rss+xml' };
  const hub = settings.hub === undefined ? [] : [{ href: settings.hub, rel: 'hub' }];
  return generateRssFeed({
    title,
    link: `${settings.url}/`,
    description: about || title,
    language: 'zh-CN',
    ...(entries[0] ? { lastBuildDate: newestOf(entries) } : {}),
    atom: { links: [self, ...hub] },
    items: entries.map((entry) => ({
      title: entry.title,
      link: entry.about ?? entry.link,
      guid: { value: entry.id, isPermaLink: false },
      pubDate: entry.at,
      description: entry.summary,
      content: { encoded: entry.html },
      categories: entry.tags.map((name) => ({ name })),
    })),
  });
}

function asAtom({ entries, title, about, settings, host }: Feed, file: string): string {
  const hub = settings.hub === undefined ? [] : [{ href: settings.hub, rel: 'hub' }];
  return generateAtomFeed({
    id: `tag:${host},2026:${file}`,
    title: { value: title },
    ...(about === '' ? {} : { subtitle: { value: about } }),
    updated: newestOf(entries),
    authors: [{ name: title }],
    links: [
      { href: `${settings.url}/${file}`, rel: 'self', type: 'application/atom+xml' },
      { href: `${settings.url}/`, rel: 'alternate', type: 'text/html' },
      ...hub,
    ],
    entries: entries.map((entry) => ({
      id: entry.id,
      title: { value: entry.title },
      published: entry.at,
      updated: entry.changedAt,
      links: [
        { href: entry.about ?? entry.link, rel: 'alternate' },
        ...(entry.about === undefined ? [] : [{ href: entry.link, rel: 'related' }]),
      ],
      summary: { value: entry.summary },
      content: { value: entry.html, type: 'html' },
      categories: entry.tags.map((term) => ({ term })),
    })),
  });
}

function asJson({ entries, title, about, settings }: Feed, file: string): string {
  const feed = generateJsonFeed({
    title,
    ...(about === '' ? {} : { description: about }),
    home_page_url: `${settings.url}/`,
    feed_url: `${settings.url}/${file}`,
    language: 'zh-CN',
    ...(settings.hub === undefined ? {} : { hubs: [{ type: 'WebSub', url: settings.hub }] }),
    items: entries.map((entry) => ({
      id: entry.id,
      title: entry.title,
      url: entry.link,
      ...(entry.about === undefined ? {} : { external_url: entry.about }),
      content_html: entry.html,
      summary: entry.summary,
      date_published: entry.at,
      ...(entry.changedAt > entry.at ? { date_modified: entry.changedAt } : {}),
      tags: entry.tags,
    })),
  });
  return `${JSON.stringify(feed, null, 1)}\n`;
}

/** When anything in the feed was last changed. */
function newestOf(entries: readonly Entry[]): Date {
  return new Date(Math.max(0, ...entries.map((entry) => entry.changedAt.getTime())));
}

function pageOf(date: string, { url, page }: FeedSettings): string {
  return `${url}/${datedAddress(page, date)}`;
}

/** Without what XML 1.0 forbids even when escaped: control characters, halves of surrogate pairs, non-characters. */
function clean(text: string): string {
  return text.toWellFormed().replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
}

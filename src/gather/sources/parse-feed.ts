import type { Entry, Instant, Language } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { detectLanguage } from '../detect-language.ts';
import { feedHtmlToText, plainLines, plainTitle } from '../html-text.ts';
import { canonicalUrl, identityOf } from '../identity.ts';
import { parseDate } from '../parse-date.ts';
import { readLeniently } from './lenient-feed.ts';
import type { RawFeed, RawItem } from './raw-feed.ts';
import { optional } from './raw-feed.ts';
import { readRssInJson } from './rss-in-json.ts';
import { readStrictly } from './strict-feed.ts';

export type FeedReading =
  | { kind: 'entries'; entries: Entry[]; note?: string; ttlMinutes?: number; title?: string; about?: string }
  /** A sound feed that says it rests on some days, with nothing in it today. */
  | { kind: 'resting' }
  | { kind: 'empty' }
  /** A web page instead of a feed. */
  | { kind: 'html' }
  | { kind: 'malformed' };

export type FeedContext = {
  source: Source;
  feedUrl: string;
  now: Instant;
  /** What this kind of source knows of its items that others do not. */
  mendItem?: (item: RawItem) => RawItem;
};

/** One day of one source is never more; larger feeds are archives, and their tail is old. */
const MAX_ENTRIES = 500;

/** Time zone taken for dates without one: Chinese feeds mean Beijing time, all others are read as UTC. */
const BEIJING_MINUTES = 480;

/**
 * A feed's text as entries, in the feed's order. RSS, Atom, RDF and JSON Feed, also damaged ones.
 * An entry without any http(s) link is left out and counted in the note; everything else is mended or left absent.
 */
export async function parseFeedText(text: string, context: FeedContext): Promise<FeedReading> {
  const feed = await readFeed(text, context.feedUrl);
  if (feed === undefined) return { kind: looksLikeHtml(text) ? 'html' : 'malformed' };
  if (feed.items.length === 0) return { kind: feed.restsSomeDays ? 'resting' : 'empty' };
  return toEntries(feed, context);
}

/** What a feed says, as it says it: by the strict reader, by the lenient one where that finds nothing; undefined for none. */
export async function readFeed(text: string, feedUrl: string): Promise<RawFeed | undefined> {
  const strict = readStrictly(text) ?? readRssInJson(text);
  if (strict !== undefined && strict.items.length > 0) return strict;
  if (strict === undefined && !looksLikeFeed(text)) return undefined;
  const rested = await readLeniently(text, feedUrl);
  return rested !== undefined && rested.items.length > 0 ? rested : (strict ?? rested);
}

function toEntries(feed: RawFeed, context: FeedContext): FeedReading {
  const zone = languageOf(feed) === 'zh' ? BEIJING_MINUTES : 0;
  const base = URL.parse(feed.home ?? '', context.feedUrl)?.href ?? context.feedUrl;
  const all = feed.items.map((item) =>
    toEntry(context.mendItem?.(item) ?? item, { base, zone, sourceId: context.source.id, now: context.now }),
  );
  const linked = all.filter((entry) => entry !== undefined);
  const entries = unique(linked);
  const linkless = all.length - linked.length;
  const kept = entries.length > MAX_ENTRIES ? newest(entries) : entries;
  const notes = [
    ...(linkless > 0 ? [`${linkless} 条没有链接，已略去`] : []),
    ...(kept.length < entries.length ? [`共 ${entries.length} 条，只取最新 ${MAX_ENTRIES} 条`] : []),
  ];
  return {
    kind: 'entries',
    entries: kept,
    ...optional('note', notes.length > 0 ? notes.join('；') : undefined),
    ...optional('ttlMinutes', feed.ttlMinutes),
    ...optional('title', plainTitle(feed.title ?? '') || undefined),
    ...optional('about', feedHtmlToText(feed.about ?? '') || undefined),
  };
}

/**
 * Without repeated entries, addresses canonical. Changelogs list sections of one page (`/changelog#4.2`): there the
 * fragment is kept, since it is all that tells the entries apart; everywhere else it goes.
 */
function unique(entries: Entry[]): Entry[] {
  const fragments = Map.groupBy(entries, (entry) => identityOf(entry.url));
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const hash = URL.parse(entry.url)?.hash ?? '';
    const siblings = fragments.get(identityOf(entry.url)) ?? [];
    const sections = hash !== '' && new Set(siblings.map((one) => one.url)).size > 1;
    const url = canonicalUrl(entry.url) + (sections && !entry.url.includes('mp.weixin.') ? hash : '');
    const key = `${identityOf(url)}\n${URL.parse(url)?.hash}\n${entry.title}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...entry, url }];
  });
}

function toEntry(
  item: RawItem,
  context: { base: string; zone: number; sourceId: string; now: Instant },
): Entry | undefined {
  const base = URL.parse(item.base ?? '', context.base)?.href ?? context.base;
  const url = firstWebAddress(item.links, base);
  if (url === undefined) return undefined;
  const dated = item.dates.map((date) => parseDate(date, context.zone)).find((at) => at !== undefined);
  return {
    sourceId: context.sourceId,
    url,
    title: plainTitle(item.title ?? ''),
    ...optional('author', plainTitle(item.author ?? '') || undefined),
    ...optional('publishedAt', dated === undefined ? undefined : Math.min(dated, context.now)),
    text: longest([...item.html.map(feedHtmlToText), plainLines(item.plain ?? '')]),
    tags: [...new Set(item.tags.map(plainTitle).filter((tag) => tag !== ''))],
    ...optional('engagement', item.engagement),
    ...optional('image', firstWebAddress(item.images ?? [], base)),
    seenAt: context.now,
  };
}

/** The first absolute address; a relative one only when it was given as a link on purpose, that is first. */
function firstWebAddress(links: string[], base: string): string | undefined {
  for (const [index, link] of links.entries()) {
    const text = link.trim();
    const absolute = /^https?:\/\//i.test(text);
    if (
      !absolute &&
      (index > 0 || !/^(\/|\.|[\w-]+\/|\?|[\w%-]+\.html?)/.test(text) || /^[\w-]+:/.test(text))
    )
      continue;
    const url = URL.parse(text, base);
    if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  }
  return undefined;
}

function newest(entries: Entry[]): Entry[] {
  // Undated entries keep their place in front: nothing says that they are old.
  const age = (entry: Entry): number => entry.publishedAt ?? Number.POSITIVE_INFINITY;
  return entries.toSorted((a, b) => (age(a) === age(b) ? 0 : age(b) - age(a))).slice(0, MAX_ENTRIES);
}

function longest(texts: string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}

function languageOf(feed: RawFeed): Language {
  const declared = feed.language?.trim().toLowerCase() ?? '';
  if (declared.startsWith('zh')) return 'zh';
  // Feed generators often declare English for everything, so titles have the last word.
  return detectLanguage(feed.items.map((item) => item.title ?? '').join(' '));
}

function looksLikeFeed(text: string): boolean {
  return /<(?:rss|feed|rdf:RDF|channel)[\s>]/i.test(text.slice(0, 4000)) && !looksLikeHtml(text);
}

function looksLikeHtml(text: string): boolean {
  const head = text.slice(0, 2000).replace(/<!--[\s\S]*?-->|<\?[^>]*>/g, '');
  return /^\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i.test(head);
}

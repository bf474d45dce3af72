import type { Engagement, Entry, Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { feedHtmlToText, plainLines, plainTitle } from '../html-text.ts';
import { canonicalUrl } from '../identity.ts';

/** What an API says of one item. Absent, undefined and null all mean: not said. */
export type Said = {
  url: string;
  title?: string | null | undefined;
  author?: string | null | undefined;
  publishedAt?: Instant | undefined;
  /** Plain text. */
  text?: string | null | undefined;
  /** Read when there is no plain text. */
  html?: string | null | undefined;
  tags?: readonly string[] | undefined;
  engagement?: { [Count in keyof Engagement]: number | null | undefined } | undefined;
};

/** The entry for one item of an API; undefined when its address is none a reader could open. */
export function makeEntry(said: Said, source: Source, now: Instant): Entry | undefined {
  // Mends copied addresses on the way (`&amp;`, `\x26`); what is none comes back as it is.
  const url = canonicalUrl(said.url);
  if (!/^https?:\/\//.test(url)) return undefined;
  const author = plainTitle(said.author ?? '');
  const text = said.text ? plainLines(said.text) : said.html ? feedHtmlToText(said.html) : '';
  const { publishedAt } = said;
  const counts = Object.entries(said.engagement ?? {}).filter(
    ([, count]) => typeof count === 'number' && count >= 0,
  );
  return {
    sourceId: source.id,
    url,
    title: plainTitle(said.title ?? ''),
    ...(author === '' ? {} : { author }),
    ...(publishedAt === undefined || !Number.isFinite(publishedAt)
      ? {}
      : { publishedAt: Math.min(publishedAt, now) }),
    text,
    tags: [...(said.tags ?? [])],
    ...(counts.length === 0 ? {} : { engagement: Object.fromEntries(counts) }),
    seenAt: now,
  };
}

/** A note for what was left out, or nothing. */
export function leftOutNote(damaged: number): { note?: string } {
  return damaged === 0 ? {} : { note: `${damaged} 条内容不全，已略去` };
}

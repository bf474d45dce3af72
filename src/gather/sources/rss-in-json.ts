import { z } from 'zod';
import type { RawFeed } from './raw-feed.ts';
import { given, optional } from './raw-feed.ts';

const text = z.string().optional().catch(undefined);
const itemSchema = z.object({
  title: text,
  link: text,
  guid: z
    .union([z.string(), z.object({ '#value': z.string() }).transform((guid) => guid['#value'])])
    .optional()
    .catch(undefined),
  pubDate: text,
  description: text,
  author: text,
});
const feedSchema = z.object({
  rss: z.object({
    channel: z.object({
      title: text,
      link: text,
      description: text,
      language: text,
      item: z.union([z.array(itemSchema), itemSchema.transform((one) => [one])]).catch([]),
    }),
  }),
});

/** RSS written as JSON (`{ rss: { channel: { item: [] } } }`, the form rssInJson describes); undefined for anything else. */
export function readRssInJson(text: string): RawFeed | undefined {
  if (!/^\s*\{\s*"rss"\s*:/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const channel = feedSchema.safeParse(value).data?.rss.channel;
  if (channel === undefined) return undefined;
  return {
    ...optional('title', channel.title),
    ...optional('about', channel.description),
    ...optional('language', channel.language),
    ...optional('home', channel.link),
    restsSomeDays: false,
    items: channel.item.map((item) => ({
      ...optional('title', item.title),
      links: given(item.link, item.guid),
      dates: given(item.pubDate),
      html: given(item.description),
      ...optional('author', item.author),
      tags: [],
    })),
  };
}

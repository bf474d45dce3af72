import { z } from 'zod';
import { decodeEntities } from '../html-text.ts';
import { askFeed } from './ask-feed.ts';
import { askJson, lenientList } from './ask-json.ts';
import { leftOutNote, makeEntry } from './make-entry.ts';
import type { RawItem } from './raw-feed.ts';
import { type Collected, defineKind, failed } from './source-kind.ts';

const settings = z.object({
  subreddit: z.string().regex(/^\w+$/, '只写名字，不带 r/').exactOptional(),
  list: z.enum(['top', 'hot', 'new', 'rising']).default('top').describe('top 指当天最热 / top of the day'),
  minPoints: z.int().min(0).default(0).describe('至少多少分 / points a post must have'),
  maxItems: z.int().min(1).max(100).default(50),
});

const listingSchema = z.object({
  data: z.object({
    children: lenientList(
      z.object({
        data: z.object({
          title: z.string(),
          permalink: z.string(),
          url: z.string().nullish(),
          is_self: z.boolean().nullish(),
          selftext: z.string().nullish(),
          author: z.string().nullish(),
          created_utc: z.number().nullish(),
          score: z.number().nullish(),
          num_comments: z.number().nullish(),
          stickied: z.boolean().nullish(),
        }),
      }),
    ),
  }),
});

/**
 * `kind: reddit` — a subreddit's posts with points and comments, or any Reddit feed by its address (the private feed of
 * one's account works where anonymous questions are refused). A link post links the outside article.
 */
export const reddit = defineKind({
  kind: 'reddit',
  home: 'https://www.reddit.com',
  settings,
  async collect(source, { subreddit, list, minPoints, maxItems }, state, deps) {
    const { pathname, searchParams } = new URL(source.url);
    const isListing = pathname.endsWith('.json');
    if (pathname.endsWith('.rss') || (searchParams.has('feed') && !isListing)) {
      const answer = explained(await askFeed(source, state, deps, { mendItem: aboutItsLink }));
      const unheard = minPoints > 0 && answer.kind === 'listed';
      return unheard ? { ...answer, note: '订阅里没有分数，minPoints 不起作用；可改用 .json 地址' } : answer;
    }
    if (subreddit === undefined && !isListing)
      return failed('source-settings', 'reddit 来源要写 subreddit，或在 url 写订阅地址', false);
    const url = isListing
      ? new URL(source.url)
      : new URL(`/r/${subreddit}/${list}.json?limit=${maxItems}&t=day`, source.url);
    url.searchParams.set('raw_json', '1');
    const answer = await askJson({ url: url.href }, listingSchema, deps);
    if (answer.kind !== 'json') return explained(answer);
    const { items, damaged } = answer.value.data.children;
    const entries = items
      .map(({ data }) => data)
      .filter((post) => !post.stickied && (post.score ?? 0) >= minPoints)
      .flatMap((post) => {
        const page = new URL(post.permalink, source.url).href;
        const said = {
          url: post.is_self || !isOutside(post.url) ? page : post.url,
          title: post.title,
          author: post.author,
          publishedAt: post.created_utc ? post.created_utc * 1000 : undefined,
          text: post.selftext,
          engagement: { points: post.score, comments: post.num_comments },
        };
        return makeEntry(said, source, deps.now) ?? [];
      });
    if (entries.length === 0) return { kind: 'unchanged', note: `没有达到 ${minPoints} 分的` };
    return { kind: 'listed', entries, ...leftOutNote(damaged) };
  },
});

/** The feed's own words around a post, and the link among them to what it is about. */
const LINK = /<a\s[^>]*href="([^"]+)"[^>]*>\s*\[link\]\s*<\/a>/i;
const FOOT = /(?:&#32;|\s)*submitted by[\s\S]*?<a\s[^>]*>\s*\[comments\]\s*<\/a>(?:\s*<\/span>)?/i;

/** A feed names the post itself; what it links stands only in the line below its text, which is no text. */
function aboutItsLink(item: RawItem): RawItem {
  const link = item.html.map((html) => LINK.exec(html)?.[1]).find((found) => found !== undefined);
  const about = link === undefined ? undefined : decodeEntities(link);
  return {
    ...item,
    links: isOutside(about) ? [about, ...item.links] : item.links,
    html: item.html.map((html) => html.replace(FOOT, '')),
  };
}

/** Pictures, videos and galleries on Reddit's own hosts are no articles; the post is. */
function isOutside(address: string | null | undefined): address is string {
  const host = URL.parse(address ?? '')?.hostname;
  return host !== undefined && !/(?:^|\.)(?:reddit\.com|redd\.it|redditmedia\.com)$/.test(host);
}

/** Reddit answers 403 as well to who asks too often as to who asks without an account. */
function explained(answer: Collected): Collected {
  if (answer.kind !== 'failed' || !/^http-(403|429)$/.test(answer.code)) return answer;
  const way =
    'Reddit 多半不再答复匿名请求：登录后在 reddit.com/prefs/feeds 取得自己的私有订阅地址，用 env: 或 file: 写进 url';
  return { ...answer, message: `${answer.message}。${way}` };
}

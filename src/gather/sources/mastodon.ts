import { z } from 'zod';
import type { Entry } from '../../domain/article.ts';
import { askFeed } from './ask-feed.ts';
import { defineKind } from './source-kind.ts';

/**
 * `kind: mastodon` — an account's or a tag's public posts by the feed every instance has (`/@user.rss`, `/tags/ai.rss`).
 * Servers of other makes put boosts and replies into it as well; they stay out.
 */
export const mastodon = defineKind({
  kind: 'mastodon',
  fullText: 'feed',
  settings: z.object({}),
  collect(source, _settings, state, deps) {
    const url = new URL(source.url);
    if (!url.pathname.endsWith('.rss')) url.pathname = `${url.pathname.replace(/\/+$/, '')}.rss`;
    const account = /\/@([\w.-]+?)(?:\/with_replies)?\.rss$/i.exec(url.pathname)?.[1];
    return askFeed(source, state, deps, {
      url: url.href,
      emptyIsFine: '还没有公开的嘟文',
      mend: (entry) => (isBoost(entry, account) || isReply(entry) ? undefined : entry),
    });
  },
});

/** The post of another account; where posts have no account in their address nothing can be told. */
function isBoost({ url }: Entry, account: string | undefined): boolean {
  const poster = /^\/(?:@|users\/)([\w.-]+)/.exec(new URL(url).pathname)?.[1];
  return account !== undefined && poster !== undefined && poster.toLowerCase() !== account.toLowerCase();
}

/** A post that begins with somebody's name speaks to them. */
function isReply({ text }: Entry): boolean {
  return /^@[\w.-]+(?:@[\w.-]+)?\s/.test(text);
}

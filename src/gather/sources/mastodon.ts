import { z } from 'zod';
import { askFeed } from './ask-feed.ts';
import { defineKind } from './source-kind.ts';

/** `kind: mastodon` — an account's or a tag's public posts by the feed every instance has (`/@user.rss`, `/tags/ai.rss`). */
export const mastodon = defineKind({
  kind: 'mastodon',
  fullText: 'feed',
  settings: z.object({}),
  collect(source, _settings, state, deps) {
    const url = new URL(source.url);
    if (!url.pathname.endsWith('.rss')) url.pathname = `${url.pathname.replace(/\/+$/, '')}.rss`;
    return askFeed(source, state, deps, { url: url.href, emptyIsFine: '还没有公开的嘟文' });
  },
});

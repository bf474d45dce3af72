import { arxiv } from './arxiv.ts';
import { bluesky } from './bluesky.ts';
import { feed } from './feed.ts';
import { github } from './github.ts';
import { hackernews } from './hackernews.ts';
import { huggingface } from './huggingface.ts';
import { mastodon } from './mastodon.ts';
import { newsletter } from './newsletter.ts';
import { npm } from './npm.ts';
import { page } from './page.ts';
import { podcast } from './podcast.ts';
import { reddit } from './reddit.ts';
import { sitemap } from './sitemap.ts';
import type { SourceKind } from './source-kind.ts';
import { wechat } from './wechat.ts';
import { youtube } from './youtube.ts';

/** Every kind of source ribao knows, in the order the documentation lists them. */
export const SOURCE_KINDS: readonly SourceKind[] = [
  feed,
  wechat,
  arxiv,
  hackernews,
  github,
  huggingface,
  npm,
  sitemap,
  page,
  youtube,
  podcast,
  reddit,
  mastodon,
  bluesky,
  newsletter,
];

/** The kind an editor named, or undefined. */
export function sourceKind(kind: string): SourceKind | undefined {
  return SOURCE_KINDS.find((one) => one.kind === kind);
}

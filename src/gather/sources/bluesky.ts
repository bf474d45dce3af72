import { z } from 'zod';
import { askJson, lenientList } from './ask-json.ts';
import { leftOutNote, makeEntry } from './make-entry.ts';
import { defineKind } from './source-kind.ts';

const settings = z.object({
  actor: z.string().min(3).describe('账号，如 name.bsky.social 或 did:… / handle or DID'),
  minLikes: z.int().min(0).default(0),
  maxItems: z.int().min(1).max(100).default(50),
});

const card = z.object({
  uri: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
});

const feedSchema = z.object({
  feed: lenientList(
    z.object({
      reason: z.unknown().optional(),
      reply: z.unknown().optional(),
      post: z.object({
        uri: z.string(),
        author: z.object({ handle: z.string(), displayName: z.string().nullish() }),
        record: z.object({ text: z.string(), createdAt: z.string() }),
        // A page may stand alone, or as the medium beside a quoted post.
        embed: z
          .object({ external: card.nullish(), media: z.object({ external: card.nullish() }).nullish() })
          .nullish(),
        likeCount: z.number().nullish(),
        replyCount: z.number().nullish(),
      }),
    }),
  ),
});

/** `kind: bluesky` — an account's own posts, without replies and reposts; a post about a page links that page. */
export const bluesky = defineKind({
  kind: 'bluesky',
  home: 'https://public.api.bsky.app',
  settings,
  async collect(source, { actor, minLikes, maxItems }, _state, { fetch, now }) {
    const url = new URL('/xrpc/app.bsky.feed.getAuthorFeed', source.url);
    url.searchParams.set('actor', actor);
    url.searchParams.set('filter', 'posts_no_replies');
    url.searchParams.set('limit', String(maxItems));
    const answer = await askJson({ url: url.href }, feedSchema, { fetch });
    if (answer.kind !== 'json') return answer;
    const { items, damaged } = answer.value.feed;
    const entries = items
      .filter(({ reason, reply, post }) => !reason && !reply && (post.likeCount ?? 0) >= minLikes)
      .flatMap(({ post }) => {
        const { author, record, embed } = post;
        const about = embed?.external ?? embed?.media?.external;
        const page = `https://bsky.app/profile/${author.handle}/post/${post.uri.split('/').at(-1)}`;
        const said = {
          url: about?.uri ?? page,
          title: about?.title,
          author: author.displayName || author.handle,
          publishedAt: Date.parse(record.createdAt),
          text: [record.text, about?.description].filter(Boolean).join('\n'),
          engagement: { likes: post.likeCount, comments: post.replyCount },
        };
        return makeEntry(said, source, now) ?? [];
      });
    if (entries.length === 0) return { kind: 'unchanged', note: '没有新帖' };
    return { kind: 'listed', entries, ...leftOutNote(damaged) };
  },
});

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

/** A quoted post, as the view of it gives it: alone, or with a medium of one's own beside it. */
const quoted = z.object({
  author: z.object({ handle: z.string() }),
  value: z.object({ text: z.string() }),
  embeds: z
    .array(z.object({ external: card.nullish().catch(undefined) }))
    .nullish()
    .catch(undefined),
});
const quote = z
  .union([quoted, z.object({ record: quoted }).transform(({ record }) => record)])
  .nullish()
  .catch(undefined);

const facets = z
  .array(z.object({ features: z.array(z.object({ uri: z.string().nullish() })) }))
  .nullish()
  .catch(undefined);

const feedSchema = z.object({
  feed: lenientList(
    z.object({
      reason: z.unknown().optional(),
      reply: z.unknown().optional(),
      post: z.object({
        uri: z.string(),
        author: z.object({ handle: z.string(), displayName: z.string().nullish() }),
        record: z.object({ text: z.string(), createdAt: z.string(), facets }),
        // A page may stand alone, or as the medium beside a quoted post.
        embed: z
          .object({
            external: card.nullish(),
            media: z.object({ external: card.nullish() }).nullish(),
            record: quote,
          })
          .nullish(),
        likeCount: z.number().nullish(),
        replyCount: z.number().nullish(),
      }),
    }),
  ),
});

/**
 * `kind: bluesky` — an account's own posts, without replies and reposts; a post about a page links
 * that page, also when it quotes another's post about it.
 */
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
        const said = record.text;
        const told = embed?.record;
        const about =
          embed?.external ?? embed?.media?.external ?? told?.embeds?.find((one) => one.external)?.external;
        const linked = record.facets?.flatMap(({ features }) => features.flatMap(({ uri }) => uri ?? []))[0];
        const page = `https://bsky.app/profile/${author.handle}/post/${post.uri.split('/').at(-1)}`;
        const entry = {
          url: about?.uri ?? linked ?? page,
          title: about?.title,
          author: author.displayName || author.handle,
          publishedAt: Date.parse(record.createdAt),
          text: [said, about?.description, told && `@${told.author.handle}：${told.value.text}`]
            .filter(Boolean)
            .join('\n'),
          engagement: { likes: post.likeCount, comments: post.replyCount },
        };
        return makeEntry(entry, source, now) ?? [];
      });
    if (entries.length === 0) return { kind: 'unchanged', note: '没有新帖' };
    return { kind: 'listed', entries, ...leftOutNote(damaged) };
  },
});

import { z } from 'zod';
import { askJson, lenientList } from './ask-json.ts';
import { leftOutNote, makeEntry } from './make-entry.ts';
import { defineKind } from './source-kind.ts';

const HOUR_MS = 3_600_000;

const settings = z.object({
  query: z.string().exactOptional().describe('要找的词；不写则不限 / words to look for'),
  tags: z
    .array(z.enum(['story', 'ask_hn', 'show_hn', 'poll']))
    .min(1)
    .default(['story'])
    .describe('哪几类；story 包含其余各类 / which kinds of items; story includes the others'),
  frontPage: z.boolean().default(false).describe('true：只要此刻首页上的 / what is on the front page now'),
  minPoints: z.int().min(0).default(50).describe('至少多少分 / points an item must have'),
  hours: z.int().min(1).max(720).default(48).describe('最近多少小时 / how far back'),
  maxItems: z.int().min(1).max(1000).default(100),
});

const answerSchema = z.object({
  hits: lenientList(
    z.object({
      objectID: z.string(),
      title: z.string(),
      url: z.string().nullish(),
      author: z.string().nullish(),
      points: z.number().nullish(),
      num_comments: z.number().nullish(),
      created_at_i: z.number(),
      story_text: z.string().nullish(),
    }),
  ),
});

/** `kind: hackernews` — stories on Hacker News through the Algolia search API, with their points and comments. */
export const hackernews = defineKind({
  kind: 'hackernews',
  home: 'https://hn.algolia.com/api/v1/',
  settings,
  async collect(source, { query, tags, frontPage, minPoints, hours, maxItems }, _state, { fetch, now }) {
    const base = source.url.endsWith('/') ? source.url : `${source.url}/`;
    const url = new URL(frontPage ? 'search' : 'search_by_date', base);
    url.searchParams.set(
      'tags',
      frontPage ? 'front_page' : tags.length > 1 ? `(${tags.join(',')})` : (tags[0] ?? 'story'),
    );
    if (query !== undefined) url.searchParams.set('query', query);
    const since = Math.floor((now - hours * HOUR_MS) / 1000);
    url.searchParams.set('numericFilters', `created_at_i>${since},points>=${minPoints}`);
    url.searchParams.set('hitsPerPage', String(maxItems));
    const answer = await askJson({ url: url.href }, answerSchema, { fetch });
    if (answer.kind !== 'json') return answer;
    const { items, damaged } = answer.value.hits;
    const entries = items.flatMap((hit) => {
      const page = `https://news.ycombinator.com/item?id=${hit.objectID}`;
      const said = {
        // Ask HN and Show HN without a link are read where they stand.
        url: hit.url || page,
        title: hit.title,
        author: hit.author,
        publishedAt: hit.created_at_i * 1000,
        html: hit.story_text,
        engagement: { points: hit.points, comments: hit.num_comments },
      };
      return makeEntry(said, source, now) ?? [];
    });
    if (entries.length === 0)
      return { kind: 'unchanged', note: `近 ${hours} 小时没有达到 ${minPoints} 分的` };
    return { kind: 'listed', entries, ...leftOutNote(damaged) };
  },
});

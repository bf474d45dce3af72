import { z } from 'zod';
import { askJson, lenientList } from './ask-json.ts';
import { leftOutNote, makeEntry, type Said } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { defineKind } from './source-kind.ts';

const settings = z.object({
  list: z
    .enum(['papers', 'models'])
    .default('papers')
    .describe('papers：每日论文；models：正在流行的模型 / daily papers or trending models'),
  minLikes: z.int().min(0).default(0).describe('至少多少赞 / upvotes or likes it must have'),
  maxItems: z.int().min(1).max(100).default(50),
});

const papersSchema = lenientList(
  z.object({
    publishedAt: z.string().nullish(),
    paper: z.object({
      id: z.string().regex(/^\d{4}\.\d{4,5}$/),
      submittedOnDailyAt: z.string().nullish(),
      title: z.string(),
      summary: z.string().nullish(),
      upvotes: z.number().nullish(),
      authors: z.array(z.object({ name: z.string().nullish() })).nullish(),
    }),
  }),
);

const modelsSchema = lenientList(
  z.object({
    id: z.string(),
    likes: z.number().nullish(),
    downloads: z.number().nullish(),
    pipeline_tag: z.string().nullish(),
    tags: z.array(z.string()).nullish(),
  }),
);

/** `kind: huggingface` — the daily papers, or the models that trend now, with their likes. */
export const huggingface = defineKind({
  kind: 'huggingface',
  home: 'https://huggingface.co',
  fullText: 'feed',
  settings,
  async collect(source, { list, minLikes, maxItems }, state, { fetch, now }) {
    const url = new URL(list === 'papers' ? '/api/daily_papers' : '/api/models', source.url);
    url.searchParams.set('limit', String(maxItems));
    if (list === 'models') url.searchParams.set('sort', 'trendingScore');
    const request = { url: url.href, ...optional('etag', state.etag) };
    const answer =
      list === 'papers'
        ? mapped(await askJson(request, papersSchema, { fetch }), fromPaper)
        : mapped(await askJson(request, modelsSchema, { fetch }), (model) => fromModel(model, source.url));
    if (answer.kind !== 'json') return answer;
    const { items, damaged } = answer.value;
    const entries = items
      .filter((said) => (said.engagement?.likes ?? 0) >= minLikes)
      .flatMap((said) => makeEntry(said, source, now) ?? []);
    if (entries.length === 0)
      return {
        kind: 'unchanged',
        note: items.length === 0 ? '列表是空的' : `${items.length} 条都没有达到 ${minLikes} 赞`,
      };
    return { kind: 'listed', entries, ...optional('etag', answer.etag), ...leftOutNote(damaged) };
  },
});

type List<Item> = { items: Item[]; damaged: number };

function mapped<Item, Other>(
  answer: Awaited<ReturnType<typeof askJson<List<Item>>>>,
  to: (item: Item) => Other,
): Awaited<ReturnType<typeof askJson<List<Other>>>> {
  if (answer.kind !== 'json') return answer;
  const { items, damaged } = answer.value;
  return { ...answer, value: { items: items.map(to), damaged } };
}

/**
 * The paper's own address on arXiv: whoever else lists it means the same article. Dated by the day it made the list;
 * `publishedAt` is when it was sent to arXiv, often several days before.
 */
function fromPaper({ paper, publishedAt }: z.infer<typeof papersSchema>['items'][number]): Said {
  const dated = paper.submittedOnDailyAt ?? publishedAt;
  return {
    url: `https://arxiv.org/abs/${paper.id}`,
    title: paper.title,
    author: (paper.authors ?? []).flatMap(({ name }) => name ?? []).join(', '),
    publishedAt: dated ? Date.parse(dated) : undefined,
    text: paper.summary,
    engagement: { likes: paper.upvotes },
  };
}

/** Without a date: what counts is that it trends now, not when its repository was made. */
function fromModel(model: z.infer<typeof modelsSchema>['items'][number], home: string): Said {
  const { id, pipeline_tag: task, tags, likes, downloads } = model;
  return {
    url: new URL(`/${id}`, home).href,
    title: id,
    author: id.split('/')[0],
    text: [task, ...(tags ?? [])].filter(Boolean).join(' · '),
    engagement: { likes, downloads },
  };
}

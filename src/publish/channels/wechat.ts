import { createHash } from 'node:crypto';
import { z } from 'zod';
import { findDraft } from '../wechat/find-draft.ts';
import { type Answered, askWechat, callWechat } from '../wechat/wechat-api.ts';
import { type DraftArticle, writeArticles } from '../wechat/write-articles.ts';
import { fieldOf, notYet, refused, unclear } from './ask-outlet.ts';
import type { DeliveryOutcome, MessageChannel, Outside, Part, Trouble } from './channel.ts';

const schema = z.strictObject({
  kind: z.literal('wechat'),
  appId: z.string().min(1).describe('公众平台「基本配置」里的 AppID / the account’s AppID'),
  secret: z.string().min(1).describe('AppSecret'),
  author: z.string().min(1).max(16).exactOptional().describe('作者，最多 16 字 / author'),
  links: z
    .enum(['text', 'mp'])
    .default('text')
    .describe('text：网址都写成文字；mp：公众号文章保留链接 / mp keeps links to WeChat articles'),
  page: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .exactOptional()
    .describe('「阅读原文」的网址，可含 {date} {year} {month} {day} / where 阅读原文 leads'),
  publish: z
    .boolean()
    .default(false)
    .describe('建好草稿后提交发布；不写则只建草稿 / submit the draft for publishing, too'),
  apiBase: z.url().default('https://api.weixin.qq.com').describe('转发用的地址 / a relay with a fixed IP'),
});
type Config = z.infer<typeof schema>;

/** A draft holds so many articles. */
const ARTICLES_A_DRAFT = 8;

const articleSchema = z.looseObject({ title: z.string(), digest: z.string() });
/** A part's body: what it draws its cover from, and the articles as the platform takes them. */
const draftSchema = z.object({
  step: z.enum(['draft', 'publish']),
  madeAt: z.number(),
  cover: z.object({ date: z.string(), title: z.string() }),
  articles: z.array(articleSchema),
});
type Draft = z.infer<typeof draftSchema>;

/**
 * An official account: the edition as one draft, in several articles when it is long (up to eight; more go into a second
 * draft), with a cover of its own words. Publishing is a step of its own, and only where the config wants it. A draft
 * whose fate is unclear is looked up and never sent again; later revisions leave it alone, for an editor may have
 * changed it.
 */
export const wechat: MessageChannel<typeof schema> = {
  kind: 'wechat',
  schema,
  secrets: ['secret'],
  paths: [],
  gapMs: 1000,
  repeatable: false,
  compose(edition, { author, links, page, publish }) {
    const articles = writeArticles(edition, {
      links,
      ...(author === undefined ? {} : { author }),
      ...(page === undefined ? {} : { page }),
    });
    const { date, title, composedAt: madeAt } = edition;
    return chunksOf(articles, ARTICLES_A_DRAFT).flatMap((inOne, n): Part[] => {
      const draft = (step: Draft['step'], some: object[]): string =>
        JSON.stringify({ step, madeAt, cover: { date, title }, articles: some });
      const marks = inOne.map((article) => ({ title: article.title, digest: article.digest }));
      return [
        { id: `${n + 1}`, body: draft('draft', inOne) },
        ...(publish ? [{ id: `${n + 1}-publish`, body: draft('publish', marks) }] : []),
      ];
    });
  },
  async send({ body }, config, outside) {
    const draft = draftSchema.parse(JSON.parse(body));
    return draft.step === 'draft' ? addDraft(draft, config, outside) : submit(draft, config, outside);
  },
  /** Never «absent»: an editor may have published or removed the draft meanwhile. */
  async find({ body }, config, outside) {
    const draft = draftSchema.parse(JSON.parse(body));
    const list = draft.step === 'draft' ? 'draft' : 'freepublish';
    const found = await findDraft(list, draft, config, outside);
    return found.kind === 'found' ? 'there' : 'unknown';
  },
};

function chunksOf(articles: readonly DraftArticle[], size: number): DraftArticle[][] {
  return Array.from({ length: Math.ceil(articles.length / size) }, (_, n) =>
    articles.slice(n * size, (n + 1) * size),
  );
}

async function addDraft(draft: Draft, config: Config, outside: Outside): Promise<DeliveryOutcome> {
  const cover = await coverId(draft.cover, config, outside);
  if (cover.kind !== 'found') return cover;
  const articles = draft.articles.map((article) => ({ ...article, thumb_media_id: cover.id }));
  const answer = await askWechat('draft/add', { articles }, config, outside);
  if (answer.kind !== 'answered') return answer;
  const id = fieldOf(answer.text, 'media_id');
  if (typeof id !== 'string') return unclear('微信没有给出草稿编号，请看一眼草稿箱');
  return { kind: 'delivered', where: `公众号草稿箱（${articles.length} 篇）`, ref: id };
}

/** The cover among the account's permanent pictures: one that is there is not put there again. */
async function coverId(
  { date, title }: Draft['cover'],
  config: Config,
  outside: Outside,
): Promise<{ kind: 'found'; id: string } | Trouble> {
  // Drawing is loaded when there is something to draw: other commands start without it.
  const { renderCover } = await import('../cover/render-cover.ts');
  const png = await renderCover({ date, title, tagline: '', sections: [] }, 'wechat');
  const name = `ribao-${date}-${createHash('sha256').update(png).digest('hex').slice(0, 12)}.png`;
  const listed = await askWechat('material/batchget_material', NEWEST_IMAGES, config, outside);
  if (listed.kind !== 'answered') return notYet(listed);
  const known = imagesIn(listed).find((image) => image.name === name)?.media_id;
  if (known !== undefined) return { kind: 'found', id: known };
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(png)], { type: 'image/png' }), name);
  const packed = new Response(form);
  const headers = { 'content-type': packed.headers.get('content-type') ?? '' };
  const body = new Uint8Array(await packed.arrayBuffer());
  const answer = await callWechat('material/add_material?type=image', { headers, body }, config, outside);
  if (answer.kind !== 'answered') return notYet(answer);
  const id = fieldOf(answer.text, 'media_id');
  return typeof id === 'string' ? { kind: 'found', id } : notYet(unclear('微信没有给出封面的素材编号'));
}

const NEWEST_IMAGES = { type: 'image', offset: 0, count: 20 };
const imagesSchema = z.array(z.object({ media_id: z.string(), name: z.string().default('') }));

function imagesIn(answer: Extract<Answered, { kind: 'answered' }>): z.infer<typeof imagesSchema> {
  return imagesSchema.safeParse(fieldOf(answer.text, 'item')).data ?? [];
}

/** What `freepublish/get` says of a submission: 0 published, 1 under way, more is a refusal. */
const UNDER_WAY = 1;

async function submit(draft: Draft, config: Config, outside: Outside): Promise<DeliveryOutcome> {
  const found = await findDraft('draft', draft, config, outside);
  if (found.kind === 'missing') return refused('草稿箱里没有这一期的草稿：也许已由编辑发布、改题或删除');
  if (found.kind !== 'found') return notYet(found);
  const answer = await askWechat('freepublish/submit', { media_id: found.id }, config, outside);
  if (answer.kind !== 'answered') return answer;
  const id = fieldOf(answer.text, 'publish_id');
  const state = await askWechat('freepublish/get', { publish_id: id }, config, outside);
  const status =
    state.kind === 'answered' ? Number(fieldOf(state.text, 'publish_status') ?? UNDER_WAY) : UNDER_WAY;
  if (status > UNDER_WAY) return refused(`微信没有通过发布（publish_status ${status}），请到公众平台看原因`);
  return {
    kind: 'delivered',
    where: status === 0 ? '公众号，已发布' : '公众号，已提交发布',
    ref: String(id),
  };
}

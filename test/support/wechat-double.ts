import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from './listen.ts';

type Article = {
  title: string;
  author?: string;
  digest: string;
  content: string;
  content_source_url?: string;
};
export type Draft = { media_id: string; articles: (Article & { thumb_media_id: string })[]; at: number };

/** The official accounts' platform on loopback: what it keeps, and what a test may do to it. */
export type WechatDouble = {
  url: string;
  drafts: Draft[];
  published: Draft[];
  images: { media_id: string; name: string; bytes: number }[];
  /** Every call, by its route. */
  calls: string[];
  /** The tokens given so far are worth nothing from now on. */
  spendToken(): void;
  /** The next answers to this route, instead of its own. `after`: it does what it was asked all the same. */
  sabotage(route: string, ...answers: Spoilt[]): void;
};
type Spoilt = { body: object; after?: boolean } | 'hang' | 'take-and-hang';

export const WECHAT = { appId: 'wx0123456789', secret: 'wechat-secret' };

/**
 * Takes what the platform takes, and refuses with its own codes (always with status 200) what is too long, escaped,
 * without a cover, or brings markup that it strips. What it takes in it answers up to `slowMs` later.
 */
export async function serveWechat(t: TestContext, slowMs = 0): Promise<WechatDouble> {
  const [drafts, published, images, calls]: [Draft[], Draft[], WechatDouble['images'], string[]] = [
    [],
    [],
    [],
    [],
  ];
  const spoilt = new Map<string, Spoilt[]>();
  let generation = 1;
  let ids = 0;
  const token = () => `token-${generation}`;
  const answer = (route: string, query: URLSearchParams, bytes: Buffer, type: string): object => {
    if (route === 'stable_token') {
      const body = JSON.parse(bytes.toString('utf8'));
      if (body.grant_type !== 'client_credential') return { errcode: 40002, errmsg: 'invalid grant_type' };
      if (body.appid !== WECHAT.appId) return { errcode: 40013, errmsg: 'invalid appid' };
      if (body.secret !== WECHAT.secret) return { errcode: 40125, errmsg: 'invalid appsecret' };
      return { access_token: token(), expires_in: 7200 };
    }
    if (query.get('access_token') !== token())
      return { errcode: 42001, errmsg: 'access_token expired rid: 1' };
    const list = (some: readonly Draft[], key: string) => ({
      total_count: some.length,
      item_count: some.length,
      item: some.slice(-20).map(({ media_id, articles, at }) => ({
        [key]: media_id,
        // Of several articles no digest is given back.
        content: {
          news_item: articles.map(({ title, digest }) => ({
            title,
            digest: articles.length === 1 ? digest : '',
          })),
        },
        update_time: Math.floor(at / 1000),
      })),
    });
    switch (route) {
      case 'material/batchget_material':
        return { total_count: images.length, item: images.slice(-20).reverse() };
      case 'material/add_material': {
        const head = bytes.subarray(0, 400).toString('latin1');
        const name = /name="media"; filename="([^"]+)"/.exec(head)?.[1];
        if (!/^multipart\/form-data; boundary=/.test(type) || name === undefined)
          return { errcode: 41005, errmsg: 'media data missing' };
        if (query.get('type') !== 'image') return { errcode: 40004, errmsg: 'invalid media type' };
        if (bytes.length > 10_000_000) return { errcode: 40006, errmsg: 'invalid meida size' };
        if (!bytes.includes(Buffer.from('\x89PNG', 'latin1')))
          return { errcode: 40113, errmsg: 'unsupported file type' };
        ids += 1;
        images.push({ media_id: `img${ids}`, name, bytes: bytes.length });
        return { media_id: `img${ids}`, url: 'http://mmbiz.qpic.cn/x' };
      }
      case 'draft/add': {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        if (/\\u[4-9a-f]/i.test(text)) return { errcode: 45166, errmsg: 'readers would see escapes' };
        const { articles } = JSON.parse(text);
        const wrong = wrongWith(articles, images);
        if (wrong !== undefined) return wrong;
        ids += 1;
        drafts.push({ media_id: `draft${ids}`, articles, at: Date.now() });
        return { media_id: `draft${ids}` };
      }
      case 'draft/batchget':
        return list(drafts, 'media_id');
      case 'freepublish/batchget':
        return list(published, 'article_id');
      case 'freepublish/submit': {
        const { media_id } = JSON.parse(bytes.toString('utf8'));
        const at = drafts.findIndex((one) => one.media_id === media_id);
        if (at < 0) return { errcode: 40007, errmsg: 'invalid media_id' };
        // A draft disappears once it is published.
        published.push(...drafts.splice(at, 1));
        return { errcode: 0, errmsg: 'ok', publish_id: 100000001, msg_data_id: 1 };
      }
      case 'freepublish/get':
        return { publish_id: 100000001, publish_status: 0, article_id: published.at(-1)?.media_id };
      default:
        return { errcode: 40066, errmsg: 'invalid url' };
    }
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://double.invalid');
      const route = url.pathname.replace('/cgi-bin/', '');
      calls.push(route);
      const plan = spoilt.get(route)?.shift();
      if (plan === 'hang') return;
      const own = () =>
        answer(route, url.searchParams, Buffer.concat(pieces), request.headers['content-type'] ?? '');
      if (plan === 'take-and-hang') {
        own();
        return;
      }
      if (plan !== undefined && plan.after === true) own();
      const body = plan === undefined ? own() : plan.body;
      setTimeout(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        Math.random() * slowMs,
      );
    });
  });
  const port = await listen(t, server);
  return {
    url: `http://127.0.0.1:${port}`,
    drafts,
    published,
    images,
    calls,
    spendToken: () => {
      generation += 1;
    },
    sabotage: (route, ...answers) => void spoilt.set(route, answers),
  };
}

/** The platform's own limits; markup that it strips or forbids is a refusal here, so that a test sees it. */
function wrongWith(articles: unknown, images: WechatDouble['images']): object | undefined {
  if (!Array.isArray(articles) || articles.length < 1 || articles.length > 8)
    return { errcode: 40009, errmsg: 'invalid article count' };
  for (const {
    title,
    author = '',
    digest = '',
    content,
    content_source_url = '',
    thumb_media_id,
  } of articles) {
    if (typeof title !== 'string' || title === '' || title.length > 32)
      return { errcode: 45003, errmsg: 'title size out of limit' };
    if (author.length > 16) return { errcode: 45110, errmsg: 'author size out of limit' };
    if (digest.length > 128) return { errcode: 45004, errmsg: 'description size out of limit' };
    if (typeof content !== 'string' || content === '') return { errcode: 44004, errmsg: 'empty content' };
    if (content.length >= 20_000 || Buffer.byteLength(content) >= 1_000_000)
      return { errcode: 45002, errmsg: 'content size out of limit' };
    if (Buffer.byteLength(content_source_url) > 1024)
      return { errcode: 45006, errmsg: 'url size out of limit' };
    if (!images.some((image) => image.media_id === thumb_media_id))
      return { errcode: 40007, errmsg: 'invalid media_id' };
    const tag = content.match(/<[^>]*>/g)?.find((one) => !ALLOWED.test(one));
    if (tag !== undefined) return { errcode: 45166, errmsg: `invalid content: ${tag}` };
    if (/<a href="(?!https?:\/\/mp\.weixin\.qq\.com\/)/.test(content))
      return { errcode: 45166, errmsg: 'outer link is stripped' };
  }
  return undefined;
}

const ALLOWED =
  /^<(?:\/?(?:p|h2|span|a)|br|(?:p|h2|span) style="[\w\s:;#.,%-]*"|a href="https?:\/\/[^"<>\s]+")>$/;

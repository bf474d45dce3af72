import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from './listen.ts';

type Article = { title: string; brief_content: string; mark_content: string };

/** Juejin's private API on loopback. */
export type JuejinDouble = {
  url: string;
  drafts: Map<string, Article>;
  published: Article[];
  /** The next answers to this path: nothing at all, before or after doing what it was asked. */
  sabotage(path: string, ...answers: ('hang' | 'take-and-hang')[]): void;
};

export const JUEJIN = { cookie: 'sessionid=abc; sid_guard=x', tags: ['6809640408797167623'] };

/** Takes what Juejin takes; its refusals come with status 200 and `err_no`. Answers up to `slowMs` later. */
export async function serveJuejin(t: TestContext, slowMs = 0): Promise<JuejinDouble> {
  const drafts = new Map<string, Article>();
  const published: Article[] = [];
  const spoilt = new Map<string, ('hang' | 'take-and-hang')[]>();
  const ok = (data: unknown) => ({ err_no: 0, err_msg: 'success', data });
  const answer = (path: string, headers: Record<string, unknown>, text: string): object => {
    if (headers.cookie !== JUEJIN.cookie) return { err_no: 403, err_msg: 'must login', data: null };
    if (path !== '/content_api/v1/article/list_by_user' && headers['x-secsdk-csrf-token'] !== 'csrf-1')
      return { err_no: 403, err_msg: 'csrf token invalid', data: null };
    if (headers.origin !== 'https://juejin.cn') return { err_no: 1, err_msg: 'bad origin', data: null };
    const body = JSON.parse(text);
    switch (path) {
      case '/content_api/v1/article_draft/create': {
        const brief = Array.from(String(body.brief_content)).length;
        if (brief < 50 || brief > 100) return { err_no: 2, err_msg: '参数错误', data: null };
        if (!body.category_id || body.category_id === '0' || body.tag_ids.length < 1)
          return { err_no: 2, err_msg: '参数错误', data: null };
        if (!body.title || !body.mark_content || body.edit_type !== 10)
          return { err_no: 2, err_msg: '参数错误', data: null };
        const id = String(7_000_000_000_000 + drafts.size);
        drafts.set(id, body);
        return ok({ id, article_id: '0' });
      }
      case '/content_api/v1/article/publish': {
        const draft = drafts.get(body.draft_id);
        if (draft === undefined) return { err_no: 1, err_msg: '草稿不存在', data: null };
        published.push(draft);
        return ok({ article_id: String(published.length), draft_id: body.draft_id });
      }
      case '/content_api/v1/article/list_by_user':
        return ok(
          published.toReversed().map(({ title, brief_content }, n) => ({
            article_id: String(n),
            article_info: { title, brief_content },
          })),
        );
      default:
        return { err_no: 404, err_msg: 'not found', data: null };
    }
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const path = new URL(request.url ?? '', 'http://double.invalid').pathname;
      if (path === '/user_api/v1/sys/token') {
        const signed = request.headers.cookie === JUEJIN.cookie;
        response
          .writeHead(200, signed ? { 'x-ware-csrf-token': '0,csrf-1,86370000,success,session' } : {})
          .end('{}');
        return;
      }
      const plan = spoilt.get(path)?.shift();
      if (plan === 'hang') return;
      const said = answer(path, request.headers, Buffer.concat(pieces).toString('utf8'));
      if (plan === undefined)
        setTimeout(() => response.writeHead(200).end(JSON.stringify(said)), Math.random() * slowMs);
    });
  });
  const port = await listen(t, server);
  return {
    url: `http://127.0.0.1:${port}`,
    drafts,
    published,
    sabotage: (path, ...answers) => void spoilt.set(path, answers),
  };
}

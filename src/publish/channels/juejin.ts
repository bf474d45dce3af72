import { z } from 'zod';
import type { Edition } from '../../domain/edition.ts';
import { monthAndDay } from '../render/dates.ts';
import { fitTitle } from '../render/fit-title.ts';
import { headlineOf, oneLine } from '../render/item-words.ts';
import { renderMarkdownBody } from '../render/render-markdown.ts';
import { startOf } from '../render/split-edition.ts';
import {
  auth,
  busy,
  fieldOf,
  JSON_HEADERS,
  notYet,
  outcomeOf,
  refused,
  said,
  unclear,
} from './ask-outlet.ts';
import type { MessageChannel, Outside, Trouble } from './channel.ts';

const schema = z.strictObject({
  kind: z.literal('juejin'),
  permitted: z
    .literal(true)
    .describe(
      '掘金的条款不许程序自动发文；得到允许才写 true / only when Juejin allows you to post by program',
    ),
  cookie: z.string().min(1).describe('登录后的 Cookie / the cookie of a session'),
  tags: z.array(z.string().min(1)).min(1).max(3).describe('标签编号，1–3 个 / ids of tags'),
  category: z
    .string()
    .min(1)
    .default('6809637773935378440')
    .describe('分类编号，默认人工智能 / id of category'),
  apiBase: z.url().default('https://api.juejin.cn'),
});
type Config = z.infer<typeof schema>;

const TITLE_CHARS = 80;
const BRIEF_CHARS = { least: 50, most: 100 };
/** Fills a summary that is too short for Juejin. */
const STANDING =
  '本期由编辑室整理：每条都有标题、摘要与原文链接，摘要只写原文里有的事实，欢迎点开原文细读，也欢迎指出错漏，我们会更正。';

const articleSchema = z.object({ title: z.string(), brief_content: z.string(), mark_content: z.string() });
type Article = z.infer<typeof articleSchema>;

/**
 * An article on Juejin, by the private API its own editor uses. Publishing is not repeatable: an article whose fate is
 * unclear is looked up among the account's own, and never sent again. A draft left over by a failure is seen by nobody.
 */
export const juejin: MessageChannel<typeof schema> = {
  kind: 'juejin',
  schema,
  secrets: ['cookie'],
  paths: [],
  gapMs: 0,
  repeatable: false,
  compose: (edition) => [{ id: '1', body: JSON.stringify(articleOf(edition)) }],
  async send({ body }, config, outside) {
    const article = articleSchema.parse(JSON.parse(body));
    const token = await csrfToken(config, outside);
    if (token.kind !== 'token') return token;
    const created = await call(
      'article_draft/create',
      draftOf(article, config),
      config,
      outside,
      token.token,
    );
    const draft = created.kind === 'answered' ? fieldOf(created.text, 'data', 'id') : undefined;
    if (created.kind !== 'answered') return notYet(created);
    if (typeof draft !== 'string') return refused('掘金没有给出草稿编号');
    const wanted = { draft_id: draft, sync_to_org: false, column_ids: [], theme_ids: [] };
    const published = await call('article/publish', wanted, config, outside, token.token);
    if (published.kind !== 'answered') return published;
    const id = fieldOf(published.text, 'data', 'article_id');
    return { kind: 'delivered', where: '掘金', ...(typeof id === 'string' ? { ref: id } : {}) };
  },
  async find({ body }, config, outside) {
    const { title, brief_content } = articleSchema.parse(JSON.parse(body));
    const wanted = { audit_status: null, keyword: '', page_size: 20, page_no: 1 };
    const answer = await call('article/list_by_user', wanted, config, outside);
    if (answer.kind !== 'answered') return 'unknown';
    const known = listSchema.safeParse(fieldOf(answer.text, 'data')).data ?? [];
    return known.some(({ article_info: one }) => one.title === title && one.brief_content === brief_content)
      ? 'there'
      : 'unknown';
  },
};

const listSchema = z.array(
  z.object({ article_info: z.object({ title: z.string(), brief_content: z.string() }) }),
);

function articleOf(edition: Edition): Article {
  const title = fitTitle(oneLine(edition.title).trim(), (one) => one.length <= TITLE_CHARS);
  return {
    title: title || `AI日报 ${edition.date}`,
    brief_content: briefOf(edition),
    mark_content: renderMarkdownBody(edition),
  };
}

/** 50 to 100 characters: date, count, headlines, and a standing sentence where these are too few. */
function briefOf({ date, sections }: Edition): string {
  const headlines = sections.flatMap(({ items }) => items.map((item) => oneLine(headlineOf(item)).trim()));
  const words = `${monthAndDay(date)}的 ${headlines.length} 条 AI 消息：${headlines.slice(0, 6).join('；')}。`;
  const whole = Array.from(words).length < BRIEF_CHARS.least ? `${words}${STANDING}` : words;
  return startOf(whole, BRIEF_CHARS.most);
}

function draftOf(article: Article, { category, tags }: Config) {
  return {
    ...article,
    category_id: category,
    tag_ids: tags,
    link_url: '',
    cover_image: '',
    edit_type: 10,
    html_content: 'deprecated',
    theme_ids: [],
  };
}

const PAGE = 'https://juejin.cn';

function headersOf({ cookie }: Config, token?: string): Record<string, string> {
  return {
    ...JSON_HEADERS,
    cookie,
    origin: PAGE,
    referer: `${PAGE}/`,
    ...(token === undefined ? {} : { 'x-secsdk-csrf-token': token }),
  };
}

/** The token comes in a header: `0,TOKEN,LIFETIME,success,SESSION`. */
async function csrfToken(
  config: Config,
  outside: Outside,
): Promise<{ kind: 'token'; token: string } | Trouble> {
  const headers = { ...headersOf(config), 'x-secsdk-csrf-request': '1', 'x-secsdk-csrf-version': '1.2.10' };
  const url = `${config.apiBase.replace(/\/$/, '')}/user_api/v1/sys/token`;
  const answer = await outside.post({ url, method: 'GET', headers });
  const token = answer.kind === 'answered' ? answer.headers['x-ware-csrf-token']?.split(',')[1] : undefined;
  if (token !== undefined && token !== '') return { kind: 'token', token };
  return notYet(outcomeOf(answer, outside.now(), () => auth('掘金没有给出 CSRF 令牌，Cookie 多半已失效')));
}

async function call(
  path: string,
  body: object,
  config: Config,
  outside: Outside,
  token?: string,
): Promise<{ kind: 'answered'; text: string } | Trouble> {
  const url = `${config.apiBase.replace(/\/$/, '')}/content_api/v1/${path}?aid=2608`;
  const answer = await outside.post({ url, headers: headersOf(config, token), body: JSON.stringify(body) });
  if (answer.kind === 'answered' && answer.status === 200) {
    const code = fieldOf(answer.text, 'err_no');
    if (code === 0) return answer;
    if (typeof code === 'number') return judge(code, String(fieldOf(answer.text, 'err_msg') ?? ''));
  }
  return outcomeOf(answer, outside.now(), () => unclear('掘金的回音看不懂，请看一眼那里有没有'));
}

function judge(code: number, message: string): Trouble {
  const words = `掘金 ${code}：${said(message)}`;
  if (code === 403 || /login|登录/i.test(message)) return auth(`${words}。请重新登录并更新 cookie`);
  if (/频繁|too many|limit/i.test(message)) return busy(words, 600_000);
  return refused(words);
}

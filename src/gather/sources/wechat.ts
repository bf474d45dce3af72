import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Entry } from '../../domain/article.ts';
import type { SourceState } from '../../domain/source.ts';
import { askFeed } from './ask-feed.ts';
import { makeEntry } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { type Collected, defineKind, failed } from './source-kind.ts';

/** Where each bridge keeps an account's feed, under its own address. */
const BRIDGES = {
  // The account by WeRead's name for it; its own full text is the whole page, which ribao reads better itself.
  'wewe-rss': (account: string) => `feeds/${weReadName(account)}.atom?limit=30`,
  'we-mp-rss': (account: string) => `rss/${account}?limit=50`,
  wechat2rss: (account: string) => `feed/${decimalOf(account)}.xml`,
  // The route behind /wechat: `ce/ID`, `wechat2rss/ID`, `mp/msgalbum/BIZ/AID`.
  rsshub: (account: string) => `wechat/${account}`,
};

const settings = z.object({
  bridge: z
    .enum(['wewe-rss', 'we-mp-rss', 'wechat2rss', 'rsshub'])
    .exactOptional()
    .describe('url 是哪种桥接的根地址，与 account 合用 / which bridge stands at url'),
  account: z
    .string()
    .regex(/^[\w=/-]+$/)
    .exactOptional()
    .describe('公众号在桥接里的编号，或它的 __biz / the account’s id there, or its __biz'),
  links: z.array(z.string()).default([]).describe('文章链接，一条一个 / links of articles'),
  file: z
    .string()
    .exactOptional()
    .describe(
      '写有文章链接的文件，每行一条，# 起头为注释，每次都重读 / a file of links, read anew each time',
    ),
});

/** In place of a bridge's address when the source is but a list of links. */
const LIST_ONLY = 'https://mp.weixin.qq.com/';

/**
 * What bridges give in place of an article when they could not get it. wewe-rss says 获取全文失败, others store the page
 * that asks for a captcha.
 */
const NO_CONTENT = /获取全文失败|环境异常|完成验证后即可继续访问|^\s*content not found\s*$/i;
const NO_TITLE = /^(?:环境异常|验证|微信公众平台|Weixin Official Accounts Platform)$/;
/** A text this long only quotes such words. */
const EXCUSE_CHARS = 400;

/**
 * `kind: wechat` — a public account through whatever bridge turns it into a feed (wewe-rss, we-mp-rss, Wechat2RSS,
 * RSSHub), or a plain list of article links. A bridge's excuses are never taken for content.
 */
export const wechat = defineKind({
  kind: 'wechat',
  home: LIST_ONLY,
  settings,
  paths: ['file'],
  async collect(source, { bridge, account, links, file }, state, deps) {
    if ((bridge === undefined) !== (account === undefined))
      return failed('source-settings', 'wechat 来源的 bridge 与 account 要一起写', false);
    const listed = await linksOf(links, file);
    if (listed.kind === 'failed') return listed;
    // Title, account and time are on the page; the link is all there is until it is read.
    const entries = listed.links.flatMap((url) => makeEntry({ url }, source, deps.now) ?? []);
    const refused = listed.links.length - entries.length;
    const note = refused > 0 ? { note: `${refused} 行不是网址` } : {};
    if (source.url === LIST_ONLY) {
      if (links.length === 0 && file === undefined)
        return failed('source-settings', 'wechat 来源要写 url（桥接的订阅地址）、links 或 file', false);
      return entries.length === 0 ? { kind: 'unchanged', ...note } : { kind: 'listed', entries, ...note };
    }
    const url = bridge && account ? feedOf(source.url, BRIDGES[bridge](account)) : source.url;
    const answer = await askFeed(source, state, deps, { url, mend: withoutExcuse, excuse: troubleOf });
    if (answer.kind === 'listed') {
      // Those of a bridge in trouble are titles only; an editor should know before readers do.
      const bare = answer.entries.filter(({ text }) => text === '').length;
      const notes = [note.note, answer.note, bare > 0 && `${bare} 条没有正文`].filter(Boolean);
      return {
        ...answer,
        ...optional('note', notes.length > 0 ? notes.join('；') : undefined),
        entries: [...answer.entries, ...entries],
      };
    }
    // The bridge's validators must not be lost with its 304.
    if (answer.kind === 'unchanged' && entries.length > 0)
      return { kind: 'listed', entries, ...note, ...validatorsOf(state) };
    return answer.kind === 'failed' ? explained(answer) : answer;
  },
});

/** The bridge's own query (a token of its owner) goes with every question. */
function feedOf(bridge: string, path: string): string {
  const [home, feed] = [new URL(bridge), new URL(path, 'http://bridge.invalid/')];
  home.pathname = `${home.pathname.replace(/\/$/, '')}${feed.pathname}`;
  for (const [name, value] of feed.searchParams) home.searchParams.set(name, value);
  return home.href;
}

/** `__biz` is the account's decimal number in Base64. */
function decimalOf(account: string): string {
  const number = Buffer.from(account, 'base64').toString('latin1');
  return /^M[\w+/]+=*$/.test(account) && /^\d{6,12}$/.test(number) ? number : account;
}

function weReadName(account: string): string {
  const number = decimalOf(account);
  return /^\d+$/.test(number) ? `MP_WXS_${number}` : number;
}

function validatorsOf({ etag, lastModified }: SourceState) {
  return { ...optional('etag', etag), ...optional('lastModified', lastModified) };
}

function withoutExcuse(entry: Entry): Entry {
  const excuse = entry.text.length < EXCUSE_CHARS && NO_CONTENT.test(entry.text);
  // A stored captcha page names the entry too; the article's own page has its title.
  const title = NO_TITLE.test(entry.title) ? '' : entry.title;
  return { ...entry, title, ...(excuse ? { text: '' } : {}) };
}

/** What a bridge says as JSON, with status 200, where its feed should be (`{"err": "token expired"}`). */
function troubleOf(text: string): string | undefined {
  try {
    const said = troubleSchema.safeParse(JSON.parse(text)).data;
    return [said?.err, said?.error, said?.message, said?.msg].find((words) => words)?.slice(0, TROUBLE_CHARS);
  } catch {
    return undefined;
  }
}

const words = z.string().optional().catch(undefined);
const troubleSchema = z.object({ err: words, error: words, message: words, msg: words });
const TROUBLE_CHARS = 200;

/** A bridge is a machine somebody runs: what its failures mean is not what a feed's mean. */
function explained(failure: Extract<Collected, { kind: 'failed' }>): Collected {
  const why = failure.code.startsWith('http-5')
    ? '桥接服务器出错，多半是它的登录失效了，请到桥接的管理页查看'
    : failure.code === 'feed-malformed'
      ? '桥接给出的不是订阅源，多半是它的登录失效或授权到期，请到桥接的管理页查看'
      : failure.code === 'feed-empty'
        ? '桥接在，但没有给出文章：可能是账号刚添加，也可能是桥接的登录失效了'
        : failure.code.startsWith('net-')
          ? '连不上桥接，请确认它在运行、地址和端口没有变（内网地址要写进 network.allowHosts）'
          : undefined;
  return why === undefined ? failure : { ...failure, message: `${failure.message}。${why}` };
}

async function linksOf(
  links: readonly string[],
  file: string | undefined,
): Promise<{ kind: 'links'; links: string[] } | Extract<Collected, { kind: 'failed' }>> {
  if (file === undefined) return { kind: 'links', links: [...links] };
  try {
    const lines = (await readFile(file, 'utf8')).split(/\r?\n/).map((line) => line.replace(/^﻿/, '').trim());
    return {
      kind: 'links',
      links: [...links, ...lines.filter((line) => line !== '' && !line.startsWith('#'))],
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed('source-file', `读不到链接文件：${why}`, false);
  }
}

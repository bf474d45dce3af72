import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Entry } from '../../domain/article.ts';
import type { SourceState } from '../../domain/source.ts';
import { askFeed } from './ask-feed.ts';
import { makeEntry } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { type Collected, defineKind, failed } from './source-kind.ts';

const settings = z.object({
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
  async collect(source, { links, file }, state, deps) {
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
    const answer = await askFeed(source, state, deps, { mend: withoutExcuse });
    if (answer.kind === 'listed') return { ...answer, ...note, entries: [...answer.entries, ...entries] };
    // The bridge's validators must not be lost with its 304.
    if (answer.kind === 'unchanged' && entries.length > 0)
      return { kind: 'listed', entries, ...note, ...validatorsOf(state) };
    return answer.kind === 'failed' ? explained(answer) : answer;
  },
});

function validatorsOf({ etag, lastModified }: SourceState) {
  return { ...optional('etag', etag), ...optional('lastModified', lastModified) };
}

function withoutExcuse(entry: Entry): Entry {
  const excuse = entry.text.length < EXCUSE_CHARS && NO_CONTENT.test(entry.text);
  return excuse ? { ...entry, text: '' } : entry;
}

/** A bridge is a machine somebody runs: what its failures mean is not what a feed's mean. */
function explained(failure: Extract<Collected, { kind: 'failed' }>): Collected {
  const why = failure.code.startsWith('http-5')
    ? '桥接服务器出错，多半是它的登录失效了，请到桥接的管理页查看'
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

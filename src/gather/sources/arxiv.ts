import { tmpdir } from 'node:os';
import { z } from 'zod';
import type { Entry, Instant } from '../../domain/article.ts';
import { identityOf } from '../identity.ts';
import { askFeed } from './ask-feed.ts';
import { inTurn } from './machine-turn.ts';
import { defineKind, failed } from './source-kind.ts';

/** arXiv asks for one request in three seconds and one connection at a time, over all of one's programs. */
const GAP_MS = 3000;
const WAIT_MS = 60_000;
/** A paper submitted longer ago was announced long since, whatever holidays lay between: its new version is no news. */
const NEW_MS = 7 * 86_400_000;

const settings = z.object({
  categories: z.array(z.string().min(1)).default([]).describe('如 cs.AI、cs.CL / categories'),
  query: z.string().exactOptional().describe('arXiv 检索式，如 ti:agent / a search in arXiv’s own syntax'),
  maxItems: z.int().min(1).max(2000).default(200),
});

/**
 * `kind: arxiv` — new papers by the Atom API, or by arXiv's RSS when the address is one of rss.arxiv.org. Replacements of
 * older papers are left out. The RSS is empty on weekends and holidays; that is rest, not failure.
 */
export const arxiv = defineKind({
  kind: 'arxiv',
  home: 'https://export.arxiv.org/api/query',
  fullText: 'feed',
  settings,
  async collect(source, { categories, query, maxItems }, state, deps) {
    const rss = /\/(rss|atom)(\/|$)/.test(URL.parse(source.url)?.pathname ?? '');
    if (!rss && categories.length === 0 && query === undefined)
      return failed('source-settings', 'arxiv 来源要写 categories 或 query，例如 categories: [cs.AI]', false);
    const url = rss
      ? rssAddress(source.url, categories)
      : apiAddress(source.url, categories, query, maxItems);
    const ask = async () => {
      const collected = await askFeed(source, state, deps, {
        url,
        emptyIsFine: 'arXiv 今日没有新论文（周末和假日如此）',
        complaint: (entry) =>
          isComplaint(entry)
            ? `arXiv 不接受这个检索（${entry.text}），请改正 query 或 categories`
            : undefined,
        mend: (entry) => toPaper(entry, deps.now),
      });
      return collected.kind === 'listed'
        ? { ...collected, entries: collected.entries.slice(0, maxItems) }
        : collected;
    };
    if (!/(^|\.)arxiv\.org$/.test(URL.parse(url)?.hostname ?? '')) return ask();
    const turn = await inTurn({ name: 'arxiv', folder: tmpdir(), gapMs: GAP_MS, waitMs: WAIT_MS }, ask);
    switch (turn.kind) {
      case 'taken':
        return turn.result;
      case 'late':
        return failed('source-turn', '本机另一个程序正在向 arXiv 请求，这次没有轮到，下次再问', true);
      case 'unusable':
        return failed(
          'source-turn',
          `临时文件夹不可写，无法与本机其他程序轮流请求 arXiv（${turn.why}）。请检查 ${tmpdir()} 的权限与空间`,
          true,
        );
    }
  },
});

/** The entry as readers get it; undefined for another version of an older paper. */
function toPaper(entry: Entry, now: Instant): Entry | undefined {
  if (REPLACED.test(entry.text)) return undefined;
  const identity = identityOf(entry.url);
  const id = identity.startsWith('arxiv:') ? identity.slice('arxiv:'.length) : undefined;
  const version = Number(/v(\d+)$/.exec(entry.url)?.[1] ?? 1);
  if (version > 1 && entry.publishedAt !== undefined && now - entry.publishedAt > NEW_MS) return undefined;
  return {
    ...entry,
    // Without the version, as everybody else links it.
    ...(id === undefined ? {} : { url: `https://arxiv.org/abs/${id}` }),
    // `arXiv:2603.00001v1 Announce Type: new Abstract: ...`
    text: entry.text.replace(PREFIX, ''),
  };
}

function isComplaint({ title, url }: Entry): boolean {
  return /^Error$/i.test(title) && url.includes('/api/errors');
}

const REPLACED = /^arXiv:\S+\s+Announce Type:\s*replace/i;
const PREFIX = /^arXiv:\S+\s+Announce Type:\s*\S+\s*(Abstract:\s*)?/i;

function rssAddress(base: string, categories: readonly string[]): string {
  return categories.length === 0 ? base : `${base.replace(/\/+$/, '')}/${categories.join('+')}`;
}

function apiAddress(
  base: string,
  categories: readonly string[],
  query: string | undefined,
  maxItems: number,
): string {
  const any = categories.map((category) => `cat:${category}`).join(' OR ');
  const wanted = [any && `(${any})`, query && `(${query})`].filter(Boolean).join(' AND ');
  const url = new URL(base);
  url.searchParams.set('search_query', wanted);
  url.searchParams.set('sortBy', 'submittedDate');
  url.searchParams.set('sortOrder', 'descending');
  url.searchParams.set('max_results', String(maxItems));
  return url.href;
}

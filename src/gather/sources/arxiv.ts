import { tmpdir } from 'node:os';
import { z } from 'zod';
import { askFeed } from './ask-feed.ts';
import { inTurn } from './machine-turn.ts';
import { defineKind, failed } from './source-kind.ts';

/** arXiv asks for one request in three seconds and one connection at a time, over all of one's programs. */
const GAP_MS = 3000;
const WAIT_MS = 60_000;

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
    const ask = () =>
      askFeed(source, state, deps, {
        url,
        emptyIsFine: 'arXiv 今日没有新论文（周末和假日如此）',
        mend: (entry) => {
          if (REPLACED.test(entry.text)) return undefined;
          if (/^Error$/i.test(entry.title) && entry.url.includes('/api/errors')) return undefined;
          // `arXiv:2603.00001v1 Announce Type: new Abstract: ...`
          return { ...entry, text: entry.text.replace(PREFIX, '') };
        },
      });
    if (!/(^|\.)arxiv\.org$/.test(URL.parse(url)?.hostname ?? '')) return ask();
    const answer = await inTurn({ name: 'arxiv', folder: tmpdir(), gapMs: GAP_MS, waitMs: WAIT_MS }, ask);
    return answer ?? failed('source-turn', '本机另一个程序正在向 arXiv 请求，这次没有轮到，下次再问', true);
  },
});

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

import { escapeHtml } from '../../render/render-page.ts';
import type { Entry } from '../catalog.ts';
import { editionPath, itemAnchor, linkFrom, listPath, NAMES } from '../paths.ts';
import type { Page } from './frame.ts';

/** Lists of stories: of a section by month, of a name by year. Both stay at a length that a page can bear. */
export const LISTS = {
  sections: { what: '栏目', periodLength: 'YYYY-MM'.length },
  names: { what: '名录', periodLength: 'YYYY'.length },
} as const;
export type ListKind = keyof typeof LISTS;

/** The first page of a list shows this many, then leads to the periods. */
export const LATEST = 60;

/** `2026-03` or `2026`. */
export function periodOf(kind: ListKind, date: string): string {
  return date.slice(0, LISTS[kind].periodLength);
}

/** The latest stories of a section or a name, and the way to all others. Pure. `periods`: newest first, with counts. */
export function latestPage(
  kind: ListKind,
  name: string,
  latest: readonly Entry[],
  periods: ReadonlyMap<string, number>,
): Page {
  const path = listPath(kind, name);
  const all = [...periods.values()].reduce((sum, count) => sum + count, 0);
  const older =
    all <= latest.length
      ? ''
      : `\n<nav class="block" aria-label="按时间">
<h2>全部</h2>
<ul class="months">
${[...periods].map(([period, count]) => `<li><a href="${linkFrom(path, listPath(kind, name, period))}">${periodWords(period)} <small>${count}</small></a></li>`).join('\n')}
</ul>
</nav>`;
  return {
    path,
    title: name,
    description: `${name}：${latest
      .slice(0, 5)
      .map(({ item }) => item.headline)
      .join('；')}`,
    type: 'website',
    body: `<p class="standfirst">${kind === 'names' ? `<a href="${linkFrom(path, NAMES)}">${LISTS.names.what}</a>` : LISTS.sections.what}</p>
<h1 class="title">${escapeHtml(name)}</h1>
<p class="standfirst">共 ${all} 条${all > latest.length ? `，这里是最近 ${latest.length} 条` : ''}。</p>
${renderRows(path, latest)}${older}`,
  };
}

/** All stories of one period. Pure. */
export function periodPage(kind: ListKind, name: string, period: string, entries: readonly Entry[]): Page {
  const path = listPath(kind, name, period);
  return {
    path,
    title: `${name} ${periodWords(period)}`,
    description: `${periodWords(period)}，${name}，共 ${entries.length} 条。`,
    type: 'website',
    body: `<p class="standfirst"><a href="${linkFrom(path, listPath(kind, name))}">${escapeHtml(name)}</a></p>
<h1 class="title">${escapeHtml(name)}，${periodWords(period)}</h1>
<p class="standfirst">共 ${entries.length} 条。</p>
${renderRows(path, entries)}`,
  };
}

/** `2026-03` -> `2026年3月`, `2026` -> `2026年` */
export function periodWords(period: string): string {
  const [year, month] = period.split('-').map(Number);
  return month === undefined ? `${year}年` : `${year}年${month}月`;
}

/** Headlines, each day's first with its date. Pure. */
export function renderRows(path: string, entries: readonly Entry[]): string {
  return `<ul class="rows">
${entries
  .map(
    ({ date, item }, n) =>
      `<li><time datetime="${date}"${date === entries[n - 1]?.date ? ' class="again"' : ''}>${date}</time><a href="${linkFrom(path, `${editionPath(date)}#${itemAnchor(item.story)}`)}">${escapeHtml(item.headline)}</a></li>`,
  )
  .join('\n')}
</ul>`;
}

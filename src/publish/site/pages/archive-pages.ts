import { longDate, monthAndDay } from '../../render/dates.ts';
import { escapeHtml } from '../../render/render-page.ts';
import type { Catalog } from '../catalog.ts';
import { ARCHIVE, editionPath, leftOutPath, linkFrom, listPath, monthPath, NAMES } from '../paths.ts';
import { firstHeadline } from './edition-page.ts';
import type { Page } from './frame.ts';
import { periodWords } from './list-page.ts';

/** All months, by year. Pure. */
export function archivePage({ months, digests, weeklies }: Catalog): Page {
  const byYear = Map.groupBy([...months], ([month]) => month.slice(0, 4));
  const [first, last] = [digests[0]?.date, digests.at(-1)?.date];
  return {
    path: ARCHIVE,
    title: '往期',
    description: `全部 ${digests.length} 期，按月。`,
    type: 'website',
    body: `<h1 class="title">往期</h1>
<p class="standfirst">共 ${digests.length} 期${first === undefined || last === undefined ? '' : `，自 ${first} 至 ${last}`}。</p>
${[...byYear]
  .map(
    ([year, inIt]) => `<section class="block">
<h2>${year}年</h2>
<ul class="months">
${inIt.map(([month, dates]) => `<li><a href="${linkFrom(ARCHIVE, monthPath(month))}">${Number(month.slice(5))}月 <small>${dates.length} 期</small></a></li>`).join('\n')}
</ul>
</section>`,
  )
  .join('\n')}${weeklies.length === 0 ? '' : `\n${weeklyList(weeklies)}`}`,
  };
}

function weeklyList(weeklies: Catalog['weeklies']): string {
  const rows = weeklies
    .toReversed()
    .map(
      ({ date, title, items }) =>
        `<li><time datetime="${date}">${date.slice(0, 4)}年${monthAndDay(date)}</time>\n<div><a href="${linkFrom(ARCHIVE, editionPath(date))}">${escapeHtml(firstHeadline(title))}</a> <small>${items.length} 条</small></div></li>`,
    );
  return `<section class="block">\n<h2>周报</h2>\n<ul class="days">\n${rows.join('\n')}\n</ul>\n</section>`;
}

/** The editions of one month, newest first. Pure. */
export function monthPage(month: string, catalog: Catalog): Page {
  const path = monthPath(month);
  const dates = catalog.months.get(month) ?? [];
  const rows = dates.map((date) => {
    const digest = catalog.digests[catalog.places.get(date) ?? -1];
    const first = digest === undefined ? '' : firstHeadline(digest.title);
    return `<li><time datetime="${date}">${longDate(date)
      .replace(/^\d+年/, '')
      .replace(' 星期', ' 周')}</time>
<div><a href="${linkFrom(path, editionPath(date))}">${escapeHtml(first)}</a> <small>${digest?.items.length ?? 0} 条，<a href="${linkFrom(path, leftOutPath(date))}" aria-label="未入选 ${digest?.leftOut ?? 0} 条，${date}">未入选 ${digest?.leftOut ?? 0}</a></small></div></li>`;
  });
  const inOrder = [...catalog.months.keys()];
  const at = inOrder.indexOf(month);
  const turn = (words: string, other: string | undefined) =>
    other === undefined ? '' : `<a href="${linkFrom(path, monthPath(other))}">${words}（${other}）</a>`;
  return {
    path,
    title: periodWords(month),
    description: `${periodWords(month)}的 ${dates.length} 期。`,
    type: 'website',
    body: `<p class="standfirst"><a href="${linkFrom(path, ARCHIVE)}">往期</a></p>
<h1 class="title">${periodWords(month)}</h1>
<ul class="days">
${rows.join('\n')}
</ul>
<nav class="turn" aria-label="前后各月">${turn('上个月', inOrder[at + 1])}${turn('下个月', inOrder[at - 1])}</nav>`,
  };
}

/** Every name that has a page, most stories first. Pure. */
export function namesPage({ names }: Catalog): Page {
  return {
    path: NAMES,
    title: '名录',
    description: `标题和摘要里提到过的 ${names.size} 家公司、人物与模型。`,
    type: 'website',
    body: `<h1 class="title">名录</h1>
<p class="standfirst">标题和摘要里至少在三个故事中出现的公司、人物、模型与产品，按条数排。</p>
<ul class="cloud">
${[...names].map(([name, entries]) => `<li><a href="${linkFrom(NAMES, listPath('names', name))}">${escapeHtml(name)}</a> <small>${entries.length}</small></li>`).join('\n')}
</ul>`,
  };
}

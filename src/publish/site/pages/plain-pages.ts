import type { Edition } from '../../../domain/edition.ts';
import { isWeek } from '../../../domain/week.ts';
import type { SourceRow } from '../../archive.ts';
import { longDate } from '../../render/dates.ts';
import { renderLeftOutGroups } from '../../render/render-left-out.ts';
import { escapeHtml, href } from '../../render/render-page.ts';
import { ABOUT, ARCHIVE, editionPath, leftOutPath, linkFrom, SEARCH, SOURCES } from '../paths.ts';
import type { SearchIndex } from '../search/segments.ts';
import type { SiteSettings } from '../site-settings.ts';
import { jsonInHtml, type Page } from './frame.ts';

/** How the daily is made, said plainly; the editor's own words first. Pure. */
export function aboutPage({ about }: SiteSettings): Page {
  const own = (about ?? '')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  return {
    path: ABOUT,
    title: '这份日报怎么做出来',
    description: '谁选的，谁写的，什么可信，什么要看原文。',
    type: 'website',
    body: `<div class="text">
<h1 class="title">这份日报怎么做出来</h1>
${own.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
<h2>程序选，程序写</h2>
<p>每天，一个程序读完<a href="${linkFrom(ABOUT, SOURCES)}">所有来源</a>的新文章，把讲同一件事的归在一起，去掉广告、招聘、活动、转载和与 AI 无关的，再按价值排序，选出一期。编辑可以改它的决定：要哪条，不要哪条，放进哪个栏目。</p>
<p>标题和摘要是机器写的：从原文里挑句子、删枝叶，或由语言模型据原文写成，不另造说法；每句话都与原文核对过事实（数字、名字、日期、否定、谁对谁做了什么），对不上的换回原句。机器会漏掉前因后果，也会选错重点。要引用、要据此做决定，请点「阅读原文」，以原文为准。</p>
<h2>没选上的也摆出来</h2>
<p>每一期都有一页「未入选」，写明当天每篇候选的得分和没选它的理由。</p>
<h2>来龙去脉</h2>
<p>报道过的事有了新的事实才会再登，标「新进展」或「持续跟踪」，并指回先前那一期。</p>
<h2>读者的隐私</h2>
<p>这里全是静态网页：不设 cookie，不放统计和广告，不从别处取任何东西。只有搜索用到脚本，它在您的浏览器里查，您搜什么没有人知道。</p>
</div>`,
  };
}

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** Every source with what it was worth over the last days. Pure. */
export function sourcesPage(rows: readonly SourceRow[]): Page {
  const sorted = rows.toSorted(
    (a, b) => b.chosenShare * b.articles - a.chosenShare * a.articles || (a.name < b.name ? -1 : 1),
  );
  const lines = sorted.map(
    ({ name, url, articles, chosenShare, firstShare, noiseShare, fullTextShare }) =>
      `<tr><th scope="row">${url === undefined ? escapeHtml(name) : `<a href="${href(url)}">${escapeHtml(name)}</a>`}</th><td>${articles}</td><td>${percent(chosenShare)}</td><td>${percent(firstShare)}</td><td>${percent(noiseShare)}</td><td>${percent(fullTextShare)}</td></tr>`,
  );
  return {
    path: SOURCES,
    title: '来源',
    description: `日报读的 ${rows.length} 个来源，最近 30 天各自如何。`,
    type: 'website',
    body: `<h1 class="title">来源</h1>
<p class="standfirst">日报读的 ${rows.length} 个来源，最近 30 天的成绩：多少篇，选用几成，几家同报时几成是它最先，几成是噪音，几成取到全文。</p>
${
  lines.length === 0
    ? '<p class="block">还没有来源的记录。</p>'
    : `<div class="scroll block" role="region" aria-label="来源成绩表" tabindex="0">
<table>
<thead><tr><th scope="col">来源</th><th scope="col">篇数</th><th scope="col">选用</th><th scope="col">最先</th><th scope="col">噪音</th><th scope="col">全文</th></tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>
</div>`
}`,
  };
}

/** The ledger of a day, or of a week's dailies, inside the site. Pure. */
export function leftOutPage(edition: Edition): Page {
  const path = leftOutPath(edition.date);
  const left = edition.leftOut.length;
  const chosen = edition.sections.reduce((sum, { items }) => sum + items.length, 0);
  const when = longDate(edition.date);
  const account = isWeek(edition.date)
    ? `这一周日报登过的 ${chosen + left} 个故事：周报收了 ${chosen} 个，没收 ${left} 个，各有理由。`
    : `当天全部 ${chosen + left} 个故事的账：选了 ${chosen} 个，没选 ${left} 个，各有理由。`;
  return {
    path,
    title: `未入选 ${edition.date}`,
    description: `${edition.date} 的全部候选与理由。`,
    type: 'website',
    noindex: true,
    body: `<p class="standfirst"><a href="${linkFrom(path, editionPath(edition.date))}">回到 ${when} 这一期</a></p>
<h1 class="title">未入选</h1>
<p class="standfirst">${account}</p>
<div class="text">
${renderLeftOutGroups(edition)}
</div>`,
  };
}

/**
 * The search page: without JavaScript it says so and leads to the archive. The index of indexes stands in the page, so
 * that the first thing asked for is what the reader looks for. Pure.
 */
export function searchPage(script: string, index: SearchIndex): Page {
  return {
    path: SEARCH,
    title: '搜索',
    description: '在全部往期里搜索。',
    type: 'website',
    script,
    body: `<h1 class="title">搜索</h1>
<noscript><p class="note">搜索要用 JavaScript。没有它也可以翻<a href="${linkFrom(SEARCH, ARCHIVE)}">往期</a>。</p></noscript>
<form class="search" role="search" action="search.html" method="get" hidden>
<label class="hidden" for="query">搜索词</label>
<input id="query" name="q" type="search" autocomplete="off" maxlength="60" placeholder="至少两个字，如 开源模型">
<button type="submit">搜索</button>
</form>
<p class="status" id="status" role="status"></p>
<ol class="rows" id="found"></ol>
<button class="found-more" id="more" type="button" hidden></button>
<script type="application/json" id="search-index">${jsonInHtml(index)}</script>`,
  };
}

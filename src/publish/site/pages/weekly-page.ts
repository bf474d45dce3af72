import type { Edition, Item } from '../../../domain/edition.ts';
import { longDate, monthAndDay } from '../../render/dates.ts';
import { escapeHtml } from '../../render/render-page.ts';
import type { Catalog } from '../catalog.ts';
import { ARCHIVE, editionPath, itemAnchor, leftOutPath, linkFrom, publicUrl } from '../paths.ts';
import { firstHeadline, renderContents, renderDeepLinks } from './edition-page.ts';
import type { Frame, Page } from './frame.ts';
import { renderItem } from './item-view.ts';

/** A week's edition: the opening, its sections with the course of each story, the week's deep reads and days. Pure. */
export function weeklyPage(
  edition: Edition,
  days: readonly string[],
  catalog: Catalog,
  { settings }: Frame,
): Page {
  const path = editionPath(edition.date);
  const items = edition.sections.flatMap((section) => section.items);
  const at = catalog.weeklies.findIndex(({ date }) => date === edition.date);
  const names = new Map(catalog.weeklies[at]?.items.map(({ story, names: found }) => [story, found]));
  const view = (item: Item) => ({ item, page: path, catalog, names: names.get(item.brief.storyId) ?? [] });
  const [weekWords = '', daysWords = ''] = longDate(edition.date).split(' ');
  const turn = (words: string, week: string | undefined) =>
    week === undefined
      ? ''
      : `<a href="${linkFrom(path, editionPath(week))}">${words}（${monthAndDay(week)}）</a>`;
  return {
    path,
    title: edition.title,
    description: items.map(({ brief }) => brief.headline).join('；'),
    type: 'article',
    cover: edition.date,
    publishedAt: new Date(edition.composedAt).toISOString(),
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'ItemList',
      name: edition.title,
      numberOfItems: items.length,
      itemListElement: items.map(({ brief }, n) => ({
        '@type': 'ListItem',
        position: n + 1,
        url: publicUrl(settings.url, path)?.concat(`#${itemAnchor(brief.storyId)}`),
        name: brief.headline,
      })),
    },
    body: `<p class="standfirst"><a href="${linkFrom(path, ARCHIVE)}">往期</a> · 周报</p>
<h1 class="title"><time datetime="${edition.date}">${weekWords}</time></h1>
<p class="standfirst">${daysWords}，${days.length} 期日报里最要紧的 ${items.length} 条，同一件事只登一次。</p>
<div class="columns">
<div>
${edition.opening === undefined ? '' : `<p class="opening">${escapeHtml(edition.opening)}</p>\n`}${edition.sections
  .map(
    ({ name, items: inIt }, n) => `<section class="section" aria-labelledby="part-${n + 1}">
<h2 id="part-${n + 1}">${escapeHtml(name)} <small>${inIt.length} 条</small></h2>
${inIt.map((item) => renderItem(view(item))).join('\n')}
</section>`,
  )
  .join('\n')}
${renderDeepLinks(edition, path)}<nav class="turn" aria-label="前后各周">${turn('上一周', catalog.weeklies[at - 1]?.date)}
<a href="${linkFrom(path, leftOutPath(edition.date))}">没有收进周报的 ${edition.leftOut.length} 条与理由</a>
${turn('下一周', catalog.weeklies[at + 1]?.date)}</nav>
</div>
${renderSide(edition, path, days, catalog)}
</div>`,
  };
}

function renderSide({ sections }: Edition, path: string, days: readonly string[], catalog: Catalog): string {
  const headline = (day: string) =>
    firstHeadline(catalog.digests[catalog.places.get(day) ?? -1]?.title ?? '');
  return `<aside class="side" aria-label="目录与这一周的日报">
<div>
${renderContents(sections)}
<section>
<h2>这一周的日报</h2>
<ul>
${days.map((day) => `<li><a href="${linkFrom(path, editionPath(day))}"><small>${monthAndDay(day)}</small> ${escapeHtml(headline(day))}</a></li>`).join('\n')}
</ul>
</section>
</div>
</aside>`;
}

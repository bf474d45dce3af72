import type { Edition, Item } from '../../../domain/edition.ts';
import { longDate, monthAndDay } from '../../render/dates.ts';
import { DEEP_SECTION, deepReadFor } from '../../render/deep-words.ts';
import { titleParts } from '../../render/edition-title.ts';
import { escapeHtml, renderCorrections } from '../../render/render-page.ts';
import type { Catalog } from '../catalog.ts';
import {
  ARCHIVE,
  deepReadPath,
  editionPath,
  FRONT,
  itemAnchor,
  leftOutPath,
  linkFrom,
  publicUrl,
} from '../paths.ts';
import type { Frame, Page } from './frame.ts';
import { type ItemView, renderItem, renderLead } from './item-view.ts';

/** How many earlier editions the side column lists. */
const EARLIER = 7;

/**
 * One edition at its own address, or on the front page. The item worth most stands first and large; the others follow
 * section by section. Pure.
 */
export function editionPage(
  edition: Edition,
  at: 'own' | 'front',
  catalog: Catalog,
  { settings }: Frame,
): Page {
  const own = editionPath(edition.date);
  const path = at === 'front' ? FRONT : own;
  const placed = edition.sections.flatMap((section) => section.items.map((item) => ({ item, section })));
  const lead = placed.toSorted((a, b) => b.item.worth - a.item.worth)[0];
  const place = catalog.places.get(edition.date) ?? 0;
  const names = new Map(catalog.digests[place]?.items.map((digest) => [digest.story, digest.names]));
  const view = (item: Item): ItemView => {
    const deep = deepReadFor(edition, item);
    return {
      item,
      page: path,
      catalog,
      names: names.get(item.brief.storyId) ?? [],
      ...(deep ? { deep } : {}),
    };
  };
  const sections = edition.sections
    .map(({ name, items }) => ({ name, items: items.filter((item) => item !== lead?.item) }))
    .filter(({ items }) => items.length > 0);
  const composedAt = new Date(edition.composedAt).toISOString();
  return {
    path,
    title: at === 'front' ? '' : edition.title,
    description: placed.map(({ item }) => item.brief.headline).join('；'),
    type: at === 'front' ? 'website' : 'article',
    cover: edition.date,
    publishedAt: composedAt,
    ...(at === 'front' ? {} : { canonical: own }),
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'ItemList',
      name: edition.title,
      numberOfItems: placed.length,
      itemListElement: placed.map(({ item }, n) => ({
        '@type': 'ListItem',
        position: n + 1,
        url:
          publicUrl(settings.url, own)?.concat(`#${itemAnchor(item.brief.storyId)}`) ??
          webOnly(item.brief.url),
        name: item.brief.headline,
      })),
    },
    folio: `<h1><time datetime="${edition.date}">${longDate(edition.date)}</time></h1>${edition.tagline === '' ? '' : `<p class="tagline">${escapeHtml(edition.tagline)}</p>`}<p>第 <span class="n">${place + 1}</span> 期，${placed.length} 条，${publishersOf(placed.map(({ item }) => item))} 家媒体</p>`,
    body: `<div class="columns">
<div>
${edition.opening === undefined ? '' : `<p class="opening">${escapeHtml(edition.opening)}</p>\n`}${lead ? renderLead(view(lead.item), lead.section.name) : '<p>这一期没有内容。</p>'}
${sections
  .map(
    ({ name, items }, n) => `<section class="section" aria-labelledby="part-${n + 1}">
<h2 id="part-${n + 1}">${escapeHtml(name)} <small>${items.length} 条</small></h2>
${items.map((item) => renderItem(view(item))).join('\n')}
</section>`,
  )
  .join('\n')}
${renderDeepLinks(edition, path)}${renderCorrections(edition, 'part-corrections')}
${renderTurn(path, place, edition, catalog)}
</div>
${renderSide(path, place, sections, catalog, at)}
</div>`,
  };
}

/** The edition's deep reads, each with its first words and the way to its page. */
export function renderDeepLinks({ deepReads = [] }: Edition, path: string): string {
  if (deepReads.length === 0) return '';
  const rows = deepReads.map(
    (deep) =>
      `<li><a href="${linkFrom(path, deepReadPath(deep))}">${escapeHtml(deep.headline)}</a><p class="summary">${escapeHtml(deep.told[0]?.claim ?? '')}</p></li>`,
  );
  return `<section class="section deep-links" aria-labelledby="part-deep">
<h2 id="part-deep">${DEEP_SECTION} <small>${deepReads.length} 篇</small></h2>
<ul>
${rows.join('\n')}
</ul>
</section>
`;
}

function webOnly(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

function renderTurn(path: string, place: number, edition: Edition, { digests }: Catalog): string {
  const link = (words: string, date: string | undefined) =>
    date === undefined
      ? ''
      : `<a href="${linkFrom(path, editionPath(date))}">${words}（${monthAndDay(date)}）</a>`;
  return `<nav class="turn" aria-label="前后各期">${link('上一期', digests[place - 1]?.date)}
<a href="${linkFrom(path, leftOutPath(edition.date))}">未入选的 ${edition.leftOut.length} 条与理由</a>
${link('下一期', digests[place + 1]?.date)}</nav>`;
}

/** The sections of an edition as a list that leads to them. */
export function renderContents(sections: readonly { name: string; items: readonly unknown[] }[]): string {
  return `<section class="contents">
<h2>本期目录</h2>
<ul>
${sections.map(({ name, items }, n) => `<li><a href="#part-${n + 1}">${escapeHtml(name)}</a> <small>${items.length}</small></li>`).join('\n')}
</ul>
</section>`;
}

function renderSide(
  path: string,
  place: number,
  sections: readonly { name: string; items: readonly Item[] }[],
  { digests, weeklies }: Catalog,
  at: 'own' | 'front',
): string {
  const weekly = at === 'front' ? weeklies.at(-1) : undefined;
  const earlier = digests.slice(Math.max(0, place - EARLIER), place).toReversed();
  return `<aside class="side" aria-label="目录与近期">
<div>
${renderContents(sections)}
<section>
<h2>近期</h2>
<ul>
${earlier.map(({ date, title }) => `<li><a href="${linkFrom(path, editionPath(date))}"><small>${monthAndDay(date)}</small> ${escapeHtml(firstHeadline(title))}</a></li>`).join('\n')}
<li><a href="${linkFrom(path, ARCHIVE)}">全部往期</a></li>
</ul>
</section>${weekly === undefined ? '' : `\n<section>\n<h2>周报</h2>\n<ul>\n<li><a href="${linkFrom(path, editionPath(weekly.date))}"><small>${monthAndDay(weekly.date)}</small> ${escapeHtml(firstHeadline(weekly.title))}</a></li>\n</ul>\n</section>`}
</div>
</aside>`;
}

/** `AI日报：甲; 乙; 丙` -> `甲` */
export function firstHeadline(title: string): string {
  return titleParts(title).headlines[0] ?? title;
}

function publishersOf(items: readonly Item[]): number {
  return new Set(items.flatMap((item) => [item.publisher, ...item.outlets.map(({ name }) => name)])).size;
}

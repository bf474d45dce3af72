import type { DeepRead } from '../../../domain/deep-read.ts';
import type { Item } from '../../../domain/edition.ts';
import { monthAndDay } from '../../render/dates.ts';
import { correctedWords } from '../../render/item-words.ts';
import { courseHtml, escapeHtml, href } from '../../render/render-page.ts';
import type { Catalog } from '../catalog.ts';
import { deepReadPath, editionPath, itemAnchor, linkFrom, listPath, storyPath } from '../paths.ts';

/** Names linked below one item; more would drown the text. */
const NAMES_SHOWN = 4;

/** How an item looks depends on where it stands and what it can link to. */
export type ItemView = {
  item: Item;
  page: string;
  catalog: Catalog;
  names: readonly string[];
  deep?: DeepRead;
};

/** One item of an edition: headline, summary, what was before, links. Pure. */
export function renderItem(view: ItemView): string {
  const { brief } = view.item;
  return `<article class="item" id="${itemAnchor(brief.storyId)}"${language(view.item)}>
<h3>${label(view.item)}<a href="${href(brief.url)}">${escapeHtml(brief.headline)}</a></h3>
${renderBody(view)}
</article>`;
}

/** The day's first story: larger, and above all sections. Pure. */
export function renderLead(view: ItemView, section: string): string {
  const { brief } = view.item;
  return `<article class="lead" id="${itemAnchor(brief.storyId)}"${language(view.item)}>
<p class="kicker">头条 · ${escapeHtml(section)}</p>
<h2>${label(view.item)}<a href="${href(brief.url)}">${escapeHtml(brief.headline)}</a></h2>
${renderBody(view)}
</article>`;
}

function language({ brief }: Item): string {
  return brief.marks.includes('english') ? ' lang="en"' : '';
}

function label({ followUp }: Item): string {
  return followUp ? `<span class="tag">${followUp.label}</span>` : '';
}

function renderBody(view: ItemView): string {
  const { item } = view;
  return `<p class="summary">${escapeHtml(item.brief.summary)}</p>${renderCorrected(item)}${renderBefore(view)}${renderCourse(view)}
<p class="meta">${metaOf(view).join('')}</p>`;
}

/** What an editor changed since it was printed. */
export function renderCorrected(item: Item): string {
  const words = correctedWords(item);
  return words === '' ? '' : `\n<p class="corrected">${escapeHtml(words)}</p>`;
}

function renderBefore({ item: { followUp, brief }, page, catalog }: ItemView): string {
  if (followUp === undefined) return '';
  const isHere = catalog.places.has(followUp.date);
  const target = isHere ? linkFrom(page, editionPath(followUp.date)) : href(followUp.url);
  const fresh =
    followUp.newSentence === '' || brief.summary.includes(followUp.newSentence)
      ? ''
      : `<br>新的事实：${escapeHtml(followUp.newSentence)}`;
  return `\n<p class="before">此前（<time datetime="${followUp.date}">${monthAndDay(followUp.date)}</time>）：<a href="${target}">${escapeHtml(followUp.headline)}</a>${fresh}</p>`;
}

/** The days of the week that told it before, each at our own edition where it is here. */
function renderCourse({ item: { course = [] }, page, catalog }: ItemView): string {
  return courseHtml(course, ({ date, url }) =>
    catalog.places.has(date) ? linkFrom(page, editionPath(date)) : href(url),
  );
}

function metaOf({ item, page, catalog, names, deep }: ItemView): string[] {
  const { brief, publisher, outlets, primary } = item;
  const thread = catalog.threadOf(brief.storyId);
  const known = names.filter((name) => catalog.names.has(name)).slice(0, NAMES_SHOWN);
  const links = outlets.map(
    ({ name, url, title }) => `<a href="${href(url)}" title="${escapeHtml(title)}">${escapeHtml(name)}</a>`,
  );
  return [
    `<span class="from"><a href="${href(brief.url)}" aria-label="阅读原文：${escapeHtml(brief.headline)}">阅读原文</a> ${escapeHtml(publisher)}</span>`,
    ...(deep ? [`<span><a class="deeper" href="${linkFrom(page, deepReadPath(deep))}">深读</a></span>`] : []),
    ...(primary ? [`<span><a href="${href(primary.url)}">${escapeHtml(primary.label)}</a></span>`] : []),
    ...(links.length > 0 ? [`<span>另见：${links.join('、')}</span>`] : []),
    ...(thread === undefined
      ? []
      : [`<span class="more"><a href="${linkFrom(page, storyPath(thread))}">来龙去脉</a></span>`]),
    ...(known.length > 0
      ? [
          `<span class="more">${known.map((name) => `<a href="${linkFrom(page, listPath('names', name))}">${escapeHtml(name)}</a>`).join(' ')}</span>`,
        ]
      : []),
    ...(brief.marks.includes('thin') ? ['<span class="mark">原文较短</span>'] : []),
  ];
}

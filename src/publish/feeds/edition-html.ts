import type { EditionContent, Item } from '../../domain/edition.ts';
import { headlineOf, linkingPen, paragraphOf } from '../render/item-words.ts';
import { escapeHtml, href } from '../render/render-page.ts';

const PEN = linkingPen(escapeHtml, (words, url) => `<a href="${href(url)}">${escapeHtml(words)}</a>`);

/** An edition as plain HTML for feed readers: headings, paragraphs and links, no style. What outlets wrote is escaped. */
export function editionHtml({ tagline, opening, sections }: EditionContent): string {
  const blocks = sections.flatMap(({ name, items }) => [
    `<h2>${escapeHtml(name)}</h2>`,
    ...items.flatMap((item) => [
      `<h3><a href="${href(item.brief.url)}">${escapeHtml(headlineOf(item))}</a></h3>`,
      `<p>${briefHtml(item)}</p>`,
    ]),
  ]);
  const head = [
    `<p><em>${escapeHtml(tagline)}</em></p>`,
    ...(opening === undefined ? [] : [`<p>${escapeHtml(opening)}</p>`]),
  ];
  return [...head, ...blocks].join('\n');
}

/** One brief: its summary, what was told before, who else tells it, and the article. */
export function briefHtml(item: Item): string {
  const by = item.publisher === '' ? '' : `（${escapeHtml(item.publisher)}）`;
  return `${paragraphOf(item, PEN)}${by}`;
}

import type { EditionContent, Item } from '../../domain/edition.ts';
import {
  CORRECTIONS_HEAD,
  correctionLines,
  headlineOf,
  linkingPen,
  paragraphOf,
} from '../render/item-words.ts';
import { escapeHtml, href } from '../render/render-page.ts';

const PEN = linkingPen(escapeHtml, (words, url) => `<a href="${href(url)}">${escapeHtml(words)}</a>`);

/** An edition as plain HTML for feed readers: headings, paragraphs and links, no style. What outlets wrote is escaped. */
export function editionHtml(content: EditionContent): string {
  const { tagline, sections } = content;
  const corrections = correctionLines(content).map((line) => `<li>${escapeHtml(line)}</li>`);
  const blocks = sections.flatMap(({ name, items }) => [
    `<h2>${escapeHtml(name)}</h2>`,
    ...items.flatMap((item) => [
      `<h3><a href="${href(item.brief.url)}">${escapeHtml(headlineOf(item))}</a></h3>`,
      `<p>${briefHtml(item)}</p>`,
    ]),
  ]);
  const corrected =
    corrections.length === 0 ? [] : [`<h2>${CORRECTIONS_HEAD}</h2>`, `<ul>${corrections.join('')}</ul>`];
  return [`<p><em>${escapeHtml(tagline)}</em></p>`, ...blocks, ...corrected].join('\n');
}

/** One brief: its summary, what was told before, who else tells it, and the article. */
export function briefHtml(item: Item): string {
  const by = item.publisher === '' ? '' : `（${escapeHtml(item.publisher)}）`;
  return `${paragraphOf(item, PEN)}${by}`;
}

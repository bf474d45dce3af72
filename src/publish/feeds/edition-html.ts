import type { DeepRead } from '../../domain/deep-read.ts';
import type { EditionContent, Item } from '../../domain/edition.ts';
import { DEEP_SECTION } from '../render/deep-words.ts';
import {
  CORRECTIONS_HEAD,
  correctionLines,
  headlineOf,
  linkingPen,
  paragraphOf,
} from '../render/item-words.ts';
import { escapeHtml, href, renderDeepParts } from '../render/render-page.ts';

const PEN = linkingPen(escapeHtml, (words, url) => `<a href="${href(url)}">${escapeHtml(words)}</a>`);

/** An edition as plain HTML for feed readers: headings, paragraphs and links, no style. What outlets wrote is escaped. */
export function editionHtml(content: EditionContent): string {
  const { tagline, opening, sections, deepReads = [] } = content;
  const corrections = correctionLines(content).map((line) => `<li>${escapeHtml(line)}</li>`);
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
  const deep = deepReads.flatMap((one) => [
    `<h3><a href="${href(one.url)}">${escapeHtml(one.headline)}</a></h3>`,
    deepHtml(one),
  ]);
  const end = deep.length === 0 ? [] : [`<h2>${DEEP_SECTION}</h2>`, ...deep];
  const corrected =
    corrections.length === 0 ? [] : [`<h2>${CORRECTIONS_HEAD}</h2>`, `<ul>${corrections.join('')}</ul>`];
  return [...head, ...blocks, ...end, ...corrected].join('\n');
}

/** One deep read: its parts, the links at its end, and the article. */
export function deepHtml(deep: DeepRead): string {
  return `${renderDeepParts(deep, 'h4')}\n<p><a href="${href(deep.url)}">阅读原文</a>（${escapeHtml(deep.publisher)}）</p>`;
}

/** One brief: its summary, what was told before, who else tells it, and the article. */
export function briefHtml(item: Item): string {
  const by = item.publisher === '' ? '' : `（${escapeHtml(item.publisher)}）`;
  return `${paragraphOf(item, PEN)}${by}`;
}

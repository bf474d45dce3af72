import type { EditionContent, Item } from '../../domain/edition.ts';
import { monthAndDay } from '../render/render-markdown.ts';
import { escapeHtml, href } from '../render/render-page.ts';

/** An edition as plain HTML for feed readers: headings, paragraphs and links, no style. What outlets wrote is escaped. */
export function editionHtml({ tagline, sections }: EditionContent): string {
  const blocks = sections.flatMap(({ name, items }) => [
    `<h2>${escapeHtml(name)}</h2>`,
    ...items.flatMap((item) => [
      `<h3><a href="${href(item.brief.url)}">${escapeHtml(titleOf(item))}</a></h3>`,
      `<p>${briefHtml(item)}</p>`,
    ]),
  ]);
  return [`<p><em>${escapeHtml(tagline)}</em></p>`, ...blocks].join('\n');
}

/** One brief: its summary, what was told before, who else tells it, and the article. */
export function briefHtml({ brief, publisher, outlets, followUp, primary }: Item): string {
  const link = (url: string, words: string) => `<a href="${href(url)}">${escapeHtml(words)}</a>`;
  const before = followUp
    ? `此前（${monthAndDay(followUp.date)}）：${link(followUp.url, followUp.headline)}。`
    : '';
  const others =
    outlets.length > 0 ? `另见${outlets.map(({ name, url }) => link(url, name)).join('、')}。` : '';
  const source = primary === undefined ? '' : ` ${link(primary.url, primary.label)}`;
  const by = publisher === '' ? '' : `（${escapeHtml(publisher)}）`;
  return `${escapeHtml(brief.summary)}${before}${others}${link(brief.url, '阅读原文')}${by}${source}`;
}

/** The headline, and for a story told before what it is. */
export function titleOf({ brief, followUp }: Item): string {
  return followUp ? `${followUp.label}｜${brief.headline}` : brief.headline;
}

import type { Item } from '../../domain/edition.ts';
import { linkTarget, monthAndDay } from './render-markdown.ts';

/** How an outlet writes words and links. */
export type Pen = { text: (words: string) => string; link: (words: string, url: string) => string };

/** The headline, and for a story told before what it is. */
export function headlineOf({ brief, followUp }: Item): string {
  return followUp ? `${followUp.label}｜${brief.headline}` : brief.headline;
}

/** The summary with what was told before, who else tells it, and at the end the article's link. */
export function paragraphOf({ brief, outlets, followUp, primary }: Item, pen: Pen): string {
  const link = (words: string, url: string) => {
    const target = linkTarget(url);
    return target === '#' ? pen.text(words) : pen.link(words, target);
  };
  const before = followUp
    ? `此前（${monthAndDay(followUp.date)}）：${link(followUp.headline, followUp.url)}。`
    : '';
  const others =
    outlets.length > 0 ? `另见${outlets.map(({ name, url }) => link(name, url)).join('、')}。` : '';
  const source = primary === undefined ? '' : `${link(primary.label, primary.url)} `;
  return `${pen.text(brief.summary)}${before}${others}${source}${link('阅读原文', brief.url)}`;
}

/** On one line, without control characters and halves of surrogate pairs, which no outlet's JSON or XML bears. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Signs of Markdown and of mentions in their full-width forms: for outlets that know no escape. */
export function fullWidthSigns(text: string): string {
  return oneLine(text).replace(/[*_`~[\]<>#|\\]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
  );
}

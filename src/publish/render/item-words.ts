import type { EditionContent, Item } from '../../domain/edition.ts';
import { monthAndDay } from './dates.ts';

/** How an outlet writes words and links. */
export type Pen = {
  text: (words: string) => string;
  /** `url` cannot end the link early: see `linkTarget`. */
  link: (words: string, url: string) => string;
  /** The links to read on, where they look otherwise than those inside the text. */
  readOn?: (words: string, url: string) => string;
};

/** The headline, and for a story told before what it is. */
export function headlineOf({ brief, followUp }: Item): string {
  return followUp ? `${followUp.label}｜${brief.headline}` : brief.headline;
}

/** What was changed since it was printed, one sentence for each change; empty for most items. */
export function correctedWords({ corrected = [] }: Item): string {
  return corrected.map(({ on, note }) => `更正（${monthAndDay(on)}）：${sentence(note)}`).join('');
}

/** Everything that was corrected and withdrawn in an edition, one line each. */
export function correctionLines({ corrections }: Pick<EditionContent, 'corrections'>): string[] {
  return (corrections?.made ?? []).map(
    ({ kind, on, headline, note }) =>
      `${kind === 'withdrawn' ? '撤回' : '更正'}（${monthAndDay(on)}）「${headline}」：${sentence(note)}`,
  );
}

/** Above what was corrected and withdrawn. */
export const CORRECTIONS_HEAD = '更正与撤回';

function sentence(text: string): string {
  return /[。！？.!?]$/u.test(text) ? text : `${text}。`;
}

/**
 * The summary with what was corrected, what was told before, who else tells it, the primary source, and at the end the
 * article's link. `deep`: where its deep read stands, as this outlet links there.
 */
export function paragraphOf(item: Item, pen: Pen, deep?: string): string {
  const { brief, outlets, followUp, course = [], primary } = item;
  const link = (words: string, url: string) => pen.link(words, linkTarget(url));
  const readOn = (words: string, url: string) => (pen.readOn ?? pen.link)(words, linkTarget(url));
  const before = followUp
    ? `此前（${monthAndDay(followUp.date)}）：${link(followUp.headline, followUp.url)}。`
    : '';
  const way =
    course.length > 0
      ? `本周经过：${course.map(({ date, headline, url }) => `${monthAndDay(date)}${link(headline, url)}`).join('；')}。`
      : '';
  const others =
    outlets.length > 0 ? `另见${outlets.map(({ name, url }) => link(name, url)).join('、')}。` : '';
  const source = primary === undefined ? '' : `${readOn(primary.label, primary.url)} `;
  // Its place in this very edition, or an address that we made: no outlet's.
  const deeper = deep === undefined ? '' : `${(pen.readOn ?? pen.link)('深读', deep)} `;
  return `${pen.text(brief.summary)}${pen.text(correctedWords(item))}${before}${way}${others}${source}${deeper}${readOn('阅读原文', brief.url)}`;
}

/** What stands for an address that is none. */
export const NO_LINK = '#';

/** An address that cannot end the link early: http(s) only, brackets, blanks and controls percent-encoded. */
export function linkTarget(url: string): string {
  if (!/^https?:\/\//i.test(url)) return NO_LINK;
  return url.replace(/[\s()<>\\"\x00-\x1f]/g, (sign) => {
    return [...new TextEncoder().encode(sign)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('');
  });
}

/** A pen whose links are only words where there is no address. */
export function linkingPen(text: Pen['text'], link: Pen['link']): Pen {
  return { text, link: (words, url) => (url === NO_LINK ? text(words) : link(words, url)) };
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

/** Markdown of chats that know no escapes. */
export const FULL_WIDTH_PEN: Pen = linkingPen(
  fullWidthSigns,
  (words, url) => `[${fullWidthSigns(words)}](${url})`,
);

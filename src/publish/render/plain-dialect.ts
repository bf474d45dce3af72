import { fitTitle } from './fit-title.ts';
import { headlineOf, linkingPen, oneLine, paragraphOf } from './item-words.ts';
import type { Dialect } from './split-edition.ts';

/** Between the title and the rest, and between all items. */
export const PLAIN_GAP = '\n\n';

/** What a telephone shows of a title. */
const TITLE_CHARS = 100;
const PEN = linkingPen(oneLine, (words, url) => `${oneLine(words)} ${url} `);

/** Plain text, for telephones: addresses stand as they are, with a blank after each. */
export function plainDialect(fits: Dialect['fits']): Dialect {
  return {
    title: (title, mark) =>
      `${fitTitle(oneLine(title), (one) => one.length + mark.length <= TITLE_CHARS)}${mark}`,
    tagline: PEN.text,
    opening: PEN.text,
    section: (name) => `【${PEN.text(name)}】`,
    item: (item) => `■ ${PEN.text(headlineOf(item))}\n${paragraphOf(item, PEN).trimEnd()}`,
    gap: PLAIN_GAP,
    fits,
  };
}

/** A message's first block, and the rest; a message of one block is both. */
export function titleAndBody(text: string): { title: string; body: string } {
  const [title = '', ...blocks] = text.split(PLAIN_GAP);
  return { title, body: blocks.join(PLAIN_GAP) || title };
}

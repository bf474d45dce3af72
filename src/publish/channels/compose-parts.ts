import type { EditionContent } from '../../domain/edition.ts';
import { type Dialect, splitEdition } from '../render/split-edition.ts';
import type { Part } from './channel.ts';

/** The edition's messages, each wrapped as the outlet's JSON and numbered from 1. */
export function partsOf(content: EditionContent, dialect: Dialect, wrap: (text: string) => unknown): Part[] {
  return splitEdition(content, dialect).map((text, n) => ({
    id: `${n + 1}`,
    body: JSON.stringify(wrap(text)),
  }));
}

/** A notice of the newsroom's own as one message: as many of its lines as fit. */
export function noticeOf(
  title: string,
  lines: readonly string[],
  dialect: Pick<Dialect, 'title' | 'tagline' | 'gap' | 'fits'>,
  wrap: (text: string) => unknown,
): Part {
  let text = dialect.title(title, '');
  for (const line of lines) {
    const longer = `${text}${dialect.gap}${dialect.tagline(line)}`;
    if (!dialect.fits(longer)) break;
    text = longer;
  }
  return { id: 'notice', body: JSON.stringify(wrap(text)) };
}

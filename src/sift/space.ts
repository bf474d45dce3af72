import { createSheets, type Sheets } from './sheets.ts';
import { createSignatures, type Signatures } from './signatures.ts';
import type { Terms } from './terms.ts';
import { createTexts, type Texts } from './texts.ts';

/** What the pieces of one window share: their terms, and the memory that what they say lies in. */
export type GroupSpace = {
  terms: Terms;
  sheets: Sheets;
  signatures: Signatures;
  texts: Texts;
  /** The one text that stands for all equal ones: a store gives each article its own copy of its source's name. */
  oneCopy(text: string): string;
};

export function createSpace(terms: Terms): GroupSpace {
  const known = new Map<string, string>();
  return {
    terms,
    sheets: createSheets(terms),
    signatures: createSignatures(),
    texts: createTexts(),
    oneCopy(text) {
      const same = known.get(text) ?? text;
      known.set(same, same);
      return same;
    },
  };
}

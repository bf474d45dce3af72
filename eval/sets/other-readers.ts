import { Readability } from '@mozilla/readability';
import { DefuddleClass } from 'defuddle/node';
import { decodeText } from '../../src/gather/decode-text.ts';
import { parseDocument } from '../../src/gather/dom.ts';
import { htmlToText } from '../../src/gather/html-text.ts';

/** What a reader makes of a page. */
export type Read = { text: string; title: string; author: string; published: string; image: string };

const NOTHING: Read = { text: '', title: '', author: '', published: '', image: '' };

/** Readability alone, as it comes, with linkedom. */
export function readabilityAlone(bytes: Uint8Array): Read {
  try {
    const parsed = new Readability(parseDocument(decodeText(bytes, 'text/html')) as never).parse();
    return {
      text: htmlToText(parsed?.content ?? ''),
      title: parsed?.title ?? '',
      author: parsed?.byline ?? '',
      published: parsed?.publishedTime ?? '',
      image: '',
    };
  } catch {
    return NOTHING;
  }
}

/** Defuddle alone, as it comes, with linkedom. */
export function defuddleAlone(bytes: Uint8Array, url: string): Read {
  const { error } = console;
  // It prints a stack for each block of broken structured data.
  console.error = () => {};
  try {
    const document = parseDocument(decodeText(bytes, 'text/html'));
    const parsed = new DefuddleClass(document as never, { url }).parse();
    return {
      text: htmlToText(parsed.content),
      title: parsed.title,
      author: parsed.author,
      published: parsed.published,
      image: parsed.image,
    };
  } catch {
    return NOTHING;
  } finally {
    console.error = error;
  }
}

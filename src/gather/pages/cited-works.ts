import { workAt } from '../../text/works.ts';
import type { PageDocument } from '../dom.ts';

/** More links to works than this are a reading list. */
const MOST = 8;

/** A link with the words it stands under. */
export type Cited = { url: string; words: string };

/** The links of a page that lead to papers, repositories and models; to be taken before the page is cut up. */
export function citedWorks(document: PageDocument, base: string): Cited[] {
  return [...document.querySelectorAll('a[href]')].flatMap((link) => {
    const work = workAt(URL.parse(link.getAttribute('href') ?? '', base)?.href ?? '');
    const words = (link.textContent ?? '').replace(/\s+/g, ' ').trim();
    return work === undefined || words === '' ? [] : [{ url: work.url, words }];
  });
}

/** Those whose words stand in the article's text: the others belong to menus and to what hangs below. */
export function citedIn(text: string, cited: readonly Cited[]): string[] {
  const inside = [...new Set(cited.filter(({ words }) => text.includes(words)).map(({ url }) => url))];
  return inside.length > MOST ? [] : inside;
}

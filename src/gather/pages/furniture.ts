import type { PageDocument, PageElement } from '../dom.ts';

/** A block with more of the text than this is not furniture, whatever it is called. */
const MAX_SHARE = 0.25;

/** Elements that hold the article itself on some site, with any name. */
const NEVER = /^(?:HTML|BODY|ARTICLE|MAIN|H1)$/;
const ARTICLE_INSIDE = 'h1, article, main, [itemprop="articleBody"]';

/**
 * The blocks inside `root` whose class or id says that they stand around an article: share buttons, related stories,
 * captions, bylines. Found by name only, so bounded: a block with the headline or much of the text is not among them.
 */
export function furnitureIn(root: PageElement, named: RegExp): PageElement[] {
  // A document has no text of its own in the DOM.
  const whole = root.textContent ?? root.querySelector('html')?.textContent ?? '';
  const most = MAX_SHARE * whole.length;
  // The names first: they rule out nearly everything and cost the least.
  return [...root.querySelectorAll('[class], [id]')].filter(
    (element) =>
      !NEVER.test(element.tagName) &&
      named.test(namesOf(element)) &&
      (element.textContent ?? '').length <= most &&
      element.querySelector(ARTICLE_INSIDE) === null,
  );
}

const BLOCK_INSIDE = 'p, div, section, ul, ol, dl, table, pre, blockquote, img, h2, h3, h4, h5, h6';

/**
 * Readability turns a `div` that holds only words into a paragraph and loses its name. Their words are put into a `span`
 * with the same name, which it leaves alone, so that the furniture can still be told in what it gives back.
 */
export function keepNames(document: PageDocument, named: RegExp): void {
  for (const block of furnitureIn(document, named)) {
    if (block.tagName !== 'DIV' || block.querySelector(BLOCK_INSIDE) !== null) continue;
    const names = `${block.getAttribute('class') ?? ''} ${block.getAttribute('id') ?? ''}`;
    block.innerHTML = `<span class="${names.replace(/[^\w\s-]/g, '')}">${block.innerHTML}</span>`;
  }
}

/** Takes elements out of their document; the answer puts them back where they were. */
export function lift(elements: readonly PageElement[]): () => void {
  const lifted = elements.map((element) => {
    const { parentElement, nextSibling } = element;
    element.remove();
    return { element, parentElement, nextSibling };
  });
  return () => {
    // Last out, first in: a neighbour that was lifted too is back by then.
    for (const { element, parentElement, nextSibling } of lifted.toReversed())
      parentElement?.insertBefore(element, nextSibling);
  };
}

/** Class and id with dashes between their words and around each name: `postMeta box` is `-post-meta- -box-`. */
function namesOf(element: PageElement): string {
  return `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/\s+/)
    .map((name) => `-${name.replace(/[-_:]+/g, '-').replace(/^-|-$/g, '')}-`)
    .join(' ');
}

/** Beside the article, on every site: captions, asides, readers' comments. */
const BESIDE =
  'aside, figcaption, [role="complementary"], #comments, .comments, .comment-list, .comments-area, #disqus_thread';

/**
 * Takes out what is never the article and undoes what hides it: cookie notices, asides and comments, lines that only link elsewhere,
 * styles that keep the text invisible until a script runs (Readability would skip it).
 */
export function clearPage(document: PageDocument, barriers: RegExp): void {
  for (const block of furnitureIn(document, barriers)) block.remove();
  for (const element of document.querySelectorAll(BESIDE)) element.remove();
  for (const block of document.querySelectorAll('p, li')) if (isLinkOnly(block)) block.remove();
  for (const element of document.querySelectorAll('[style*="visibility"], [style*="opacity"]')) {
    const style = element.getAttribute('style') ?? '';
    element.setAttribute('style', style.replace(/(?:visibility|opacity)\s*:[^;]*;?/gi, ''));
  }
}

/** Shorter links are menus, which are no running text anyway. */
const MIN_TITLE_LINK = 25;

/** Headings, and links that are all their block says: titles of other articles, which look like sentences. */
export function titlesIn(document: PageDocument): PageElement[] {
  // Remembered by block: a list of a thousand links in one block would be measured a thousand times.
  const lengths = new Map<PageElement | null, number>();
  const blockLength = (block: PageElement | null): number => {
    const length = lengths.get(block) ?? (block?.textContent ?? '').trim().length;
    lengths.set(block, length);
    return length;
  };
  const links = [...document.querySelectorAll('a')].filter((link) => {
    const length = (link.textContent ?? '').length;
    return length >= MIN_TITLE_LINK && length >= 0.8 * blockLength(link.parentElement);
  });
  return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6'), ...links];
}

/** «READ MORE: another story»: nothing but links, and not inside a sentence. */
function isLinkOnly(block: PageElement): boolean {
  const links = [...block.querySelectorAll('a')];
  if (links.length === 0) return false;
  const linked = links
    .map((link) => link.textContent ?? '')
    .join('')
    .trim();
  return linked.length >= 0.8 * (block.textContent ?? '').trim().length;
}

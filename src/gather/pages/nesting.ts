/** Elements without content, and those a parser closes by itself when the next one begins. */
const NOT_NESTING = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr ' +
    'p li dt dd option optgroup tr td th thead tbody tfoot html head body script style'
  ).split(' '),
);

/**
 * How deep the elements of a page are nested at most, by tags alone; stops counting at `enough`.
 * Article pages stay below 100. Extractors take time by the square of the depth: 20,000 levels, which fit into
 * 100 KB, kept one busy for three minutes.
 */
export function nestingDepth(html: string, enough: number): number {
  let depth = 0;
  let deepest = 0;
  let inDrawing = false;
  for (const [, closing, name = '', rest = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)([^<>]*)/gi)) {
    const tag = name.toLowerCase();
    if (tag === 'svg') inDrawing = closing === '';
    // Only in drawings does a slash at the end close a tag (HTML standard, 13.1.2.1).
    if (NOT_NESTING.has(tag) || (inDrawing && rest.endsWith('/'))) continue;
    depth = Math.max(0, depth + (closing === '/' ? -1 : 1));
    deepest = Math.max(deepest, depth);
    if (deepest >= enough) return deepest;
  }
  return deepest;
}

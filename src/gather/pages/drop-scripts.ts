/**
 * The page without its scripts and styles, by one linear scan: WeChat pages are 2-4 MB of which 60-270 KB is the
 * article, and a parser would build a tree of all of it. Data blocks (`application/ld+json`) stay, and formulas that
 * MathJax keeps in scripts (`math/tex`) become text. So do articles that a page keeps for its script or for
 * readers without one (Blogger themes, `<noscript>`): nothing runs here.
 */
export function dropScripts(html: string): string {
  const open = /<(script|style)\b[^>]*>/gi;
  const kept: string[] = [];
  let at = 0;
  for (let found = open.exec(html); found !== null; found = open.exec(html)) {
    const close = new RegExp(`</${found[1]}\\s*>`, 'gi');
    close.lastIndex = open.lastIndex;
    const end = close.exec(html);
    const next = end === null ? html.length : end.index + end[0].length;
    if (!/ld\+json/i.test(found[0])) {
      kept.push(html.slice(at, found.index));
      kept.push(toldBy(found[0], html.slice(open.lastIndex, end?.index)));
      at = next;
    }
    open.lastIndex = next;
  }
  kept.push(html.slice(at));
  return openNoscript(kept.join(''));
}

/** Pages that show their article only with a script may say it all in `<noscript>`: when most paragraphs stand there. */
function openNoscript(html: string): string {
  const noscript = /<noscript\b[^>]*>([\s\S]*?)<\/noscript\s*>/gi;
  const inside = [...html.matchAll(noscript)].map((found) => found[1] ?? '').filter(isArticleLike);
  const all = paragraphsIn(html);
  if (2 * inside.reduce((sum, one) => sum + paragraphsIn(one), 0) <= all) return html;
  return html.replace(noscript, (whole, one: string) => (isArticleLike(one) ? one : whole));
}

function toldBy(tag: string, inside: string): string {
  if (/math\/tex/i.test(tag)) return ` ${escaped(inside)} `;
  return /type\s*=\s*["']?text\/(?:template|html)/i.test(tag) && isArticleLike(inside) ? inside : '';
}

/** Markup with two paragraphs and no placeholders: an article, not a notice, a tracking pixel or a part of the interface. */
function isArticleLike(html: string): boolean {
  return paragraphsIn(html) >= 2 && /^\s*</.test(html) && !/\{\{|<%|\$\{/.test(html);
}

function paragraphsIn(html: string): number {
  return html.match(/<p[\s>]/gi)?.length ?? 0;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/**
 * The page without its scripts and styles, by one linear scan: WeChat pages are 2-4 MB of which 60-270 KB is the
 * article, and a parser would build a tree of all of it. Data blocks (`application/ld+json`) stay.
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
      at = next;
    }
    open.lastIndex = next;
  }
  kept.push(html.slice(at));
  return kept.join('');
}

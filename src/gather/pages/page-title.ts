/** What sites put between a headline and their name. A bare hyphen or underscore only counts beside Han characters. */
const SEPARATOR =
  /\s+[-|_–—·•»:：/]+\s+|\s*[|_»｜丨]+\s*|(?<=\p{Script=Han})\s*[-–—]+\s*|\s*[-–—]+\s*(?=\p{Script=Han})/gu;

/** A headline shorter than this was cut wrongly. */
const MIN_TITLE = 4;

/** A name of a site is not longer than this. */
const MAX_SITE_NAME = 30;

/**
 * A title without the site's name before or behind it. Cut where the page itself shows what the headline is: the part
 * cut off is one of the site's names, or the rest is the page's own heading. With `cutLast` (for `<title>`, which
 * nearly always has it) the short last part goes also when nothing confirms it.
 */
export function withoutSiteName(
  title: string,
  known: { sites: readonly string[]; heading: string; cutLast?: boolean },
): string {
  const names = new Set(known.sites.map(bare).filter((name) => name !== ''));
  let rest = title;
  for (;;) {
    const shorter = [...rest.matchAll(SEPARATOR)]
      .map(({ index, 0: separator }) => ({
        before: rest.slice(0, index).trim(),
        after: rest.slice(index + separator.length).trim(),
      }))
      .flatMap(({ before, after }) => [
        { kept: before, cut: after },
        { kept: after, cut: before },
      ])
      .filter(({ kept, cut }) => kept.length >= MIN_TITLE && cut !== '')
      .find(
        ({ kept, cut }) => names.has(bare(cut)) || (kept === known.heading && cut.length <= MAX_SITE_NAME),
      );
    if (shorter === undefined) break;
    rest = shorter.kept;
  }
  return known.cutLast && rest === title ? withoutLastPart(rest) : rest;
}

/** Sites' names are shorter than headlines: a longer last part is the other half of the headline. */
function withoutLastPart(title: string): string {
  const found = /^(.*?\S)\s*(?:[-|_–—·»｜]|::)\s*([^-|_–—·»｜]{1,30})$/u.exec(title);
  const [, kept = '', cut = ''] = found ?? [];
  return kept.length >= MIN_TITLE && kept.length >= cut.length ? kept : title;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

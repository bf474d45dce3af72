import { isProse } from './prose.ts';

/** A head has a title, a path, a byline, a date and a few buttons; further down the same words belong to the article. */
const LINES_LOOKED_AT = 8;

/**
 * The text without what stands above the article: its title again, the path of the site, the byline. Lines are looked at
 * until the first paragraph, so that an article that speaks of such things keeps them.
 */
export function cutHead(text: string, heads: readonly RegExp[], title = ''): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => isProse(line) && !heads.some((head) => head.test(line)));
  const end = Math.min(first < 0 ? lines.length : first, LINES_LOOKED_AT);
  const isHead = (line: string): boolean => line === title || heads.some((head) => head.test(line));
  return lines.filter((line, at) => at >= end || !isHead(line)).join('\n');
}

import type { Tail } from './page-rules.ts';
import { isProse } from './prose.ts';

/**
 * Only the last part of a text is a tail: higher up the same words belong to the article.
 * Three tenths by length; reading lists on news portals run to a quarter of the page.
 */
const TAIL_SHARE = 0.3;

/** An article shorter than this is a newsflash: its tail may be most of it, but two lines must stay. */
const MIN_KEPT_LINES = 2;

/** A disclaimer or a word about the author may follow; where two paragraphs do, the article goes on. */
const MAX_PROSE_AFTER = 1;

/** The text without what editors and platforms hang below an article: always a beginning of the text. */
export function cutTail(text: string, tails: readonly Tail[]): string {
  const isTail = (line: string): boolean => tails.some((tail) => tail.line.test(line));
  const lines = withoutClosingLines(text.split('\n'), isTail);
  // A line that comes again and again (a call below every item of a list) is part of the article's form.
  const once = new Set<string>();
  const repeated = new Set(lines.filter((line) => once.size === once.add(line).size));
  const starts = startsOf(lines);
  let proseAfter = 0;
  let end = lines.length;
  for (let at = lines.length - 1; at >= MIN_KEPT_LINES; at -= 1) {
    const line = lines[at] ?? '';
    if ((starts[at] ?? 0) < text.length * (1 - TAIL_SHARE)) break;
    const ends = tails.find((tail) => tail.line.test(line));
    if (ends === undefined) proseAfter += isProse(line) ? 1 : 0;
    else if (!repeated.has(line) && (ends.final || proseAfter <= MAX_PROSE_AFTER)) end = at;
  }
  return withoutClosingLines(lines.slice(0, end), isTail).join('\n');
}

/** How many characters stand before each line. */
function startsOf(lines: readonly string[]): number[] {
  let before = 0;
  return lines.map((line) => {
    const start = before;
    before += line.length + 1;
    return start;
  });
}

/** The lines at the very end that are nothing but tail go, also where they are most of a newsflash. */
function withoutClosingLines(lines: string[], isTail: (line: string) => boolean): string[] {
  const last = lines.findLastIndex((line) => !isTail(line));
  return last < 0 ? lines : lines.slice(0, last + 1);
}

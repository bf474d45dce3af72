import { titleParts } from './edition-title.ts';

/** No outlet takes a longer title: what is behind is not even looked at. */
const LONGEST = 600;

/**
 * A title of headlines (`AI日报：一; 二; 三`) in as much of it as fits: the last headlines go first, then words of the
 * first one, never a part of a word. `fits` measures in the outlet's own unit.
 */
export function fitTitle(title: string, fits: (title: string) => boolean): string {
  if (fits(title)) return title;
  const { name, headlines } = titleParts(title.slice(0, LONGEST));
  for (let count = headlines.length - 1; count > 0; count -= 1) {
    const shorter = name + headlines.slice(0, count).join('; ');
    if (fits(shorter)) return shorter;
  }
  const words = wordsOf(name + (headlines[0] ?? ''));
  for (let count = words.length - 1; count > 0; count -= 1) {
    const shorter = `${words.slice(0, count).join('').trimEnd()}…`;
    if (fits(shorter)) return shorter;
  }
  return '';
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });
/** `Claros-3` and `GPT-5.2` are one word. */
const TOGETHER = /[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)+/g;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  let from = 0;
  for (const match of text.matchAll(TOGETHER)) {
    words.push(...segmentsOf(text.slice(from, match.index)), match[0]);
    from = match.index + match[0].length;
  }
  return [...words, ...segmentsOf(text.slice(from))];
}

function segmentsOf(text: string): string[] {
  return [...SEGMENTER.segment(text)].map(({ segment }) => segment);
}

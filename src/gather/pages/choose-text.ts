import type { Tail } from './page-rules.ts';
import { isProse } from './prose.ts';

/** One way a page was read. */
export type Candidate = { text: string; extractor: string };

/** A reading with less of the page's paragraphs than this is doubted. */
const DOUBT_BELOW = 0.5;

/** Another reading must be better by so much: the first extractor is the best one on most pages. */
const MARGIN = 0.1;

/** A text shorter than this is suspected to be a teaser or a cookie notice when the page shows twice as much. */
const SHORT_TEXT = 200;

/** The paragraphs that a page shows: its lines of running text, without notices and calls such as tails begin with. */
export function paragraphsOf(visible: string, tails: readonly Tail[] = []): string[] {
  const isNotice = (line: string): boolean => tails.some((tail) => tail.line.test(line));
  return visible
    .split('\n')
    .filter((line) => isProse(line) && !isNotice(line))
    .map(squeeze);
}

/** Whether other ways of reading should be asked: much of what the page tells is not in the text. */
export function isDoubtful(text: string, page: { paragraphs: string[]; visibleLength: number }): boolean {
  if (text.length < SHORT_TEXT && page.visibleLength >= 2 * text.length) return true;
  return page.paragraphs.length > 0 && shareKept(text, page.paragraphs) < DOUBT_BELOW;
}

/**
 * The best of several readings of one page, the first unless another is clearly better. A reading is good when it has the
 * page's paragraphs (what it misses it lost) and little else (what is no paragraph is mostly menus): the harmonic mean
 * of both shares. Undefined when there is none with text.
 */
export function chooseText(candidates: readonly Candidate[], paragraphs: string[]): Candidate | undefined {
  const [first, ...others] = candidates.filter(({ text }) => text !== '');
  if (first === undefined) return undefined;
  let best = { candidate: first, worth: worthOf(first.text, paragraphs) };
  for (const candidate of others) {
    const worth = worthOf(candidate.text, paragraphs) - MARGIN;
    if (worth > best.worth) best = { candidate, worth };
  }
  return best.candidate;
}

function worthOf(text: string, paragraphs: string[]): number {
  const kept = shareKept(text, paragraphs);
  const lines = text.split('\n');
  const prose = lengthOf(lines.filter(isProse)) / Math.max(1, lengthOf(lines));
  return kept + prose === 0 ? 0 : (2 * kept * prose) / (kept + prose);
}

/** Share of the paragraphs, by characters, that stand in the text. */
function shareKept(text: string, paragraphs: string[]): number {
  const all = lengthOf(paragraphs);
  const flat = squeeze(text);
  return all === 0 ? 0 : lengthOf(paragraphs.filter((one) => flat.includes(one))) / all;
}

/** Extractors differ in blanks and in how they join lines; letters they leave alone. */
function squeeze(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

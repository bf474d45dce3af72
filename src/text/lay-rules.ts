import type { StyleRule } from '../domain/house-style.ts';
import type { Segmenter } from './segment.ts';

const PIECES =
  /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+(?:[.\-_+'’\&][[\p{L}\p{N}]--\p{Script=Han}]+)*|\s+|./gsv;
const HAN = /^\p{Script=Han}/u;

/** A text as words and marks; joined they are the text again. */
export function wordsOf(text: string, segment: Segmenter): string[] {
  return (text.match(PIECES) ?? []).flatMap((piece) => {
    const words = HAN.test(piece) ? segment(piece) : [piece];
    return words.join('') === piece ? words : [piece];
  });
}

/** A place in a text that must stay as it is. */
export type Span = { start: number; end: number };

/** Every place of whole words at which a phrase stands, outside titles and quotations and outside `kept`. */
export function placesOf(
  phrase: string,
  text: string,
  segment: Segmenter,
  kept: readonly Span[] = [],
): Span[] {
  const edges = new Set([0]);
  let edge = 0;
  for (const word of wordsOf(text, segment)) {
    edge += word.length;
    edges.add(edge);
  }
  const places: Span[] = [];
  for (let start = text.indexOf(phrase); start >= 0; start = text.indexOf(phrase, start + phrase.length)) {
    const end = start + phrase.length;
    const isKept = kept.some((span) => start < span.end && end > span.start);
    if (edges.has(start) && edges.has(end) && !isKept && !isQuoted(text.slice(0, start)))
      places.push({ start, end });
  }
  return places;
}

/** A text said by these rules: words replaced and phrases left out, the marks around them mended. */
export function layRules(
  text: string,
  rules: readonly StyleRule[],
  segment: Segmenter,
  keptIn: (text: string) => readonly Span[] = () => [],
): string {
  return rules.reduce((said, rule) => {
    if (rule.kind === 'length') return said;
    const [phrase, put] = rule.kind === 'drop' ? [rule.phrase, ''] : [rule.from, rule.to];
    const places = placesOf(phrase, said, segment, keptIn(said));
    if (places.length === 0) return said;
    const changed = places.reduceRight(
      (whole, { start, end }) => whole.slice(0, start) + put + whole.slice(end),
      said,
    );
    return rule.kind === 'drop' ? mendedMarks(changed) : changed;
  }, text);
}

/** `，，`, or a mark at the beginning, where something went. */
function mendedMarks(text: string): string {
  return text
    .replace(/^[，、；：。\s]+/u, '')
    .replace(/[，、；：]+(?=[，。；！？])/gu, '')
    .replace(/(?<=[，、；：。])[，、；：]+/gu, '');
}

/** Titles and quotations are given letter by letter. */
function isQuoted(before: string): boolean {
  const count = (signs: RegExp) => before.match(signs)?.length ?? 0;
  return count(/[「『《“‘]/gu) > count(/[」』》”’]/gu);
}

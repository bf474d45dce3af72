import { simplified } from '../../text/simplified.ts';

/** What facts are read from: one spelling of letters and digits, simplified characters, no signs of Markdown. */
export function plainText(text: string): string {
  const bare = text
    .replace(/!?\[([^\]\n]*)\]\((?:https?:)?[^)\s]*\)/g, '$1')
    .replace(/https?:\/\/[^\s\p{Script=Han}，。；：、）」]+/gu, ' ')
    .replace(/[*`]+|__(?=\S)|(?<=\S)__/g, '')
    .replace(/^[ \t]*(?:#{1,6}|[-*+>•])[ \t]+/gm, '')
    .replace(/[０-９Ａ-Ｚａ-ｚ％＄．＋－～]/g, (sign) =>
      String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0),
    )
    .replace(/[\u00a0\u2002-\u200a\u3000\t]/g, ' ')
    .replace(/[‐‑‒–−]/g, '-')
    .replace(/’/g, "'");
  return simplified(bare);
}

/** The text with these stretches blanked out: positions stay, their letters and digits are read no more. */
export function without(text: string, spans: readonly { start: number; end: number }[]): string {
  let left = '';
  let from = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    if (start < from) continue;
    left += text.slice(from, start) + '\u0001'.repeat(end - start);
    from = end;
  }
  return left + text.slice(from);
}

/** Letters and digits only, lower case: for comparing word for word whatever the marks and blanks. */
export function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** A regular expression's alternatives for these words, the longest first. */
export function oneOf(words: readonly string[]): string {
  return words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('|');
}

/** The same, Latin words as whole ones only: `up` is not in `support`. */
export function oneOfWhole(words: readonly string[]): string {
  const latin = words.filter((word) => /^[a-z]/i.test(word));
  const han = words.filter((word) => !latin.includes(word));
  return [
    ...(han.length > 0 ? [oneOf(han)] : []),
    ...(latin.length > 0 ? [`\\b(?:${oneOf(latin)})\\b`] : []),
  ].join('|');
}

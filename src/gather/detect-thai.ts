/**
 * Whether undeclared bytes are Thai in TIS-620 (windows-874), which the statistical detector does not know. Told by how
 * Thai is written: vowels and tones above and below a letter follow a consonant, vowels written before it are followed by
 * one, and eleven codes mean nothing. Text in another encoding breaks these rules within a few characters. One pass.
 */
export function isThai(bytes: Uint8Array): boolean {
  let [letters, marks, broken] = [0, 0, 0];
  let [before, waiting] = [0, false];
  for (const byte of bytes) {
    if (byte >= 0x80) {
      letters += 1;
      if (isMark(byte)) {
        marks += 1;
        if (!isConsonant(before) && !isMark(before)) broken += 1;
      }
      if (waiting && !isConsonant(byte)) broken += 1;
      if (isUnused(byte)) broken += 1;
    }
    waiting = byte >= 0xe0 && byte <= 0xe4;
    before = byte;
  }
  return marks >= MIN_MARKS && marks >= MIN_MARK_SHARE * letters && broken <= MAX_BROKEN_SHARE * letters;
}

/** Fewer prove nothing. */
const MIN_MARKS = 8;
/** In running Thai every fourth or fifth sign is a mark; Western letters of the same codes are rarer or stand otherwise. */
const MIN_MARK_SHARE = 0.1;
/** Typing mistakes. */
const MAX_BROKEN_SHARE = 0.01;

function isConsonant(byte: number): boolean {
  return byte >= 0xa1 && byte <= 0xce;
}

function isMark(byte: number): boolean {
  return byte === 0xd1 || (byte >= 0xd4 && byte <= 0xda) || (byte >= 0xe7 && byte <= 0xee);
}

function isUnused(byte: number): boolean {
  return (byte >= 0x80 && byte < 0xa0) || (byte >= 0xdb && byte <= 0xde) || byte >= 0xfc;
}

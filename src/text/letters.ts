const LETTER = /^[\p{L}\p{N}]$/u;
const ASKED = { no: 1, yes: 2 } as const;

/** What was found out about each code unit, so that a window of many texts asks for each but once. */
const known = new Uint8Array(1 << 16);

/** Whether a code point is a letter or digit of any script. Cost: one look into a table of 64 KB. */
export function isLetter(code: number): boolean {
  if (code >= known.length) return LETTER.test(String.fromCodePoint(code));
  const answer = known[code];
  if (answer !== 0) return answer === ASKED.yes;
  const letter = LETTER.test(String.fromCharCode(code));
  known[code] = letter ? ASKED.yes : ASKED.no;
  return letter;
}

/** Whether a code unit is `a-z` or `0-9`: text in lower case has no other word of ASCII letters. */
export function isLatin(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || isDigit(code);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

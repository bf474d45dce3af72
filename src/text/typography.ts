const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const FULL_STOPS = '，。、；：？！…—“”‘’「」『』《》〈〉（）【】';

/** Addresses and code are left as they are. */
const UNTOUCHED = /(https?:\/\/[^\s\p{Script=Han}，。；：、）」]+|`[^`\n]*`)/gu;

const has = (pattern: string) => new RegExp(pattern, 'u');
const HAS_CJK = has(`[${CJK}]`);

type Rule = readonly [find: RegExp, put: string];

/** For every text. */
const EVERYWHERE: readonly Rule[] = [
  // Controls, zero-width marks and byte order marks say nothing to a reader.
  [/[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffc\ufffd]/g, ''],
  [/[\u00a0\u2002-\u200a\u3000\t]+/g, ' '],
  [/ {2,}/g, ' '],
  // `GPT - 4o`: a blank on both sides of a hyphen before a digit, after capitals.
  [/(?<=[A-Z]) - (?=\d)/g, '-'],
  [/(?<=\d) - (?=\d)/g, '-'],
];

/** Units the desk writes right after their number, as it does Chinese ones: `24GB`, `3.5GHz`, `20%`. */
const UNITS = '(?:[KMGTP]i?B|[kMG]W|[kMGT]Hz|[nmck]m|kg|ms)(?![A-Za-z0-9])|[%‰℃°]';

/** For text that holds Chinese. GB/T 15834 punctuation; no blank between Chinese and Latin, one way everywhere. */
const CHINESE: readonly Rule[] = [
  // Corner brackets are the quotation marks of other regions; GB/T 15834 §4.8 has these.
  [/「/g, '“'],
  [/」/g, '”'],
  [/『/g, '‘'],
  [/』/g, '’'],
  [new RegExp(`(?<![A-Za-z0-9'])'([^'\\n]*[${CJK}][^'\\n]*)'(?![A-Za-z0-9'])`, 'gu'), '‘$1’'],
  // One sign for ranges of numbers; a dash between words stays one.
  [/(?<=[\d%年月日时点万亿]) ?[–—~～] ?(?=\d)/gu, '-'],
  [new RegExp(`(?<=\\d) (?=${UNITS})`, 'gu'), ''],
  [/(?<=[$¥€£]) (?=\d)/g, ''],
  [/(?<=[A-Z]{2})(?:- | -)(?=\d)/g, '-'],
  // `o4 - mini - medium`, `XXL - JOB`: damage that machines do to names in Chinese text.
  [/(?<=[A-Za-z0-9]) - (?=[A-Za-z0-9])/g, '-'],
  [new RegExp(`(?<=[${CJK}]) +(?=[${CJK}A-Za-z0-9$¥€%@#+])`, 'gu'), ''],
  [new RegExp(`(?<=[A-Za-z0-9%+°)\\]]) +(?=[${CJK}])`, 'gu'), ''],
  [new RegExp(` *([${FULL_STOPS}]) *`, 'gu'), '$1'],
  // Half-width marks beside Chinese; a comma in 1,000 or a colon in 10:30 stays.
  [new RegExp(`(?<=[${CJK}”」》）]) ?, ?|(?<=[A-Za-z0-9%]) ?, ?(?=[${CJK}“「《])`, 'gu'), '，'],
  [new RegExp(`(?<=[${CJK}”」》）]) ?; ?|(?<=[A-Za-z0-9%]) ?; ?(?=[${CJK}“「《])`, 'gu'), '；'],
  [new RegExp(`(?<=[${CJK}”」》）]) ?: ?(?!//)|(?<=[A-Za-z%]) ?: ?(?=[${CJK}“「《])`, 'gu'), '：'],
  [new RegExp(`(?<=[${CJK}”」》）]) ?\\? ?`, 'gu'), '？'],
  [new RegExp(`(?<=[${CJK}”」》）]) ?! ?`, 'gu'), '！'],
  [new RegExp(`(?<=[${CJK}]{2})\\.(?=$|\\n|[${CJK}])`, 'gmu'), '。'],
  [new RegExp(`\\(([^()\\n]*[${CJK}][^()\\n]*)\\)`, 'gu'), '（$1）'],
  [/ *([（）]) */gu, '$1'],
  [new RegExp(`"([^"\\n]*[${CJK}][^"\\n]*)"`, 'gu'), '“$1”'],
  // GB/T 15834 §4.5: no 、 between quotations or between titles that stand side by side.
  [/(?<=[”》])、(?=[“《])/gu, ''],
  [/[，、；：]+(?=[，。；！？])/gu, ''],
  [/！{2,}/g, '！'],
  [/？{2,}/g, '？'],
  [/，{2,}/g, '，'],
  [/(?<!。)。{2}(?!。)/g, '。'],
  [/。{3,}|\.{3,}|…+/g, '……'],
  [/(?<!—)—(?!—)|-{2,}(?=[\p{Script=Han}])/gu, '——'],
];

/**
 * Mends the typography of a text without changing what it says: full-width letters and digits become ordinary ones,
 * `GPT - 4o` becomes `GPT-4o`, `2025 – 2027年` becomes `2025-2027年`, punctuation beside Chinese becomes full-width,
 * quotation marks those of GB/T 15834, in pairs; blanks between Chinese and Latin, number and unit go. Addresses and `code` are left alone. Idempotent; no letter or digit is lost.
 */
export function repairTypography(text: string): string {
  // A rule may make room for an earlier one (a mark that becomes full-width frees a blank), so until nothing moves.
  let mended = once(text);
  for (let round = 0; round < 4; round += 1) {
    const again = once(mended);
    if (again === mended) break;
    mended = again;
  }
  return mended;
}

function once(text: string): string {
  const chinese = HAS_CJK.test(text);
  return text
    .replace(/[０-９Ａ-Ｚａ-ｚ％＋＆＠＃＄＝＊／]|(?<=[0-9０-９])．(?=[0-9０-９])/g, (sign) =>
      String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0),
    )
    .split(UNTOUCHED)
    .map((part, n) =>
      n % 2 === 1 ? part : applyRules(part, chinese ? [...EVERYWHERE, ...CHINESE] : EVERYWHERE),
    )
    .join('')
    .split('\n')
    .map((line) => (chinese ? pairedQuotes(line) : line).trim())
    .join('\n')
    .trim();
}

function applyRules(text: string, rules: readonly Rule[]): string {
  return rules.reduce((mended, [find, put]) => mended.replace(find, put), text);
}

/** `”青石“`: in a line with as many quotation marks as make pairs, they open and close by turns. */
function pairedQuotes(line: string): string {
  const marks = line.match(/[“”]/g)?.length ?? 0;
  if (marks === 0 || marks % 2 === 1) return line;
  let opens = false;
  return line.replace(/[“”]/g, () => {
    opens = !opens;
    return opens ? '“' : '”';
  });
}

/** Without emoji and decoration; for headlines. */
export function withoutDecoration(text: string): string {
  return text
    .replace(
      /[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f\u20e3★☆●■◆▶►▼▲※❗❤]/gu,
      '',
    )
    .replace(/ {2,}/g, ' ')
    .trim();
}

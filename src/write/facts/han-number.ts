const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const PLACES: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const MYRIADS: Record<string, number> = { 万: 1e4, 亿: 1e8 };

/**
 * The value of a number in Chinese characters: 三千二百万 = 32,000,000, 二〇二六 = 2026, 两 = 2, 一点五 = 1.5.
 * undefined when the characters are no number.
 */
export function readHanNumber(text: string): number | undefined {
  const [whole = '', fraction] = text.split('点');
  const value = /^[零〇一二三四五六七八九]{2,}$/.test(whole)
    ? Number([...whole].map((sign) => DIGITS[sign]).join(''))
    : readWhole(whole);
  if (value === undefined || fraction === undefined) return value;
  const digits = [...fraction].map((sign) => DIGITS[sign]);
  return digits.length === 0 || digits.includes(undefined)
    ? undefined
    : value + Number(`0.${digits.join('')}`);
}

function readWhole(text: string): number | undefined {
  if (text === '') return undefined;
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const sign of text) {
    const place = PLACES[sign];
    const myriad = MYRIADS[sign];
    if (sign in DIGITS) digit = DIGITS[sign];
    else if (place !== undefined) {
      section += (digit ?? 1) * place;
      digit = undefined;
    } else if (myriad !== undefined) {
      section += digit ?? (total + section === 0 ? 1 : 0);
      // 一亿二千万: 万 counts its own section; 三万亿: 亿 counts all before it.
      total = myriad === 1e8 ? (total + section) * myriad : total + section * myriad;
      section = 0;
      digit = undefined;
    } else return undefined;
  }
  return total + section + (digit ?? 0);
}

import type { NameFinder } from '../../text/names.ts';
import { isOrder } from '../read-sentences.ts';
import type { Style } from '../style.ts';

/** Top-level domains under which a bare `name.tld` is an address; `.ai` and others are addresses only with more to them. */
const ADDRESS =
  /[a-z][a-z0-9+.-]*:\/\/|\bwww\s*\.|(?<![\w.])[\w-]+(?:\s?\.\s?[\w-]+)*\s?\.\s?(?:com|cn|net|org|info|xyz|top|vip|shop|site|cc|link|io|dev|app|me|ai|co|tv|example|test|invalid|biz|online|club|ru)\b(?![\w-])|\w@\w|[\w-]\s?(?:点|\[\.\]|\(dot\)|\[dot\]| dot )\s?(?:com|cn|net|org)\b/giu;
/** Signs of markup, code and chat formats. */
const MARKUP = /[<>{}`|\\]|\]\(|\*\*|^#{1,6}\s/mu;
const SECRETIVE = /\p{Cf}|[\p{Cc}]/u;

/** What no line of a brief may hold, whatever its sources say; Chinese, for an editor and for the model. */
export function formProblems(text: string, style: Style, findNames: NameFinder): string[] {
  const problems: string[] = [];
  const names = findNames(text);
  const addresses = [...text.matchAll(ADDRESS)].filter(
    ({ index, 0: found }) =>
      /[/@]|www/i.test(found) ||
      !names.some(({ start, end }) => start <= index && end >= index + found.length),
  );
  if (addresses.length > 0) problems.push(`不能有网址：「${addresses[0]?.[0]}」`);
  if (MARKUP.test(text)) problems.push('不能有标记或代码');
  if (SECRETIVE.test(text)) problems.push('有看不见的字符');
  const banned = style.summary.banned.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
  if (banned.length > 0) problems.push(`不能有「${banned.join('」「')}」`);
  if (isOrder(text, style)) problems.push('不能叫读者做什么（点击、扫码、欢迎……）');
  if (!isChinese(text)) problems.push('要写中文');
  return problems;
}

/** Names may be Latin; what is said of them is not. */
function isChinese(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[A-Za-z]+/g)?.length ?? 0;
  const foreign =
    /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Arabic}]/u;
  return han >= 4 && han > words && !foreign.test(text);
}

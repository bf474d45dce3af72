import { withoutDecoration } from './typography.ts';

/** The text without Markdown's signs, which some feeds carry as they are: emphasis, code, links, headings, bullets. */
export function plainProse(text: string): string {
  return (
    text
      .replace(/!\[[^\]\n]*\]\([^)\s]*\)/g, '')
      .replace(/\[([^\]\n]+)\]\((?:https?:)?[^)\s]*\)/g, '$1')
      .replace(/\*\*|__(?=\S)|(?<=\S)__|`+/g, '')
      .replace(/^[ \t]*(?:#{1,6}|[-*+>•]|\d+\.)[ \t]+/gm, '')
      .replace(/【[^】\n]{0,8}导[读语]】/g, '\n')
      // `摘要一、某事`: the heading of a list that lost its line.
      .replace(/^(?:摘要|导语|核心观点|要点)[：:\s]*(?:[一1][、.])?/gmu, '')
  );
}

/** `⭐ 今日获得 103 颗星 · 总计 60,695 · 说明`: the counts a listing puts before its text. */
export function withoutCounts(text: string): string {
  return withoutDecoration(text).replace(/^(?:[^·\n]{0,16}\d[\d,]*[^·\n。]{0,14}·\s*)+/u, '');
}

/** `青石报道，`, `青石讯 3月10日消息，`: who reports is no news. */
export function withoutByline(sentence: string): string {
  return (
    sentence
      .replace(/^[\p{L}\p{N}]{2,8}报道(?=\s|$)\s*/u, '')
      // `据某社报道，` is no byline: without it hearsay would be told as fact.
      .replace(/^(?!根?据|援引)[\p{L}\p{N}\s]{2,16}(?:编译|报道|整理|出品|获悉)[，,：:\s]+(?=\S{8})/u, '')
      .replace(/^.{0,14}?\d{1,2}月\d{1,2}日(?:消息|讯|电)[，,：:]?\s*/u, '')
  );
}

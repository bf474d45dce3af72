import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { withoutDecoration } from '../text/typography.ts';
import type { WritingDesk } from './writing-desk.ts';

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
  return withoutDecoration(text).replace(/^(?:[^·\n]{0,16}\d[\d,]*[^·\n。]{0,6}·\s*)+/u, '');
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

/** `灯报报道青石…` in 灯报 itself says nothing but who speaks, and everybody sees that. */
export function withoutOwnName(text: string, publisher: string): string {
  if (publisher === '') return text;
  const own = `(?<=^|[。\\n])${escapeRegExp(publisher)}(?:报道|報導|原创|出品) ?(?![称，,：:])`;
  return text.replaceAll(new RegExp(own, 'gu'), '');
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function withoutLink(sentence: string, desk: WritingDesk): string {
  const link = desk.style.summary.links
    .filter((word) => sentence.startsWith(word))
    .toSorted((a, b) => b.length - a.length)[0];
  if (link === undefined) return sentence;
  const rest = sentence.slice(link.length);
  // Without a comma after it the word may be part of another (但丁, 而立之年), or carry the clause.
  return /^[，,：:]/.test(rest) ? rest.replace(/^[，,：:\s]+/, '') : sentence;
}

/** A feed's text often breaks off (`……`, no full stop): the torn sentence goes unless it is all there is. */
export function withoutTornEnd(text: string): string {
  if (!/(?:…|\.{3}|\[…\])\s*$/.test(text)) return text;
  const sentences = sentencesOf(text);
  if (sentences.length > 1) return sentences.slice(0, -1).join('\n');
  const clauses = clausesOf(text);
  const whole = clauses
    .slice(0, -1)
    .join('')
    .replace(/(?<=[，；。])[^，；。]{1,5}[，；]$/u, '');
  return whole !== '' ? whole : text.replace(/(?:…|\.{3}|\[…\])+\s*$/, '');
}

import { visibleLength } from '../text/length.ts';
import { repairTypography, withoutDecoration } from '../text/typography.ts';
import { readStatement } from './statement.ts';
import type { WritingDesk } from './writing-desk.ts';

/** The title without what is not the event: column labels, site names, openers, emoji. */
export function cleanTitle(title: string, desk: WritingDesk): string {
  let text = unquoted(withoutDecoration(repairTypography(withClauses(title.replace(SHORTCODE, '')))));
  // `公告徵件 115年04月08日`: when a listing put it up.
  text = text.replace(/(?<=.{10})[\s_]*\d{2,4}年\d{1,2}月\d{1,2}日$/u, '');
  text = text.replace(/^(?:【[^】]{1,12}】|\[[^\]]{1,12}\]|「[^」]{1,6}」[|｜丨])\s*/u, '');
  text = withColon(text);
  text = withoutSite(text, desk);
  text = longestColumn(text);
  for (let again = true; again; ) {
    const opened = stripOpener(text, desk.style.headline.openers);
    again = opened !== text;
    text = opened;
  }
  return stripEnd(text.trim());
}

/** `:fire: 某某`: an emoji that was not drawn. */
const SHORTCODE = /^(?::[a-z_+-]+: ?)+/;

/** Without marks and blanks at either end. */
export function stripEnd(text: string): string {
  return text.replace(
    /^[\s，,。；;：:！!、·…]+|(?<![\s，,。；;：:！!、·…|｜丨])[\s，,。；;：:！!、·…|｜丨]+$/gu,
    '',
  );
}

/**
 * `某某筹集8亿美元融资 采购一万块芯片`: a blank between two long pieces of Chinese is a comma left out; before a number only
 * in a title that does not set its numbers apart everywhere.
 */
function withClauses(title: string): string {
  const setsApart = /[A-Za-z\d] \p{Script=Han}/u.test(title);
  const blank = setsApart
    ? /(?<=\p{Script=Han}{2}) (?=\p{Script=Han})/gu
    : /(?<=\p{Script=Han}{2}) (?=\p{Script=Han}|\d[\d.]*\p{Script=Han})/gu;
  return title.replace(blank, (found, at: number) => {
    const before = title.slice(0, at);
    const after = title.slice(at + 1);
    return visibleLength(before) >= LEAST_CLAUSE && visibleLength(after) >= LEAST_CLAUSE ? '，' : found;
  });
}

/** Shorter pieces are words set apart (`早报 周一`), not clauses. */
const LEAST_CLAUSE = 7;

/** `「青石发布远帆3」`: quotation marks round all of it quote nobody. */
export function unquoted(text: string): string {
  return /^“[^“”]*”$|^「[^「」]*」$|^『[^『』]*』$|^"[^"]*"$|^《[^《》]{20,}》$/u.test(text)
    ? text.slice(1, -1)
    : text;
}

/** `Show HN: Harbor`: where it was shown is no news. */
export const FORUM_LABEL = /^(?:(?:Show|Ask|Tell|Launch) HN|[问展示]+ ?(?:Hacker ?News|HN))[：:] ?/i;

/** `Harbor——面向主权的模型`, `Harbor – 某某`: the dash says what the thing is. */
function withColon(text: string): string {
  return text
    .replace(FORUM_LABEL, '')
    .replace(/^([A-Z][\w. -]{1,22}\w\p{Script=Han}{0,3})(?:\s*——\s*| +[–—] *)(?=\p{Script=Han}|\d)/u, '$1：');
}

/**
 * `标题 - 某某网`, `标题_某某网`, `标题——某某网`: the site's name at the end; `BERT-base` and `RAG_v2` are names, and a name
 * says nothing.
 */
function withoutSite(text: string, desk: WritingDesk): string {
  return text.replace(
    /(?:\s+[-_—–]+\s*|([—–]+)|(?<=\p{Script=Han})_+)([^-_—–，。：\s][^-_—–，。：]{1,11})$/u,
    (all, dash: string | undefined, name: string, at: number) =>
      at < LEAST_TITLE || (dash !== undefined && readStatement(name, desk).shape !== 'bare') ? all : '',
  );
}

/** What is shorter is a name, and what follows it tells of it. */
const LEAST_TITLE = 5;

/** `ICLR 2026｜标题`, `标题丨早起看早期`: the longest part is the title. */
function longestColumn(text: string): string {
  const parts = text.split(/[|｜丨]/u).map((part) => part.trim());
  return parts.toSorted((a, b) => visibleLength(b) - visibleLength(a))[0] ?? text;
}

function stripOpener(text: string, openers: readonly string[]): string {
  const opener = openers.find(
    (word) => text.startsWith(word) && /^[，,！!：:。…\s]/u.test(text.slice(word.length)),
  );
  return opener === undefined ? text : text.slice(opener.length).replace(/^[，,！!：:。…\s]+/u, '');
}

import { visibleLength } from '../text/length.ts';
import { repairTypography, withoutDecoration } from '../text/typography.ts';
import type { WritingDesk } from './writing-desk.ts';

/** The title without what is not the event: column labels, site names, openers, emoji. */
export function cleanTitle(title: string, desk: WritingDesk): string {
  let text = withoutDecoration(repairTypography(withClauses(title)));
  text = text.replace(/^(?:【[^】]{1,12}】|\[[^\]]{1,12}\]|「[^」]{1,6}」[|｜丨])\s*/u, '');
  text = withoutSite(text);
  text = longestColumn(text);
  for (let again = true; again; ) {
    const opened = stripOpener(text, desk.style.headline.openers);
    again = opened !== text;
    text = opened;
  }
  return stripEnd(text.trim());
}

/** Without marks and blanks at either end. */
export function stripEnd(text: string): string {
  return text.replace(
    /^[\s，,。；;：:！!、·…]+|(?<![\s，,。；;：:！!、·…|｜丨])[\s，,。；;：:！!、·…|｜丨]+$/gu,
    '',
  );
}

/** `某某筹集8亿美元融资 采购一万块芯片`: a blank between two long pieces of Chinese is a comma left out. */
function withClauses(title: string): string {
  return title.replace(/(?<=\p{Script=Han}{2}) (?=\p{Script=Han}{3})/gu, (blank, at: number) => {
    const before = title.slice(0, at);
    const after = title.slice(at + 1);
    return visibleLength(before) >= LEAST_CLAUSE && visibleLength(after) >= LEAST_CLAUSE ? '，' : blank;
  });
}

/** Shorter pieces are words set apart (`早报 周一`), not clauses. */
const LEAST_CLAUSE = 7;

/** `标题 - 某某网`, `标题_某某网`, `标题——某某网`: the site's name at the end; `BERT-base` and `RAG_v2` are names. */
function withoutSite(text: string): string {
  return text.replace(
    /(?:\s+[-_—–]+\s*|[—–]+|(?<=\p{Script=Han})_+)[^-_—–，。：\s][^-_—–，。：]{1,11}$/u,
    '',
  );
}

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

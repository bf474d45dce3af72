import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import type { WritingDesk } from './writing-desk.ts';

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

/**
 * A feed's text often breaks off, with `……` or in the middle of a word: the torn sentence goes. Of a text that is one torn
 * Chinese sentence its whole clauses stay; of any other nothing does.
 */
export function withoutTornEnd(whole: string): string {
  const text = whole.replace(READ_ON, '');
  const sentences = sentencesOf(text);
  const last = sentences.at(-1) ?? '';
  if (!isTorn(last, sentences.at(-2))) return text;
  if (sentences.length > 1) return sentences.slice(0, -1).join('\n');
  if (!/\p{Script=Han}/u.test(text)) return '';
  return beforeTorn(clausesOf(text))
    .join('')
    .replace(/(?<=[，；。])[^，；。]{1,5}[，；]$/u, '');
}

/** The clauses without the last one, and without those before it that wait for it: `上线仅一周，就……`, `他表示，……`. */
function beforeTorn(clauses: readonly string[]): readonly string[] {
  const [torn = '', last = ''] = [clauses.at(-1), clauses.at(-2)];
  const kept = clauses.slice(0, -1);
  return HANGS_ON.test(torn) || WAITS.test(last) ? beforeTorn(kept) : kept;
}

const HANGS_ON = /^(?:[就便才但却则]|不过|然而)/u;
const WAITS = /(?:表示|称|指出|宣布|公布|披露|确认|发现|认为|透露|[时后中下]|之际|以来)[，；]$/u;

/** What sites put behind a text that they broke off. */
const READ_ON = /(?<=[…\].])\s*(?:read more|continue reading|阅读全文|閱讀全文|阅读更多|查看全文)\W*$/iu;
/** `…`, `...`, `[...]`. */
const BREAKS_OFF =
  /(?:…|\.{2,}|[[(（【](?:…|\.{2,}|&#8230;|&hellip;)[\])）】]|&#8230;|&hellip;)[\s”"'」]*$/iu;
const ENDED = /[.!?。！？…][”’"'」』）)\]]*$|[”」』）)]$/u;
/** No sentence ends so. */
const ENDS_IN_THE_AIR =
  /\b(?:a|an|the|and|or|of|to|in|for|with|on|at|by|from|that|which|is|are|was|were|then|but|as|into|our|their|its|we|i)$/iu;
/** What is longer and has no full stop was cut off, in characters or letters; shorter it is a tagline. */
const TAGLINE_MOST = { han: 100, latin: 160 } as const;

function isTorn(last: string, before: string | undefined): boolean {
  if (BREAKS_OFF.test(last)) return true;
  if (last === '' || ENDED.test(last)) return false;
  // After a whole sentence one without an end was cut off; lines that all have none are a list.
  if (before !== undefined) return ENDED.test(before);
  const most = /\p{Script=Han}/u.test(last) ? TAGLINE_MOST.han : TAGLINE_MOST.latin;
  return visibleLength(last) > most || ENDS_IN_THE_AIR.test(last);
}

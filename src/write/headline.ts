import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { simplified } from '../text/simplified.ts';
import { onlyOpens } from './can-stand.ts';
import { cleanTitle, stripEnd } from './clean-title.ts';
import { headlineFromText } from './headline-from-text.ts';
import { isUsable } from './read-sentences.ts';
import { shorterForms } from './shorten.ts';
import { escapeRegExp, withoutByline, withoutCounts, withoutLink } from './source-text.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Real titles are shorter; more is a text that lost its title. */
const LONGEST = 120;
/** Clauses of a title that are tried; what comes later is hardly its news. */
const CLAUSES_READ = 12;
/** What is still better than a clause cut in two: this many characters in all, and this many more than the house wants. */
const TOLERATED = { least: 6, more: 8 } as const;

/**
 * A headline of as many characters as the house style asks for (11-20) from the article's own title, else from its first sentence: decorations and
 * attention-seekers go, then whole clauses, then words that add nothing. Never cut inside a clause: a title that cannot
 * be shortened so stays longer.
 */
export function writeHeadline(title: string, text: string, desk: WritingDesk): string {
  const clean = cleanTitle(title, desk);
  // A post has no title.
  if (clean === '') return bounded(headlineFromText(text.slice(0, LEAD_READ), desk));
  const fromTitle = best(clean, desk, 0);
  // A short name (`cline/cline`) or a bare exclamation says too little: let the first sentence speak with it.
  const lead = leadOf(text, desk);
  // Of the first sentence only what says that something happened: its bare subject is no headline.
  const fromLead = best(stripEnd(lead), desk, LEAD_PENALTY).filter(
    ({ text: candidate, place }) =>
      place === 0 && desk.style.summary.actions.some((verb) => candidate.includes(verb)),
  );
  const candidates = [...fromTitle, ...combine(clean, lead, desk), ...fromLead];
  const chosen = candidates.toSorted((a, b) => b.score - a.score)[0];
  return bounded(chosen?.text ?? stripEnd(clean));
}

/** A whole article in the title's place cannot be a headline; only here a clause is cut, and the cut is shown. */
function bounded(headline: string): string {
  const letters = [...headline];
  return letters.length <= LONGEST ? headline : `${letters.slice(0, LONGEST - 1).join('')}…`;
}

function leadOf(text: string, desk: WritingDesk): string {
  const sentences = sentencesOf(withoutCounts(text.slice(0, LEAD_READ)));
  const first = sentences.find((sentence) => isUsable(sentence, desk)) ?? '';
  return cleanTitle(withoutLink(withoutByline(first), desk), desk);
}

/** The first usable sentence stands near the top or nowhere. */
const LEAD_READ = 2000;

/** `place`: which clause it begins with. */
type Candidate = { text: string; score: number; place: number };

/** The outlet's whole title says what the outlet meant. */
const WHOLE_TITLE = 0.5;
/** A later clause that leaves out who (`支持离线运行`) says nothing alone: worse than any length. */
const NO_SUBJECT = 8;
/** The outlet's own words for its title are preferred to our choice of clause. */
const LEAD_PENALTY = 2;

function best(text: string, desk: WritingDesk, penalty: number): Candidate[] {
  const groups = groupsOf(text, desk);
  return groups
    .flatMap(({ text: group, place, turned, isSaidOf }) =>
      [
        group,
        ...(visibleLength(group) <= LONGEST
          ? shorterForms(group, desk.style.length.headline.most, desk)
          : []),
      ].map((candidate) => ({ candidate, place, turned, isSaidOf })),
    )
    .map(({ candidate, place, turned, isSaidOf }) => ({
      text: candidate,
      place,
      score:
        scoreOf(candidate, desk) -
        place * 0.35 -
        penalty +
        (candidate === text ? WHOLE_TITLE : 0) -
        (isExplained(candidate, text) ? EXPLAINED : 0) -
        (place > 0 && (isSaidOf || needsWhatCameBefore(simplified(candidate), desk)) ? NO_SUBJECT : 0) -
        (place === 0 && isNameless(candidate, text, desk) ? NAMELESS : 0) -
        (turned ? TURNED : 0),
    }))
    .filter(({ text: candidate }) => visibleLength(candidate) >= TOLERATED.least);
}

type Group = { text: string; place: number; turned: boolean; isSaidOf: boolean };

/** Every run of neighbouring clauses, as one text without its last mark. */
function groupsOf(text: string, desk: WritingDesk): Group[] {
  const clauses = sentencesOf(text)
    .flatMap(clausesOf)
    .flatMap((clause) => clause.split(/(?<=[|｜丨])| (?=\p{Script=Han})|(?<=\p{Script=Han}[！!]) /u))
    .slice(0, CLAUSES_READ);
  const groups: Group[] = [];
  for (let from = 0; from < clauses.length; from += 1)
    for (let to = from + 1; to <= Math.min(clauses.length, from + 4); to += 1)
      groups.push({
        text: stripEnd(clauses.slice(from, to).join('').replace(SAYS, '$1：')),
        place: from,
        turned: TURN.test(clauses[to] ?? ''),
        isSaidOf: isSaidOf(clauses[from - 1] ?? '', clauses[from] ?? '', desk),
      });
  return groups;
}

/** Who says so comes before, or what is spoken of: then a clause that does not say it itself is not whole. */
function isSaidOf(before: string, clause: string, { findNames, style }: WritingDesk): boolean {
  if (SAID_BY.test(simplified(before))) return true;
  const plain = simplified(clause);
  const saysWho =
    /^.{0,6}[A-Z]/.test(plain) ||
    (findNames(plain)[0]?.start ?? NAMED_BY) < NAMED_BY ||
    style.summary.actions.some((verb) => plain.indexOf(verb) >= 2);
  return /[：:]$/.test(before) && !saysWho;
}
const SAID_BY = /(?:表示|称|指出|认为|透露|强调|宣布)[，,]$/u;
const NAMED_BY = 8;

/** `某某表示，某事`: the colon says who says so, too. */
const SAYS = /^([^，：]{2,16}?)(?:表示|指出|认为|透露)，(?!但|却|$)/u;

/** `一次性收费后改按量计费`, where only a later clause says whose: a name that the title has is missing. */
function isNameless(candidate: string, title: string, desk: WritingDesk): boolean {
  return (
    STARTS_WITHOUT_SUBJECT.test(simplified(candidate)) &&
    desk.findNames(candidate).length === 0 &&
    desk.findNames(title).length > 0
  );
}
const NAMELESS = 3;

function scoreOf(said: string, desk: WritingDesk): number {
  const text = simplified(said);
  const { headline, summary } = desk.style;
  const names = desk.findNames(text);
  const teasers = headline.teasers.filter((word) => text.includes(word)).length;
  return (
    lengthScore(visibleLength(said), desk) +
    (names.length > 0 ? 1.6 : 0) +
    (names[0]?.start === 0 ? 0.5 : 0) +
    (/[\d一二三四五六七八九十百千万亿]/.test(text) ? 0.4 : 0) +
    (summary.actions.some((verb) => text.includes(verb)) ? 1 : 0) -
    Math.min(teasers, 3) * 0.6 -
    (/[？?]/.test(text) ? 3 : 0) -
    (summary.danglers.some((word) => text.startsWith(word)) ? 1.5 : 0) -
    (summary.subordinate.some((word) => text.startsWith(word)) ? 1 : 0) -
    (STARTS_WITHOUT_SUBJECT.test(text) ? 1.5 : 0) -
    (/\p{Script=Han}/u.test(text) ? 0 : 6) -
    (ENDS_IN_THE_AIR.test(text) || ONLY_WHERE.test(text) || onlyOpens(text, desk) ? TORN : 0) -
    (unbalanced(text) ? 4 : 0)
  );
}

/** A clause that begins with its verb leaves out who. */
const STARTS_WITHOUT_SUBJECT =
  /^(?:支持|提供|新增|让|将|把|被|并|还|可|能|揭示|实现|采用|包括|首次|发布|推出|打造|助力|聊聊|看|用|到|旗下|跑|超越|要不是|难怪|但|旨在|致力于|通过|基于|面向|挑战|探索|允许|无需|由|直击|涉|公开|最终|一次性|众筹|拿下|获得?|完成|卖出|狂揽)/;
/** `某某来了：成本降三成`: what stands after the colon is said of what stands before it. */
function isExplained(clause: string, title: string): boolean {
  return /^.{2,16}：$/u.test(title.slice(0, title.indexOf(clause))) && !/[“”]/.test(title);
}
const EXPLAINED = 2;

/** `该功能可展示答案`, `支持离线运行`: clear only to who read the clause before. */
function needsWhatCameBefore(clause: string, { style }: WritingDesk): boolean {
  return (
    STARTS_WITHOUT_SUBJECT.test(clause) ||
    /这一(?!次|年|天)|这(?:款|项|场|笔|起|家)|上述/.test(clause) ||
    style.summary.danglers.some((word) => clause.startsWith(word))
  );
}

/** `原本将完成融资`, and then `但`: without its turn the news is another. */
const TURN = /^(?:但|却|卻|不过|不過|然而|而是|除非)/;
const TURNED = 4;

/** Half a sentence is worse than any length. */
const TORN = 7;
/** Something must follow: `某某表示`, `模型出来之后`. */
const ENDS_IN_THE_AIR =
  /(?:后|之前|以来|(?:会议|大会|发布会|论坛|名单|协议|报告|采访)[上中]|之际|表示|称|宣布|发文|澄清|解释|确认|指出|显示|认为|透露|强调|来看|方面|的话|的时候|时|在[^，]{1,14}[上中里下])$/;

/** `在4日召开的会议上`, `随着名单的排查`: what happened there is missing. */
const ONLY_WHERE = /^(?:在|自|从|随着|继|关于|对于|对)[^，]*$/u;

/** So many characters more cost less than half the news. */
const A_LITTLE_MORE = 4;
/** Full marks inside the house's length; outside, the farther the worse: a stump says less than what is a little too long. */
function lengthScore(length: number, { style }: WritingDesk): number {
  const { least, most } = style.length.headline;
  if (length >= least && length <= most) return 4;
  if (length < least) return 1.6 - (least - length) * 0.5;
  const more = length - most;
  const base = more <= A_LITTLE_MORE ? 2.2 : more <= TOLERATED.more ? 1.9 : 0.8;
  return base - more * 0.15;
}

const REPOSITORY = /^[\w.-]+\/([\w.-]+)(?:（[^）]*）)?$/;

/** `cline：在IDE中运行的编程代理`: a bare name and the first clause that explains it. */
function combine(title: string, lead: string, desk: WritingDesk): Candidate[] {
  const { least, most } = desk.style.length.headline;
  const repository = REPOSITORY.exec(title)?.[1];
  const name = repository ?? title;
  if (name === '' || (repository === undefined && visibleLength(name) >= least)) return [];
  const clause = stripEnd(clausesOf(lead)[0] ?? '').replace(
    new RegExp(`^${escapeRegExp(name)}[：:]`, 'i'),
    '',
  );
  const text = clause.toLowerCase().startsWith(name.toLowerCase()) ? clause : `${name}：${clause}`;
  const length = visibleLength(text);
  const bonus = repository === undefined ? 1 : 3;
  return clause !== '' && length <= most + TOLERATED.more
    ? [{ text, place: 0, score: lengthScore(length, desk) + bonus }]
    : [];
}

function unbalanced(text: string): boolean {
  return ['“”', '「」', '《》', '（）', '‘’', '『』'].some(
    (pair) => count(text, pair.charAt(0)) !== count(text, pair.charAt(1)),
  );
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { repairTypography, withoutDecoration } from '../text/typography.ts';
import { withoutCounts } from './source-text.ts';
import { isUsable } from './summary.ts';
import type { WritingDesk } from './writing-desk.ts';

/** What a headline should measure, in characters. */
export const HEADLINE = { least: 11, most: 20 } as const;
/** What is still better than a clause cut in two. */
const TOLERATED = { least: 6, most: 28 } as const;

/**
 * A headline of 11-20 characters from the article's own title, else from its first sentence: decorations and
 * attention-seekers go, then whole clauses, then words that add nothing. Never cut inside a clause: a title that cannot
 * be shortened so stays longer.
 */
export function writeHeadline(title: string, text: string, desk: WritingDesk): string {
  const clean = cleanTitle(title, desk);
  const fromTitle = best(clean, desk, 0);
  // A short name (`cline/cline`) or a bare exclamation says too little: let the first sentence speak with it.
  const lead = sentencesOf(withoutCounts(text)).find((sentence) => isUsable(sentence, desk)) ?? '';
  const fromLead = best(stripEnd(lead), desk, LEAD_PENALTY);
  const candidates = [...fromTitle, ...combine(clean, lead), ...fromLead];
  const chosen = candidates.toSorted((a, b) => b.score - a.score)[0];
  return chosen?.text ?? stripEnd(clean);
}

type Candidate = { text: string; score: number };

/** The outlet's own words for its title are preferred to our choice of clause. */
const LEAD_PENALTY = 1.2;

function best(text: string, desk: WritingDesk, penalty: number): Candidate[] {
  const groups = groupsOf(text);
  return groups
    .flatMap(({ text: group, place }) => {
      const short = shorten(group, desk);
      return (short === group ? [group] : [group, short]).map((candidate) => ({ candidate, place }));
    })
    .map(({ candidate, place }) => ({
      text: candidate,
      score: scoreOf(candidate, desk) - place * 0.35 - penalty + (candidate === text ? 0.5 : 0),
    }))
    .filter(({ text: candidate }) => visibleLength(candidate) >= TOLERATED.least);
}

/** Every run of neighbouring clauses, as one text without its last mark. */
function groupsOf(text: string): { text: string; place: number }[] {
  const clauses = sentencesOf(text)
    .flatMap(clausesOf)
    .flatMap((clause) => clause.split(/(?<=[|｜丨])| (?=\p{Script=Han})|(?<=\p{Script=Han}[！!]) /u));
  const groups: { text: string; place: number }[] = [];
  for (let from = 0; from < clauses.length; from += 1)
    for (let to = from + 1; to <= Math.min(clauses.length, from + 4); to += 1)
      groups.push({ text: stripEnd(clauses.slice(from, to).join('')), place: from });
  return groups;
}

function scoreOf(text: string, desk: WritingDesk): number {
  const { headline, summary } = desk.style;
  const names = desk.findNames(text);
  const teasers = headline.teasers.filter((word) => text.includes(word)).length;
  return (
    lengthScore(visibleLength(text)) +
    (names.length > 0 ? 1.6 : 0) +
    (names[0]?.start === 0 ? 0.5 : 0) +
    (/[\d一二三四五六七八九十百千万亿]/.test(text) ? 0.4 : 0) +
    (summary.actions.some((verb) => text.includes(verb)) ? 1 : 0) -
    Math.min(teasers, 3) * 0.6 -
    (/[？?]/.test(text) ? 0.6 : 0) -
    (summary.danglers.some((word) => text.startsWith(word)) ? 1.5 : 0) -
    (summary.subordinate.some((word) => text.startsWith(word)) ? 1 : 0) -
    (STARTS_WITHOUT_SUBJECT.test(text) ? 1.5 : 0) -
    (ENDS_IN_THE_AIR.test(text) ? 3 : 0) -
    (unbalanced(text) ? 4 : 0)
  );
}

/** A clause that begins with its verb leaves out who. */
const STARTS_WITHOUT_SUBJECT =
  /^(?:支持|提供|新增|让|将|把|被|并|还|可|能|揭示|实现|采用|包括|首次|发布|推出|打造|助力|聊聊|看|用|到|要不是|难怪|但|旨在|致力于)/;
/** Something must follow: `某某表示`, `模型出来之后`. */
const ENDS_IN_THE_AIR =
  /(?:后|之前|以来|之际|表示|称|确认|指出|显示|认为|透露|强调|来看|方面|的话|的时候|时)$/;

/** Full marks inside 11-20; outside, the farther the worse: a stump says less than a headline a little too long. */
function lengthScore(length: number): number {
  if (length >= HEADLINE.least && length <= HEADLINE.most) return 4;
  if (length < HEADLINE.least) return 2 - (HEADLINE.least - length) * 0.5;
  return (length <= TOLERATED.most ? 2.4 : 0.8) - (length - HEADLINE.most) * 0.15;
}

const REPOSITORY = /^[\w.-]+\/([\w.-]+)(?:（[^）]*）)?$/;

/** `cline：在IDE中运行的编程代理`: a bare name and the first clause that explains it. */
function combine(title: string, lead: string): Candidate[] {
  const repository = REPOSITORY.exec(title)?.[1];
  const name = repository ?? title;
  if (name === '' || (repository === undefined && visibleLength(name) >= HEADLINE.least)) return [];
  const clause = stripEnd(clausesOf(lead)[0] ?? '').replace(
    new RegExp(`^${escapeRegExp(name)}[：:]`, 'i'),
    '',
  );
  const text = clause.toLowerCase().startsWith(name.toLowerCase()) ? clause : `${name}：${clause}`;
  const length = visibleLength(text);
  const bonus = repository === undefined ? 1 : 3;
  return clause !== '' && length <= TOLERATED.most ? [{ text, score: lengthScore(length) + bonus }] : [];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The title without what is not the event: column labels, site names, openers, emoji. */
export function cleanTitle(title: string, desk: WritingDesk): string {
  let text = withoutDecoration(repairTypography(title));
  text = text.replace(/^(?:【[^】]{1,12}】|\[[^\]]{1,12}\]|「[^」]{1,6}」[|｜丨])\s*/u, '');
  text = text.replace(/\s*[-_—–]+\s*[^-_—–，。：]{2,12}$/u, (tail) =>
    /^[\s—–_]|^\s*-\s/u.test(tail) ? '' : tail,
  );
  text = longestColumn(text);
  for (let again = true; again; ) {
    const opened = stripOpener(text, desk.style.headline.openers);
    again = opened !== text;
    text = opened;
  }
  return stripEnd(text.trim());
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

/** Words that add nothing go, one after the other, until it fits; brackets first. */
function shorten(text: string, desk: WritingDesk): string {
  if (visibleLength(text) <= HEADLINE.most) return text;
  let short = text.replace(/（[^（）]*）/gu, '');
  // `某某发布智能合约安全基准EVMbench` → `某某发布EVMbench`: the name says what the description says.
  if (visibleLength(short) > HEADLINE.most)
    short = short.replace(/(发布|推出|开源|上线|收购)[^，：A-Za-z\d]{4,}(?=[A-Z][\w .+-]{2,}$)/u, '$1');
  // `某某发布Nano Banana 2图像生成模型` → `某某发布Nano Banana 2`.
  if (visibleLength(short) > HEADLINE.most)
    short = short.replace(
      /(发布|推出|开源|上线)([A-Z][\w .+-]*[\w+])\p{Script=Han}{2,8}(?:模型|工具|功能|平台|系统|框架|基准|系列|服务|版本)$/u,
      '$1$2',
    );
  for (const filler of desk.style.headline.fillers) {
    if (visibleLength(short) <= HEADLINE.most) break;
    short = short.replace(filler, '');
  }
  return stripEnd(short);
}

function unbalanced(text: string): boolean {
  return ['“”', '「」', '《》', '（）', '‘’', '『』'].some(
    (pair) => count(text, pair.charAt(0)) !== count(text, pair.charAt(1)),
  );
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function stripEnd(text: string): string {
  return text.replace(/^[\s，,。；;：:！!、·…]+|[\s，,。；;：:！!、·…|｜丨]+$/gu, '');
}

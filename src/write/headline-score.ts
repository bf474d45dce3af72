import { visibleLength } from '../text/length.ts';
import { simplified } from '../text/simplified.ts';
import { onlyOpens, permits } from './can-stand.ts';
import type { Statement } from './statement.ts';
import type { WritingDesk } from './writing-desk.ts';

/** What is still better than a clause cut in two: this many characters in all, and this many more than the house wants. */
export const TOLERATED = { least: 6, more: 8 } as const;

/** What the shape of a headline is worth: a reader who sees nothing else must learn who did what. */
const SHAPE = { whole: 5, explained: 3.5, titled: 2.5, late: 2, subjectless: -0.5, bare: 0 } as const;

/** Fewer characters that say nothing of somebody are no headline. */
const STUMP = 9;

/** How good a headline a text is, by itself. */
export function scoreOf(said: string, statement: Statement, desk: WritingDesk): number {
  const text = simplified(said);
  const { headline, summary } = desk.style;
  const names = desk.findNames(text);
  // A question states nothing.
  const asks = /[？?]/.test(text);
  const teasers = headline.teasers.filter((word) => text.includes(word)).length;
  return (
    lengthScore(visibleLength(said), desk) +
    (names.length > 0 ? 1.6 : 0) +
    (names[0]?.start === 0 ? 0.5 : 0) +
    (/[\d一二三四五六七八九十百千万亿]/.test(text) ? 0.4 : 0) +
    (asks ? Math.min(SHAPE[statement.shape], 0) : SHAPE[statement.shape]) -
    (visibleLength(said) < STUMP && statement.shape !== 'whole' ? 3 : 0) +
    (statement.event ? 1.4 : 0) -
    Math.min(teasers, 3) * 0.6 -
    (asks ? 2 : 0) -
    (ONLY_FEELS.test(text) ? 2.5 : 0) -
    (summary.danglers.some((word) => text.startsWith(word)) ? 1.5 : 0) -
    (summary.subordinate.some((word) => text.startsWith(word)) ? 1 : 0) -
    (STARTS_WITHOUT_SUBJECT.test(text) && !FOR_WHAT.test(text) ? 1.5 : 0) -
    (/\p{Script=Han}/u.test(text) ? 0 : 6) -
    (ENDS_IN_THE_AIR.test(text) ||
    ONLY_WHERE.test(text) ||
    (onlyOpens(text, desk) && !FOR_WHAT.test(text)) ||
    permits(text)
      ? TORN
      : 0) -
    (unbalanced(text) ? TORN : 0)
  );
}

/** A clause that begins with its verb leaves out who. */
const STARTS_WITHOUT_SUBJECT =
  /^(?:支持|提供|新增|让|将|把|被|并|还|可|能|揭示|实现|采用|包括|首次|发布|推出|打造|助力|聊聊|看|用|到|旗下|跑|超越|要不是|难怪|但|旨在|致力于|通过|基于|面向|挑战|探索|允许|无需|由|直击|涉|公开|最终|一次性|众筹|拿下|获得?|完成|卖出|狂揽|赋能|攻克|破解|告别|引爆|重塑|颠覆|解锁)/;
/** `该功能可展示答案`, `支持离线运行`: clear only to who read the clause before. */
export function needsWhatCameBefore(clause: string, { style }: WritingDesk): boolean {
  return (
    (STARTS_WITHOUT_SUBJECT.test(clause) && !FOR_WHAT.test(clause)) ||
    /这一(?!次|年|天)|这(?:款|项|场|笔|起|家)|上述/.test(clause) ||
    style.summary.danglers.some((word) => clause.startsWith(word))
  );
}

/** `面向智能体的运行框架`: a thing and what it is for. */
const FOR_WHAT = /^(?:面向|基于|通过|用于)[^，]*的[^，的]{3,}$/u;

/** Half a sentence is worse than any length. */
const TORN = 7;
/** Something must follow: `某某表示`, `模型出来之后`. */
const ENDS_IN_THE_AIR =
  /(?:后|之前|以来|(?:会议|大会|发布会|论坛|名单|协议|报告|采访)[上中]|之际|表示|称|宣布|发文|澄清|解释|确认|指出|显示|认为|透露|强调|证实|警告|许诺|从[^，到至向变转走升出中内]{1,8}|自?\d*[日月年时]起|不[仅只但光](?![^，]*[更还也])[^，]*|来看|方面|的话|的时候|(?<![工小限即实及同按费准])时|在[^，]{1,14}[上中里下])$/;

/** `在4日召开的会议上`, `随着名单的排查`, `当人人都在谈论青石`: what happened there is missing. */
const ONLY_WHERE = /^(?:在|自|从|随着|继|关于|对于|对|当(?![地局事前年天日代红家选心场庭]))[^，]*$/u;

/** `青石也坐不住了`: how somebody feels, and not of what. */
const ONLY_FEELS = /(?:受不了|坐不住|急|慌|怒|懵|傻眼|破防|看呆|惊呆|炸锅|麻|酸|笑)了?[！!]?$/u;

/** So many characters more cost less than half the news. */
export const A_LITTLE_MORE = 4;
/** Full marks inside the house's length; outside, the farther the worse: a stump says less than what is a little too long. */
export function lengthScore(length: number, { style }: WritingDesk): number {
  const { least, most } = style.length.headline;
  if (length >= least && length <= most) return 4;
  if (length < least) return 1.6 - (least - length) * 0.5;
  const more = length - most;
  const base = more <= A_LITTLE_MORE ? 2.4 : more <= TOLERATED.more ? 2.2 : 1.2;
  return base - more * 0.2;
}

function unbalanced(text: string): boolean {
  return ['“”', '「」', '《》', '（）', '‘’', '『』', '{}', '()', '[]'].some(
    (pair) => count(text, pair.charAt(0)) !== count(text, pair.charAt(1)),
  );
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

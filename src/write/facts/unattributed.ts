import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { WITNESSES } from './mark-reach.ts';

/** `据某社报道`: whoever tells it on says whose word it is. */
const REPORT =
  /据(?:[^，。；、：]{0,24}(?:报|社|网|《[^》]+》|[A-Za-z])[^，。；、：]{0,8}?(?:报道|消息|援引)|[^，。；、：]{0,16}知情)/u;
const OFFICIAL = /官方|公告|博客|官网|确认|证实|宣布/u;
/** The claim says that it is told by somebody. */
export const ATTRIBUTED =
  /据|报道|消息|曝|(?:^|[\p{L}，])传(?![统输感播媒真承递奇])|透露|爆料|知情|援引|披露|外媒|媒体|称|表示|证实/u;

/** What the source tells on the word of others may not become the teller's own; a headline has no room to say whose. */
export function unattributed({ claim, aligned, isHeadline, before }: Comparison): FactProblem[] {
  const telling = aligned.slice(0, WITNESSES);
  const report = telling.map(({ plain }) => REPORT.exec(plain)?.[0]).find((words) => words !== undefined);
  if (report === undefined || telling.some(({ plain }) => OFFICIAL.test(plain)) || isHeadline) return [];
  if ([...before, claim].some(({ plain }) => ATTRIBUTED.test(plain))) return [];
  return [problem('modality', '', report, `原文说是「${report}」，简讯当成了自己知道的事实`)];
}

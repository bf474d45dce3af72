import { visibleLength } from '../text/length.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Shorter pieces of a sentence tell nothing. */
const LEAST = 14;

/** A turn or a denial that follows would be lost, and with it the truth. */
const TURNS = /^(?:但|不过|然而|却|而是|并未|没有|除非|只是|尽管|虽然|否则|前提|如果|仅限|不包括|其中不)/;
/** Who says or does something, and what is missing: `官方宣布，`, `发布之后，`. */
const ENDS_OPEN =
  /(?:指出|表示|称|显示|认为|透露|强调|提到|发现|意味着|宣布|重申|声明|回应|确认|披露|指|发文|发布博文|的是|时|之后|后|以来|之际|方面|等威胁|(?<!行)为|等|以及|和|与|及)[，,]?$/;
/** `允许部分用户，` — to do what? */
const PERMITS = /(?:允许|让|使|帮助|协助|要求)[^，]*(?:用户|开发者|企业|团队|客户|员工|学生|公司|人)[，,]?$/u;
const VERBS =
  /[是有为将把被让使可会能达成出到了]|发布|推出|宣布|开源|上线|获|完成|表示|称|提供|支持|采用|提升|超过|领投|跟投|参投|参与|拒绝|维持|撤回|裁定|聚焦|进行|测试|对应|取代|扩展|面向|涉及|适用/;
/** Verbs that tell something of a sentence whose last clauses go; alone they make no headline. */
const MORE_VERBS =
  /利用|绕过|产生|提取|引入|包括|包含|覆盖|采取|选取|负责|担任|生成|调用|访问|创建|构建|打造|读取|导出|减少|降低|增加|增至|降至|升至|跌至|下滑|上涨|下跌|遭|等值于|相当于|等于|属于|位于|源于|归于/u;

/**
 * May a sentence end after these words, whose last clause is `last`? Not after a time, a condition, a bare subject or who
 * says so, nor when `next` turns round what is said.
 */
export function canStand(said: string, last: string, next: string, desk: WritingDesk): boolean {
  return (
    visibleLength(said) >= LEAST &&
    (tells(last, desk) || MORE_VERBS.test(last)) &&
    !endsOpen(last, next, desk)
  );
}

/** Has it a word that says that something is or happens? */
export function tells(clause: string, { style }: WritingDesk): boolean {
  return VERBS.test(clause) || style.summary.actions.some((verb) => clause.includes(verb));
}

/** Does the clause promise what is not said any more when `next` goes? */
export function endsOpen(last: string, next: string, desk: WritingDesk): boolean {
  return (
    /除了[^，]*[，,]?$/.test(last) ||
    /(?:^|[^认成])为了?(?:更|了)[^，]*[，,]?$/.test(last) ||
    /[：:]$/.test(last) ||
    desk.style.summary.subordinate.some((word) => last.startsWith(word)) ||
    TURNS.test(next) ||
    /^[就便才](?!在|业|能|华|是)/u.test(next) ||
    ENDS_OPEN.test(last) ||
    permits(last) ||
    onlyOpens(last, desk) ||
    lacksUse(last, desk) ||
    /不仅|不但|不光/.test(last)
  );
}

/** Ends with who may or must do something, and not what. */
export function permits(clause: string): boolean {
  return PERMITS.test(clause);
}

/** `双方将基于后者的平台`, `某某针对滥用`: a preposition whose verb never comes. */
export function onlyOpens(clause: string, { style }: WritingDesk): boolean {
  const rest = /^.{0,12}?(?:基于|针对|围绕|凭借|根据|按照|借助|鉴于)(.*)/u.exec(clause)?.[1];
  return rest !== undefined && !style.summary.actions.some((verb) => rest.includes(verb));
}

/** After a means its use must come: `可通过官网下载`, not `可通过运行某某`. */
function lacksUse(clause: string, { style }: WritingDesk): boolean {
  // `通过其合作计划，`: a noun that is also a verb tells of no use.
  const by = /(?:通过|利用|借助)(.+?)(?:计划|合作|更新|升级|部署|支持)?[，,]?$/u.exec(clause)?.[1]?.slice(2);
  return (
    by !== undefined && ![...style.summary.actions, ...style.summary.means].some((verb) => by.includes(verb))
  );
}

/** The text ended by one full stop, or by the mark it has. */
export function closed(text: string): string {
  const bare = text.replace(/[，,；;：:、\s]+$/u, '');
  return /[。！？!?…][”’」』》）]*$/.test(bare) ? bare.replace(/!$/, '！').replace(/\?$/, '？') : `${bare}。`;
}

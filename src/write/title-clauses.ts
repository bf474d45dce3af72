import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { simplified } from '../text/simplified.ts';
import { stripEnd } from './clean-title.ts';
import { readStatement } from './statement.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Clauses of a title that are tried; what comes later is hardly its news. */
const CLAUSES_READ = 12;
const CLAUSES_JOINED = 4;

/** A piece of a title, and what it stands beside. */
export type Group = {
  text: string;
  /** Which clause it begins with. */
  place: number;
  /** The next clause turns it round. */
  turned: boolean;
  /** Who says it, or of what, stands before it. */
  isSaidOf: boolean;
  /** A later clause with the first one's subject. */
  joined: boolean;
  /** What it names is told after a colon. */
  opens: boolean;
  /** Its last clause only names who speaks next. */
  endsInName: boolean;
  /** Its last clause only names a thing, and more follows. */
  breaksOff: boolean;
};

/** Every run of neighbouring clauses, as one text without its last mark, and later clauses with the first one's subject. */
export function groupsOf(text: string, desk: WritingDesk): Group[] {
  const clauses = sentencesOf(text)
    .flatMap(clausesOf)
    .flatMap((clause) =>
      clause.split(/(?<=——)(?=.{4})|(?<=[|｜丨])| (?=\p{Script=Han})|(?<=\p{Script=Han}[！!]) /u),
    )
    .slice(0, CLAUSES_READ);
  const groups: Group[] = [];
  for (let from = 0; from < clauses.length; from += 1) {
    // `危！青石…`: a cry opens nothing, unless it is all there is.
    if (from + 1 < clauses.length && CRY.test(clauses[from] ?? '')) continue;
    for (let to = from + 1; to <= Math.min(clauses.length, from + CLAUSES_JOINED); to += 1)
      groups.push({
        text: stripEnd(clauses.slice(from, to).join('').replace(/——$/u, '').replace(SAYS, '$1：')),
        place: from,
        turned: isTurned(clauses[to - 1] ?? '', clauses[to] ?? ''),
        isSaidOf: isSaidOf(clauses[from - 1] ?? '', clauses[from] ?? '', desk),
        joined: false,
        opens: COLON.test(clauses[to - 1] ?? ''),
        endsInName: to - from > 1 && namesSpeaker(clauses[to - 1] ?? '', desk),
        breaksOff:
          to - from > 1 && /[，：]$/.test(clauses[to - 1] ?? '') && isBare(clauses[to - 1] ?? '', desk),
      });
  }
  return [...groups, ...withSubject(clauses, desk)];
}

function namesSpeaker(clause: string, desk: WritingDesk): boolean {
  return COLON.test(clause) && isBare(clause, desk);
}

function isBare(clause: string, desk: WritingDesk): boolean {
  return readStatement(stripEnd(clause), desk).shape === 'bare';
}
const COLON = /[：:]$/;
const CRY = /^.{1,4}[！!]+$/u;

/** `青石又摊上事了，被用户起诉` → `青石被用户起诉`: Chinese says once of whom a chain of clauses speaks. */
function withSubject(clauses: readonly string[], desk: WritingDesk): Group[] {
  const [first = '', ...rest] = clauses;
  if (!/[，,]$/.test(first) || CAUSES.test(first)) return [];
  const plain = stripEnd(first);
  const { shape, subject } = readStatement(plain, desk);
  if (shape === 'bare') return ofNamed(plain, rest, desk);
  // `最近的焦虑，`: that is no more than a subject itself.
  if (visibleLength(first) < visibleLength(subject) + 4) return [];
  if (subject === '' || visibleLength(subject) > SUBJECT_MOST || !first.startsWith(subject)) return [];
  if (OTHERS.test(first.slice(subject.length)) || desk.findNames(first.slice(subject.length)).length > 0)
    return [];
  const chain = rest.findIndex((clause) => !TAKES_SUBJECT.test(clause) && !continues(clause, desk));
  return rest
    .slice(0, chain < 0 ? rest.length : chain)
    .map((clause, at) => joinedGroup(subject, clause, rest[at + 1] ?? ''))
    .filter((_, at) => TAKES_SUBJECT.test(rest[at] ?? ''));
}

/** Goes on about the same, and names nobody of whom the next clause could speak. */
function continues(clause: string, desk: WritingDesk): boolean {
  return (
    readStatement(stripEnd(clause), desk).shape === 'subjectless' &&
    !OTHERS.test(clause) &&
    desk.findNames(clause).length === 0
  );
}
/** `青石收购了三人公司，获融资`: whose it is nobody can tell. */
const OTHERS = /[A-Z]|公司|企业|团队|机构|平台|创企|厂商|创始人|员工|对手|客户/u;

/** `融资700亿元的青石，接口价格直降` → `青石接口价格直降`. */
function ofNamed(
  first: string,
  [next = '', after = '']: readonly string[],
  { findNames }: WritingDesk,
): Group[] {
  const of = first.lastIndexOf('的') + 1;
  const name = findNames(first).find(({ start, end }) => start === of && end === first.length);
  return of > 1 && name !== undefined && !/^[我你他她它这那]/.test(next)
    ? [joinedGroup(first.slice(of), next, after)]
    : [];
}

function joinedGroup(subject: string, clause: string, next: string): Group {
  const apart = /[A-Za-z0-9]$/.test(subject) && /^[A-Za-z0-9]/.test(clause) ? ' ' : '';
  return {
    text: stripEnd(subject + apart + clause),
    place: 0,
    turned: isTurned(clause, next),
    isSaidOf: false,
    joined: true,
    opens: false,
    endsInName: false,
    breaksOff: false,
  };
}
const SUBJECT_MOST = 12;
/** What follows may be said of somebody else. */
const CAUSES = /[让使令]|表示|称|指出|认为|透露|要求|允许|据|如果|虽|[：:]/u;
/** Begins with what is done, and with nothing that turns it round. */
const TAKES_SUBJECT = /^(?:被|获|将|拟|已|正|遭|拿下|完成|推出|发布|开源|宣布|起诉|收购|新增|上线|估值)/u;

/** Who says so comes before, or what is spoken of: then a clause that does not say it itself is not whole. */
function isSaidOf(before: string, clause: string, { findNames, style }: WritingDesk): boolean {
  if (SAID_BY.test(simplified(before)) || HEARSAY.test(simplified(before))) return true;
  const plain = simplified(clause);
  const saysWho =
    /^.{0,6}[A-Z]/.test(plain) ||
    (findNames(plain)[0]?.start ?? NAMED_BY) < NAMED_BY ||
    style.summary.actions.some((verb) => plain.indexOf(verb) >= 2);
  return COLON.test(before) && !saysWho;
}
const SAID_BY = /(?:表示|称|指出|认为|透露|强调|宣布)[，,]$/u;
/** `消息人士：`, `外媒：`: without it hearsay would be told as fact. */
export const HEARSAY =
  /(?:人士|消息|爆料|传闻|外媒|媒体|报道|分析师|机构|报告|研究|专家|调查|来源|知情者|路透社?|彭博社?|WSJ|NYT|FT|CNBC|BBC|NHK|Bloomberg|Reuters|The Information|.{1,3}社|时报|日报)[：:]$/u;
const NAMED_BY = 8;

/** `某某表示，某事`: the colon says who says so, too. */
const SAYS = /^([^，：]{2,16}?)(?:表示|指出|认为|透露)，(?!但|却|$)/u;

/** `原本将完成融资`, and then `但`: without its turn the news is another. */
const TURN = /^(?:但(?!称|表示|认为|警告)|却|卻|不过|不過|然而|而是|除非|转而|轉而)/;
/** `老板不订阅，AI就是摆设`: what was said is only a condition. */
const IF_NOT = /[不没要][^，]{1,8}，$/u;
const THEN = /^(?!这)[^，]{0,6}[就才](?:是|能|会|成)/u;

function isTurned(last: string, next: string): boolean {
  return TURN.test(next) || (IF_NOT.test(last) && THEN.test(next));
}

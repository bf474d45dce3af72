import { visibleLength } from '../text/length.ts';
import { simplified } from '../text/simplified.ts';
import { needsWhatCameBefore, scoreOf, TOLERATED } from './headline-score.ts';
import { shorterForms } from './shorten.ts';
import { readStatement, type Statement } from './statement.ts';
import { groupsOf, HEARSAY } from './title-clauses.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Real titles are shorter; more is a text that lost its title. */
export const LONGEST = 120;

/** Something that could be the headline, and how good it is beside the others. `place`: which clause it begins with. */
export type Candidate = { text: string; score: number; place: number; statement: Statement };

/** The outlet's whole title says what the outlet meant. */
const WHOLE_TITLE = 0.5;
/** The first clause tells what the outlet finds most important. */
const PLACE = 0.8;
const PLACES = 3;
/** A later clause that leaves out who (`支持离线运行`) says nothing alone: worse than any length. */
const NO_SUBJECT = 8;
/** Before a colon a thing is only named. */
const OPENS = 2;
/** Ends with a thing of which the next clause tells. */
const BREAKS_OFF = 3;
/** It is no longer the outlet's own wording. */
const JOINED = 0.7;
const TURNED = 2;
const UNTRUE = 8;
/** Says what kind of piece it is, and leaves out nobody. */
const GENRE = /^(?:专访|对话|实测|起底|揭秘|解析|盘点)/;
/** What a turn would take back. */
const DOUBTFUL = /原|本来|本该|即将|计划|拟|将|曾|看似|虽|没|不|未|停止|几乎|差点/u;

/** Each run of the text's clauses, whole and in shorter forms, by how good a headline it is. */
export function candidatesOf(text: string, desk: WritingDesk): Candidate[] {
  const most = desk.style.length.headline.most;
  return groupsOf(text, desk)
    .flatMap((group) => {
      const forms = visibleLength(group.text) <= LONGEST ? shorterForms(group.text, most, desk) : [];
      const known = new Set(digitsIn(group.text));
      return [group.text, ...forms]
        .filter((form) => digitsIn(form).every((number) => known.has(number)))
        .map((candidate) => ({ ...group, text: candidate }));
    })
    .filter((group) => visibleLength(group.text) >= TOLERATED.least)
    .map((group) => {
      const { text: candidate, place } = group;
      const statement = readStatement(candidate, desk);
      const lacks =
        place > 0 &&
        (group.isSaidOf ||
          needsWhatCameBefore(simplified(candidate), desk) ||
          (statement.shape === 'subjectless' && !GENRE.test(simplified(candidate))));
      const score =
        scoreOf(candidate, statement, desk) -
        Math.min(place, PLACES) * PLACE +
        (candidate === text && visibleLength(text) <= most ? WHOLE_TITLE : 0) -
        (isExplained(candidate, text, desk) ? (statement.shape === 'whole' ? EXPLAINED : ONLY_EXPLAINS) : 0) -
        (lacks ? NO_SUBJECT : 0) -
        (place === 0 && isNameless(candidate, statement, text, desk) ? NAMELESS : 0) -
        (place > 0 && leavesNameBehind(candidate, text, desk) ? NAMELESS : 0) -
        (saysOfNobody(candidate, desk) ? NO_SUBJECT : 0) -
        (RAISED_BY_OTHERS.test(simplified(candidate)) ? UNTRUE + NAMELESS : 0) -
        (group.turned
          ? statement.shape !== 'whole' || DOUBTFUL.test(simplified(candidate))
            ? UNTRUE
            : TURNED
          : 0) -
        (group.joined ? JOINED : 0) -
        (group.opens && statement.shape !== 'whole' ? OPENS : 0) -
        (group.breaksOff ? BREAKS_OFF : 0) -
        (group.endsInName ? NO_SUBJECT : 0);
      return { text: candidate, place, score, statement };
    });
}

/** What goes between two numbers must not make one of them. */
function digitsIn(text: string): string[] {
  return text.match(/\d+(?:\.\d+)?/g) ?? [];
}

/** `一次性收费后改按量计费`, where only a later clause says whose: a name that the title has is missing. */
function isNameless(candidate: string, { shape }: Statement, title: string, desk: WritingDesk): boolean {
  return (
    shape === 'subjectless' && desk.findNames(candidate).length === 0 && desk.findNames(title).length > 0
  );
}
const NAMELESS = 3;

/** `青石重组云部门，迁移工作量是预期的百倍` → the second half alone: who is named before it, and nobody in it. */
function leavesNameBehind(clause: string, title: string, desk: WritingDesk): boolean {
  const before = title.slice(0, title.indexOf(clause));
  // A question is answered by what comes after it.
  return !/[？?]/.test(before) && !holdsName(clause, desk) && holdsName(before, desk);
}

function holdsName(text: string, desk: WritingDesk): boolean {
  return /[A-Z][\w-]{2,}/.test(text) || desk.findNames(text).length > 0;
}

/** `外媒：牵动一桩旧案`: who says it is not who does it. */
function saysOfNobody(candidate: string, desk: WritingDesk): boolean {
  const [teller = '', ...said] = candidate.split(/(?<=：)/u);
  if (said.length === 0 || !HEARSAY.test(simplified(teller)) || /(?:调查|报告|研究)：$/u.test(teller))
    return false;
  return !/^(?:whole|explained)$/.test(readStatement(said.join(''), desk).shape);
}

/** `某某押注，一年融资12亿`: who pays is not who is paid. */
const RAISED_BY_OTHERS =
  /(?:押注|投资|领投|参投|入股|加持|出手|下注|站台|加码)[^，]{0,6}，(?:[^，]{0,4}[年月天轮])?(?:完成|获|拿下)?(?:融资|获投|估值)/u;

/** `某某来了：成本降三成`: what stands after the colon is said of what stands before it, when that is a name or a fact. */
function isExplained(clause: string, title: string, desk: WritingDesk): boolean {
  const before = /^(.{2,16})(?:：|——)$/u.exec(title.slice(0, title.indexOf(clause)))?.[1];
  if (before === undefined || /[“”]/.test(title)) return false;
  return (
    desk.findNames(before).length > 0 ||
    /[A-Za-z]/.test(before) ||
    readStatement(before, desk).shape === 'whole'
  );
}
const EXPLAINED = 3;
/** What a thing is, without its name. */
const ONLY_EXPLAINS = 5;

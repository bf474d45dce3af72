import { visibleLength } from '../text/length.ts';
import { stripEnd } from './clean-title.ts';
import {
  MUST_STAY,
  withoutForWhom,
  withoutMakerAgain,
  withoutOccasion,
  withoutParticles,
  withoutPraise,
  withoutPurpose,
  withoutTradeOfSubject,
  withoutUse,
} from './drop-modifiers.ts';
import { withoutAsides } from './inner-cuts.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Launches: what stands after them is the thing launched. */
const LAUNCH = '发布|推出|开源|上线';
/** What a product is; after its name it can go, before a name it ends the description. */
const KIND =
  '(?:大?模型|工具|功能|平台|系统|框架|基准|系列|服务|版本?|架构|插件|浏览器|助手|应用|套件|组件|芯片|智能体|数据集|技能库|编辑器|计划|挑战赛)';
/** Of these the name alone says as much; a plug-in or an update of a thing is not the thing. */
const SAID_BY_NAME = '(?:大?模型|工具|功能|服务|平台|系统|框架|基准|架构|浏览器)';
/** A verb that starts to tell what the launched thing does: `某某开源远帆2.0支持离线运行`. */
const SERIAL =
  '支持|内置|助力|旨在|新增|面向|用于|优化|实现|覆盖|主打|帮助|赋能|提升|挖掘|保障|强化|自动化|可视化';
/**
 * The same text in ever fewer words, the smallest loss first: each step stands on the one before. Never takes a number, a
 * part of a name, a denial or a `或将`. Empty when nothing can go or nothing needs to.
 */
export function shorterForms(text: string, most: number, desk: WritingDesk): string[] {
  const forms: string[] = [];
  let short = text;
  for (const step of STEPS) {
    if (visibleLength(short) <= most) break;
    const next = stripEnd(step(short, desk, most));
    if (next !== short && next !== '') forms.push(next);
    short = next === '' ? short : next;
  }
  return forms;
}

type Step = (text: string, desk: WritingDesk, most: number) => string;

const STEPS: readonly Step[] = [
  withoutBrackets,
  withoutFillers,
  withoutPraise,
  withoutParticles,
  withHouseNames,
  withoutMakerAgain,
  withoutOccasion,
  withoutForWhom,
  withoutKindAfterName,
  withoutSecondHalf,
  withoutWhatItDoes,
  withoutDescriptionBeforeName,
  withoutWord,
  withoutTradeBeforeName,
  withoutTradeOfSubject,
  withoutPurpose,
  withoutUse,
];

function withoutBrackets(text: string): string {
  return withoutAsides(text, MUST_STAY);
}

/** `正式发布` → `发布`, but never `成功率` → `率`: an adverb goes only right before what is done. */
function withoutFillers(text: string, { style }: WritingDesk, most: number): string {
  const { fillers, adjectives } = style.headline;
  const done = [
    ...style.summary.actions,
    ...style.headline.deeds.filter((verb) => verb.length > 1),
    ...fillers,
    '与',
    '将',
    '向',
    '以',
    '对',
    '为',
  ];
  let short = text.replace(/发布并开源/g, '开源');
  for (const filler of fillers)
    short = without(
      short,
      filler,
      most,
      (rest) => done.some((word) => rest.startsWith(word)),
      /[非不未中上里]$/,
    );
  for (const adjective of adjectives)
    short = without(
      short,
      adjective,
      most,
      (rest) => /^(?:\p{Script=Han}{3}|[A-Z])/u.test(rest),
      /[\d是为]$/,
    );
  return short;
}

function without(
  text: string,
  word: string,
  most: number,
  mayFollow: (rest: string) => boolean,
  mayNotPrecede: RegExp,
): string {
  if (visibleLength(text) <= most) return text;
  const at = text.indexOf(word);
  if (at < 1) return text;
  const before = text.slice(0, at);
  // 全新的模型: its 的 goes with it.
  const rest = text.slice(at + word.length).replace(/^的/, '');
  if (!mayFollow(rest) || mayNotPrecede.test(before)) return text;
  return setApart(before, rest);
}

/** Two Latin words keep a blank between them. */
function setApart(before: string, after: string): string {
  return before + (/[A-Za-z0-9]$/.test(before) && /^[A-Za-z0-9]/.test(after) ? ' ' : '') + after;
}

/** Titles and quotations are given letter by letter. */
function isQuoted(before: string): boolean {
  const count = (signs: RegExp) => before.match(signs)?.length ?? 0;
  return count(/[「『《“]/g) > count(/[」』》”]/g);
}

/** `Google发布` → `谷歌发布`; not in `Google Cloud` or `Google Pay`, which are other names. */
function withHouseNames(text: string, { style }: WritingDesk): string {
  return style.headline.names.reduce((short, { from, to }) => {
    const at = short.indexOf(from);
    if (at < 0) return short;
    const before = short.slice(0, at);
    const after = short.slice(at + from.length);
    if (isQuoted(before)) return short;
    // A Chinese title stands in no Latin name: `青石首席执行官` is the CEO of 青石, also when that is Latin.
    if (/^\p{Script=Han}/u.test(from)) return setApart(before, to) + setApart(to, after).slice(to.length);
    const apart =
      (!/[A-Za-z0-9._/-] ?$/.test(before) || /(?:CEO|CTO|COO|CFO) ?$/.test(before)) &&
      !/^(?:[._/-]| ?[A-Za-z0-9])/.test(after);
    return apart ? before.trimEnd() + to + after : short;
  }, text);
}

/**
 * `某某发布Lumen 2图像生成模型` → `某某发布Lumen 2`. Of a name everybody knows only `模型` goes: `Lumen插件` is not
 * `Lumen`.
 */
function withoutKindAfterName(text: string, desk: WritingDesk): string {
  const match = new RegExp(
    `^(.{2,}(?<![的个款新])(?:${LAUNCH})[^A-Za-z]{0,12}?)([A-Za-z][\\w .+-]*[\\w+])(\\p{Script=Han}{0,8}?${SAID_BY_NAME})$`,
    'u',
  ).exec(text);
  if (match === null) return text;
  const [, before = '', name = '', kind = ''] = match;
  if (MUST_STAY.test(kind)) return text;
  const known = desk.findNames(name).length > 0;
  // A version says of which kind it is; `Lumen插件` is another thing than `Lumen`.
  const plain = /^(?:开源|新)?大?模型$/.test(kind) || (/\d/.test(name) && kind.endsWith('模型'));
  return known && !plain ? text : before + name;
}

/** `某某推出甲工具并开放内测` → `某某推出甲工具`, when the first half says who did what. */
function withoutSecondHalf(text: string, desk: WritingDesk): string {
  const joint =
    /(?<![合兼吞])并(?![未不非购行发入列网存排])|以?及其他|(?<=模型|工具|平台|框架|功能|系统)以?及/u.exec(
      text,
    );
  if (joint === null) return text;
  return firstHalf(text, joint.index, desk);
}

/** `某某开源远帆框架支持离线运行` → `某某开源远帆框架`. */
function withoutWhatItDoes(text: string, desk: WritingDesk): string {
  const joint = new RegExp(
    `(?<=(?:${LAUNCH}|启动|开启|开放|升级)[^，：；]{1,24}(?:[A-Za-z0-9]|${KIND}))(?:${SERIAL})(?=[^，]{3,}$)`,
    'u',
  ).exec(text);
  // `上线Lumen支持工具`: a noun at the end may be what was launched.
  if (joint === null || new RegExp(`${KIND}$`, 'u').test(text) || text.slice(joint.index).includes('的'))
    return text;
  return firstHalf(text, joint.index, desk);
}

function firstHalf(text: string, at: number, { style }: WritingDesk): string {
  const head = text.slice(0, at);
  if (MUST_STAY.test(text.slice(at))) return text;
  const saysWhoDidWhat = style.summary.actions.some((verb) => {
    const from = head.indexOf(verb);
    return from >= 2 && visibleLength(head.slice(from + verb.length)) >= 2;
  });
  return saysWhoDidWhat && !/[的在从对向与和被将]$/u.test(head) ? head : text;
}

/** `某某发布智能合约安全基准Lumen` → `某某发布Lumen`: the name says what the description says. */
function withoutDescriptionBeforeName(text: string): string {
  return text.replace(
    new RegExp(
      `(${LAUNCH})([^，：A-Za-z\\d的]{2,}${KIND})(?=[A-Za-z][\\w .+-]{2,}$|“[A-Za-z][\\w .+-]{2,}”$)`,
      'u',
    ),
    (all: string, verb: string, description: string) =>
      MUST_STAY.test(description) || /版|旗下|个|款/.test(description) ? all : verb,
  );
}

/** `某某宣布Lumen 3永久降价` → `某某Lumen 3永久降价`: of its own model a firm needs not say so. */
function withoutWord(text: string, { findNames }: WritingDesk): string {
  const at = text.indexOf('宣布');
  const names = findNames(text);
  const maker = names.find(({ start, end }) => start === 0 && end === at)?.name.name;
  const own = names.find(({ start }) => start === at + 2)?.name;
  return own !== undefined && own.of !== undefined && own.of === maker
    ? setApart(text.slice(0, at), text.slice(at + 2))
    : text;
}

/** `某某收购数据标注公司Tidal` → `某某收购Tidal`. */
function withoutTradeBeforeName(text: string): string {
  return text.replace(
    /(收购|买下|拿下|并购|投资|领投|起诉)((?:AI)?[^，：A-Za-z\d的]{0,8}(?:公司|企业|厂商|初创|平台|团队))(?=[A-Z][\w .&–-]+$)/u,
    // The 据 of 数据 is no hearsay.
    (all: string, verb: string, trade: string) => (MUST_STAY.test(trade.replaceAll('数据', '')) ? all : verb),
  );
}

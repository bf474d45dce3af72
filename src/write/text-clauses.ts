import { visibleLength } from '../text/length.ts';
import { withoutByline } from '../text/outlet-prose.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { endsOpen, tells } from './can-stand.ts';
import { stripEnd } from './clean-title.ts';
import { withoutAsides, withoutFillers, withShorterLists } from './inner-cuts.ts';
import { isOrder } from './read-sentences.ts';
import { shorterForms } from './shorten.ts';
import { withoutLink } from './source-text.ts';
import type { WritingDesk } from './writing-desk.ts';

/** A piece of a text that could be its headline. */
export type TextClause = {
  text: string;
  /** Which sentence of the text it comes from, and which clause of it it begins with. */
  sentence: number;
  start: number;
  /** How many of the sentence's clauses follow. */
  after: number;
  /** Ends and begins where a headline may. */
  sound: boolean;
};

/** Later sentences are background. */
const SENTENCES_READ = 5;
const CLAUSES_READ = 8;
/** Neighbouring clauses that may stand in one headline. */
const CLAUSES_JOINED = 3;
/** Shorter says too little; longer is no headline. */
const LENGTHS = { least: 8, most: 60 } as const;

/** `近日，`, `2026年3月10日下午，`, `16日，`: when it was is not what it was. */
const TIME =
  /^(?:近日|日前|今日|昨日|昨天|今天|今年|去年|目前|最近|近期|本周|上周|昨晚|当地时间)?，?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?!的|以来|起|后|前|是|开始)(?:上午|下午|晚间|晚|凌晨|早间|中午)?[，,]?(?=\S.{7})/u;
/** Says that somebody says: the colon says it, too. */
const SAYS =
  /^(.{2,12}?)(?:表示|(?<![著堪号简又名声俗宣职])称|指出|认为|透露|强调|直言|坦言)[，：]+(?!但|却)/u;
/** `某某（300027）昨日收盘后发布公告称，`: whose the notice is. */
const NOTICE =
  /^([^，：（在于]{2,12}?)(?:（[^（）]*）)?(?:在|于)?[^，：]{0,14}(?:公告|声明|通报|公报|微博)(?:中)?(?:称|表示|显示|指出)，(?!但|却)/u;
/** `某某宣布，某事`: what is announced follows without a comma as well. */
const ANNOUNCES = /^([^，：]{2,20}?)(?:官方|正式)?(宣布|承认|证实|确认)，/u;
/** `据某社报道，`: the same before what it is of; who says so must be said. */
const REPORTED =
  /^(?:根?据|援引)《?([^，。（》]{2,24}?)》?(?:(?:援引[^，]{2,20})?的?(?:最新|独家)?(?:报道|消息|披露|透露|爆料|介绍|统计|数据|反馈)(?:称|显示)?)，/u;

/** The clauses and neighbouring clauses of a text's first sentences, each whole and in shorter forms. */
export function textClauses(text: string, desk: WritingDesk): TextClause[] {
  const all = sentencesOf(text);
  const { banned } = desk.style.summary;
  const usable = all.filter(
    (sentence) => !banned.some((word) => sentence.includes(word)) && !isOrder(sentence, desk.style),
  );
  return (usable.length > 0 ? usable : all).slice(0, SENTENCES_READ).flatMap((sentence, place) => {
    const said = withoutLink(withoutByline(sentence), desk)
      .replace(TIME, '')
      .replace(REPORTED, '$1：')
      .replace(NOTICE, '$1：');
    const clauses = clausesOf(said).slice(0, CLAUSES_READ);
    return clauses.flatMap((_, start) =>
      Array.from({ length: Math.min(CLAUSES_JOINED, clauses.length - start) }, (__, more) => {
        const run = clauses.slice(start, start + more + 1);
        const next = clauses[start + more + 1];
        const sound =
          startsSoundly(run[0] ?? '', start, clauses, desk) &&
          (next === undefined || endsSoundly(run, next, desk));
        return formsOf(stripEnd(run.join('')), desk).map((form) => ({
          text: form,
          sentence: place,
          start,
          after: clauses.length - start - more - 1,
          sound: sound && isBalanced(form) && isWhole(form, desk),
        }));
      }).flat(),
    );
  });
}

/** Says what is or happens, not the beginning of it, and points to nothing that stands elsewhere. */
function isWhole(form: string, desk: WritingDesk): boolean {
  return (
    (tells(form, desk) || !ONLY_NAMED.test(form)) &&
    !ENDS_IN_THE_AIR.test(form) &&
    !ONLY_BEGUN.test(form) &&
    !ONLY_OF.test(form) &&
    !POINTS.test(form) &&
    !NUMBERED.test(form)
  );
}

/** `不稳定的高风险投资`, `买方还是卖方`: a thing, of which nothing is said. */
const ONLY_NAMED = /的[^，的]{1,8}$|(?:还是|以及)[^，]{1,10}$/u;

/** `以某某著称的中东`, `无论是销量还是份额`, `从某年开始`: what is said of it is missing. */
const ONLY_BEGUN = /^以[^，]*的[^，]{1,6}$|^(?:不论|无论)(?!.*[都均也])|^从[^，]*开始$|年来$|，为给[^，]*$/u;

/** `对违规三次的驾驶员`, `为应对电力短缺的挑战`: what was done is missing. */
const ONLY_OF = /^(?:[对为]|在|从|随着|关于|针对|除了)(?!此次)[^，]*(?:的[^，]{1,8}|[上中里下])$/u;
/** `该服务`, `这一消息`, `他`: named before. */
const POINTS =
  /(?:^|[，：])[^，：“「]{0,10}(?:该(?!校|院)|这(?:一|项|款|部分|些|种|个|类|次|笔|批|家)(?!年|天)|上述|此举|此类|(?<!其)[他她它]们?(?!人))/u;
/** An item of a list. */
const NUMBERED = /^(?:[①-⑳]|而(?!且)|[（(]?\d{1,2}[、.）)](?!\d)|[一二三四五六]、|[一二三四五]是)/u;

/** Something must follow: `某某表示`, `某某宣布`. */
const ENDS_IN_THE_AIR =
  /(?:(?:名|代号|称)为[^，的]+|解释称?|预测|推测|呼吁|补充|然而|但是|不过|因此|所以|而且|(?:领域|过程|期间|背景)中|后|之前|以来|之际|[会说]上|宣布|表示|称|指出|显示|认为|透露|强调|说|来看|方面|的话|的时候|时|[：:])$/;
const SHARES_SUBJECT =
  /^(?:并|还|也|又|都|自己|出没|检出|推进|贯彻|坚持|建立|导致|造成|严重|加强|扩大|推动|促进|引发|致使|面临|每多|首先|但|却|则|而|且|已|将|可|能|会|支持|提供|采用|具备|拥有|新增|推出|发布|让|使|把|被|由|旨在|用于|基于|通过|利用|以|从而|其中|包括|同时|称|指出|折合|占|比|较|同比|环比|为|是|有|正|暂|正式|确认|确保|减少|签署|成为|预计|至少|只|就|急于|建立|一键|直接|低于|高于|需要|计划|获|解锁|明确|披露|指控|放弃|拟|允许|涵盖|推算|涉及|共|约|近|超|达|后|在|与|向|对|从|距|如|若|因|同时)/;

function startsSoundly(first: string, start: number, clauses: readonly string[], desk: WritingDesk): boolean {
  const { danglers, subordinate } = desk.style.summary;
  if (danglers.some((word) => first.startsWith(word))) return false;
  if (start === 0) return true;
  // After who says so or a condition a clause is not its sentence's news alone.
  const before = clauses[start - 1] ?? '';
  const leads =
    /(?:指出|表示|称|显示|认为|透露|强调|发现|说|消息|报道|[：:])[，,：:]?$/.test(before) ||
    subordinate.some((word) => before.startsWith(word));
  return !leads && !SHARES_SUBJECT.test(first);
}

/** `还是另一个`, `一是`, `有的则`, `将其列入`: the second half of what stands before. */
const SECOND_HALF = /^(?:还是|一是|其一|首先|曾|有的|有些|一边|一方面|将其|将他|也应|也要|就要|却)/;

function endsSoundly(run: readonly string[], next: string, desk: WritingDesk): boolean {
  return !SECOND_HALF.test(next) && !endsOpen(run.at(-1) ?? '', next, desk);
}

function formsOf(run: string, desk: WritingDesk): string[] {
  const said = run.replace(SAYS, '$1：').replace(ANNOUNCES, '$1$2');
  const bare = withShorterLists(withoutFillers(withoutAsides(said)))[0] ?? said;
  const forms = [run, said, bare, ...shorterForms(bare, desk.style.length.headline.most, desk)].map(stripEnd);
  return [...new Set(forms)].filter((form) => {
    const length = visibleLength(form);
    return length >= LENGTHS.least && length <= LENGTHS.most && /\p{Script=Han}/u.test(form);
  });
}

function isBalanced(text: string): boolean {
  return ['“”', '「」', '《》', '（）', '‘’', '『』'].every(
    (pair) => text.split(pair.charAt(0)).length === text.split(pair.charAt(1)).length,
  );
}

import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { endsOpen } from './can-stand.ts';
import { stripEnd } from './clean-title.ts';
import { withoutAsides, withoutFillers } from './inner-cuts.ts';
import { shorterForms } from './shorten.ts';
import { withoutByline, withoutLink } from './source-text.ts';
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
  /^(?:近日|日前|今日|昨日|昨天|今天|今年|去年|目前|最近|近期|本周|上周|昨晚|当地时间)?，?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:上午|下午|晚间|晚|凌晨|早间|中午)?[，,]?(?=\S{8})/u;
/** Says that somebody says: the colon says it, too. */
const SAYS =
  /^(.{2,12}?)(?:表示|(?<![著堪号简又名声俗宣职])称|指出|认为|透露|强调|直言|坦言)[，：]+(?!但|却)/u;
/** `某某宣布，某事`: what is announced follows without a comma as well. */
const ANNOUNCES = /^([^，：]{2,20}?)(?:官方|正式)?(宣布|承认|证实|确认)，/u;
/** `据某社报道，`: the same before what it is of; who says so must be said. */
const REPORTED =
  /^(?:根?据|援引)《?([^，。（》]{2,24}?)》?(?:(?:援引[^，]{2,20})?的?(?:最新|独家)?(?:报道|消息|披露|透露|爆料|介绍|统计|数据|反馈)(?:称|显示)?)，/u;

/** The clauses and neighbouring clauses of a text's first sentences, each whole and in shorter forms. */
export function textClauses(text: string, desk: WritingDesk): TextClause[] {
  return sentencesOf(text)
    .slice(0, SENTENCES_READ)
    .flatMap((sentence, place) => {
      const said = withoutLink(withoutByline(sentence), desk).replace(TIME, '').replace(REPORTED, '$1：');
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
            sound: sound && isBalanced(form) && !ENDS_IN_THE_AIR.test(form),
          }));
        }).flat(),
      );
    });
}

/** Something must follow: `某某表示`, `某某宣布`. */
const ENDS_IN_THE_AIR =
  /(?:后|之前|以来|之际|[会说]上|宣布|表示|称|指出|显示|认为|透露|强调|说|来看|方面|的话|的时候|时|[：:])$/;
const SHARES_SUBJECT =
  /^(?:并|还|也|又|但|却|则|而|且|已|将|可|能|会|支持|提供|采用|具备|拥有|新增|推出|发布|让|使|把|被|由|旨在|用于|基于|通过|利用|以|从而|其中|包括|同时|称|指出|折合|占|比|较|同比|环比|为|是|有|正|暂|正式|确认|确保|减少|签署|成为|预计|至少|只|就|急于|建立|一键|直接|低于|高于|需要|计划|获|解锁|明确|披露|指控|放弃|拟|允许|涵盖|推算|涉及|共|约|近|超|达|后|在|与|向|对|从|距|如|若|因|同时)/;

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

function endsSoundly(run: readonly string[], next: string, desk: WritingDesk): boolean {
  return !endsOpen(run.at(-1) ?? '', next, desk);
}

function formsOf(run: string, desk: WritingDesk): string[] {
  const said = run.replace(SAYS, '$1：').replace(ANNOUNCES, '$1$2');
  const bare = withoutFillers(withoutAsides(said));
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

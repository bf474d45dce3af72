import { visibleLength } from '../text/length.ts';
import { clausesOf } from '../text/sentences.ts';
import { canStand, closed } from './can-stand.ts';
import { withoutAsides, withoutFillers, withoutInformant, withShorterLists } from './inner-cuts.ts';
import type { WritingDesk } from './writing-desk.ts';

/** One way to say a sentence in fewer of its own words, ended by a full stop. */
export type Form = { text: string; length: number };

/** Clauses of a sentence that are looked at; no news sentence has more. */
const CLAUSES_READ = 12;
/** A sentence of many tiny clauses offers many forms; these are enough. */
const FORMS_MOST = 48;

/**
 * The sentence, and every way to leave out clauses that nothing kept hangs on: the last ones, those between a subject and
 * another thing that it does, and what only says when or why. Each also with its asides, adverbs and lists cut short.
 * Never takes a turn, a doubt, a denial or who says so. None is longer than `most`. Cost: bounded by 48 forms.
 */
export function formsOf(sentence: string, desk: WritingDesk, most: number): Form[] {
  const parts = partsOf(sentence, desk).slice(0, CLAUSES_READ);
  const found = new Map<string, Form>();
  const add = (kept: readonly Part[]): void => {
    const text = kept.map((part) => part.text).join('');
    const bare = withoutAsides(text);
    const brief = withoutInformant(withoutFillers(bare));
    const plain = withoutOwnWord(isTooLong(brief, desk) ? withoutOccasion(brief) : brief);
    for (const form of [text, bare, ...withShorterLists(bare), brief, ...withShorterLists(brief), plain]) {
      const ended = closed(form);
      const length = visibleLength(ended);
      if (length <= most) found.set(ended, { text: ended, length });
    }
  };
  /** `kept` ends with the part before `at`, or with an earlier one and `dropped` lies between. */
  const walk = (kept: readonly Part[], dropped: readonly Part[], at: number): void => {
    if (found.size >= FORMS_MOST) return;
    const part = parts[at];
    if (part === undefined) {
      if (dropped.length === 0) add(kept);
      return;
    }
    const last = kept.at(-1);
    if (last === undefined ? mayOpen(part, dropped) : mayFollow(part, dropped)) {
      const all = [...kept, part];
      const next = parts[at + 1];
      if (next !== undefined && canStand(all.map(({ text }) => text).join(''), part.text, next.text, desk))
        add(all);
      walk(all, [], at + 1);
    }
    const free = last === undefined ? part.aside : !last.leadsOn && (part.aside || !part.mustStay);
    if (free) walk(kept, [...dropped, part], at + 1);
  };
  walk([], [], 0);
  return [...found.values()];
}

/** `某某在昨日的听证会上透露，`: who says so and what stay, on what occasion goes. */
function withoutOccasion(text: string): string {
  return text.replace(
    /(?<=[\p{L}\d])在[^，。：“”在]{3,24}(?:会上|[中上]|期间|时)(?=(?:正式|明确)?(?:透露|表示|称|宣布|指出|披露|强调|确认)[，：])/gu,
    '',
  );
}

function isTooLong(text: string, { style }: WritingDesk): boolean {
  return visibleLength(text) > style.length.summary.most;
}

/** `据青石官方消息，青石……`: that a firm tells of itself what it does needs no word. */
function withoutOwnWord(text: string): string {
  return text.replace(/^根?据(.{2,16}?)(?:官方|官网)(?:消息|公告|博客|账号|介绍)?(?:显示)?，(?=\1)/u, '');
}

type Part = {
  text: string;
  /** Says only when, why or on what occasion: the sentence is as true without it. */
  aside: boolean;
  /** What follows hangs on it: a condition, who says so, the first half of `不仅……还`. */
  leadsOn: boolean;
  /** Whose subject: its own, that of the clause before (`支持离线运行`), or nobody can tell. */
  subject: 'own' | 'shared' | 'unclear';
  /** Hangs on the clause right before it: `从而降低成本`. */
  hangsOn: boolean;
  /** Its loss could make the rest untrue. */
  mustStay: boolean;
};

function partsOf(sentence: string, desk: WritingDesk): Part[] {
  return clausesOf(sentence)
    .flatMap((clause) => clause.split(JOINT))
    .map((text) => ({
      text,
      aside: ASIDE.test(text),
      leadsOn:
        LEADS_ON.test(text) ||
        STANDS_ON.test(text) ||
        desk.style.summary.subordinate.some((word) => text.startsWith(word)),
      subject: SHARES_SUBJECT.test(text)
        ? 'shared'
        : OWN_SUBJECT.test(text) || desk.findNames(text)[0]?.start === 0
          ? 'own'
          : 'unclear',
      hangsOn: HANGS_ON.test(text),
      mustStay: MUST_STAY.test(text),
    }));
}

/** `近日，`, `在性能方面，`, `为保障质量，`, `通过遥控器，`, `展会期间，`: no condition, no comparison, no source. */
const ASIDE =
  /^(?:(?:近日|日前|今日|昨日|今天|昨天|此外|同时|另外|与此同时|随后|如今|据悉|据了解|值得一提的是|值得注意的是)，|(?:在|从)[^，]{1,14}(?:方面|层面|环节|角度|上看|来看)，|在[^，]{1,6}上，|为了?(?!止|准|期|例)[^，]{3,}，$|受[^，]+影响，$|随着[^，]+，$|由于[^，]+，$|鉴于[^，]+，$|(?:通过|借助)[^，]+，$|[^，不未仅]{2,24}(?:期间|大会上|会议上|活动上|发布会上|论坛上|峰会上)，$)/u;
const LEADS_ON =
  /(?:指出|表示|称|显示|认为|透露|强调|提到|发现|报道|消息|公告|意味着|的是|时|之后|后|以来|之际|方面|中|上|下|[：:])[，,：:]?$|不仅|不但|不光|^(?:根?据|援引|既|一方面|无论|不是|与其|首先|其一|若|当)/u;
/** `双方基于私有云场景的融合，`: what they did follows; `该模型基于开源架构，` is said of it. */
const STANDS_ON =
  /(?:基于|围绕|针对|凭借)[^，]*(?<!架构|构建|训练|打造|开发|优化|设计|协议|许可证?|引擎|平台|模型|框架|技术|[A-Za-z\d])[，,]$/u;
/** After `并`, `还可` and their like: a verb whose subject stands before. */
const SHARES_SUBJECT =
  /^(?:并|还|已|现已|现|也|且|同时|均|可|能|将|会|主要|专门?|原生|首次|率先|全面|正式)*(?:支持|提供|采用|具备|拥有|可|能|覆盖|集成|内置|引入|新增|推出|发布|开源|开放|实现|允许|优化|提升|搭载|基于|通过|利用|旨在|用于|适用|面向|致力|包括|涵盖|包含|兼容|打通|接入|主打|配备|达到?|超过|优于|较|比|计划|有望|获|由|适配|降低|减少|修复|带来|上线|完成|融合|结合|整合|无需|仅需|定价|售价|聚焦|专注|强化|增强|改进|升级|更新|调整|加入|添加|扩展|延续|沿用|使用|部署|帮助|协助|助力|突破|刷新|登顶|位列|位居|取得|参与|联合|携手|投资|投入|启动|开启|重点|成为|定位|为|是|有)/u;
const OWN_SUBJECT =
  /^(?:[A-Z][\w.-]*|官方|用户|开发者|企业|公司|团队|模型|产品|平台|系统|项目|研究|论文|客户|代码|权重|价格|定价|交易|服务|新[^，]{0,3}(?:版|模型|功能|系统))/u;
/** `从而降低成本`, `其中一款`: said of the clause right before it. */
const HANGS_ON =
  /^(?:从而|使|让|以|进而|因此|因而|所以|但|却|而|这|此|即|也就是|才|就|则|再|又|也|都|后|其|该|上述|分别|前者|后者|两者|二者|双方|它|他|她|另|对此|为此|由此|最终|最后|结果|例如|比如|如|不过|然而|甚至|更|尤其|特别是|指|称|表示)/u;
const MUST_STAY =
  /但|却|不过|然而|而是|除|仅|只|未|不|没|无法|否认|拟|传|疑|(?<!数|依|根)据|或|可能|若|如果|尚|暂|即将|称|表示|指出|强调|认为|透露|前提|限|须/u;

function mayOpen(part: Part, dropped: readonly Part[]): boolean {
  return dropped.length === 0 || !part.hangsOn;
}

function mayFollow(part: Part, dropped: readonly Part[]): boolean {
  const lost = dropped.filter(({ aside }) => !aside);
  if (lost.length === 0) return true;
  // Without its condition what follows would be said of every case.
  if (part.hangsOn || lost.at(-1)?.leadsOn === true) return false;
  // What goes on about a subject must not find another one before it.
  return lost.every(({ subject }) => subject === 'shared' || (subject === 'own' && part.subject === 'own'));
}

/** What a first half may end with before `并`: the end of a thing, so that no verb loses its object. */
const THING_ENDS =
  '[A-Za-z\\d%）》”」]|模型|工具|功能|平台|系统|框架|基准|系列|服务|版本?|架构|插件|浏览器|助手|应用|套件|芯片|智能体|数据集|计划|协议|公司|用户|市场|业务|资金|融资|团队|能力|许可证?|接口|社区|网站|企业|开发者|公测|内测|测试|离职|更新|升级|预约';
/** `青石发布远帆工具` and `并开放内测`: what `并` joins can part there. */
const JOINT = new RegExp(`(?<=^.{6,}(?:${THING_ENDS}))(?=并(?![未不非购行发入列网存排]))`, 'u');

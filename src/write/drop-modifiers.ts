import type { WritingDesk } from './writing-desk.ts';

/** What may never be lost with a cut: a number, a denial, a doubt, a turn. */
export const MUST_STAY = /[\d一二两三四五六七八九十百千万亿半]|[不未非无没否]|但|却|或|拟|传|据|疑|暂|仅|除/u;

/** `具有里程碑意义的判决` → `判决`: praise says nothing. */
export function withoutPraise(text: string): string {
  return text
    .replace(PRAISE, (_, at: number) => {
      const next = text.slice(at).replace(PRAISE, '');
      return /[A-Za-z]$/.test(text.slice(0, at)) && /^[A-Za-z\d]/.test(next) ? ' ' : '';
    })
    .replace(/(?:竞争对手|劲敌|老对手)(?=[A-Z])/gu, '');
}
const PRAISE =
  /(?:具有|极具)[^，：的]{2,10}(?:意义|价值|影响力?)的|(?:备受|万众|广受)[^，：的]{2,5}的|(?:引人注目|众所周知|革命性|颠覆性)的/u;

/** `推出了一款工具` → `推出工具`: that it is one, and done, a headline says without words. */
export function withoutParticles(text: string, { style }: WritingDesk): string {
  const { actions } = style.summary;
  const named = text.replace(
    /(?:一[个款种项套])?名为([A-Z][\w .-]*\w)的(\p{Script=Han}{2,10})(?=，|$)/u,
    '$2$1',
  );
  const done = named.replace(
    /(?<=\p{Script=Han}{2})了(?=(?!解)\p{Script=Han}{2}|[A-Z])/gu,
    (particle, at: number) => (actions.some((verb) => text.endsWith(verb, at)) ? '' : particle),
  );
  // `在编程能力上，超越了…`: no pause is needed.
  const run = done.replace(/(?<=^[A-Z][\w. -]*在[^，在]{2,12}[上中])，(?=\p{Script=Han}{2})/u, '');
  return run.replace(
    /(?<=推出|发布|开源|上线|测试|打造|添加|创建|收购|支持|参与)一[个款种项套系]列?(?![又个帮让能可为用在专与])|(?<=：)一[个款种项套系]列?(?=.{4})/gu,
    '',
  );
}

/** `在开发者大会上发布` → `发布`: where it was said is no part of what was done. */
export function withoutOccasion(text: string, { style }: WritingDesk): string {
  return text.replace(
    /(?<=\p{L})(?:今日|今天|昨日|昨天|今早|昨晚|近期|最近|周[一二三四五六日]|本周[一二三四五六日]?)?(?:在[^，：在]{1,16}(?:大会|峰会|活动|发布会|论坛|博客|官网|社交平台|财报会议)上|于?(?:今日|今天|昨日|昨天|近期|最近|日前|周[一二三四五六日]))(?=(.{2,4}))/gu,
    (all, next: string) =>
      !/[\d不未没]/.test(all) &&
      [...style.summary.actions, '表示', '将', '向', '为', '与', '正式'].some((verb) => next.startsWith(verb))
        ? ''
        : all,
  );
}

/** `青石发布青石-V4` → `青石发布V4`: who makes it was just said. */
export function withoutMakerAgain(text: string): string {
  return text.replace(
    /^(([A-Z][A-Za-z]{2,})(?![A-Za-z .-])[^，：；]*?)\2[ -](?=[A-Z]?\d|[A-Z][a-z]*-?\d)/u,
    '$1',
  );
}

/** `法律AI初创公司Tidal估值达5亿美元` → `Tidal估值达5亿美元`: what trade a named firm is in. */
export function withoutTradeOfSubject(text: string): string {
  return text.replace(
    /^((?:总部(?:位于|设在)[^，：的]{2,8}的)?[^，：、的A-Z]{0,8}(?:AI)?[^，：、的A-Z]{0,8}(?:初创公司|初创企业|创业公司|新创公司|公司|厂商|独角兽|巨头|平台|实验室))(?=[A-Z][\w.&–-]+(?: [A-Z][\w.&–-]+)*(?:：|\p{Script=Han}(?!人|前|等)))/u,
    (trade: string) =>
      MUST_STAY.test(trade.replaceAll('数据', '')) || /母公司|子公司|前|旗下/.test(trade) ? trade : '',
  );
}

/** `收购机器人公司以强化雄心` → `收购机器人公司`, `因合同而遭抗议` → `遭抗议`: what for and why, when who did what stands before. */
export function withoutPurpose(text: string, { style }: WritingDesk): string {
  const short = text.replace(/因[^，：]{4,30}而(?=[遭被受])/u, '');
  const tail =
    /(?<=^.{6,})(?:，?以(?=建造|打造|构建|开发|训练|资助|避免|确保|保护|强化|提升|支持|应对|推动|加速|降低|改善|满足|帮助|实现|扩大|对抗|增强|优化|回应|加强|阻止|防止)|，用于|，旨在)[^，；]*$/u.exec(
      short,
    );
  if (tail === null) return short;
  const head = short.slice(0, tail.index);
  const told = [...style.summary.actions, ...style.headline.deeds].some(
    (verb) => verb.length > 1 && head.indexOf(verb) >= 2,
  );
  return told && !MUST_STAY.test(tail[0]) && !/[的在从对向与和被将可]$/u.test(head) ? head : short;
}

/** `Harbor：一种面向智能体的运行框架，用于防御注入` → `Harbor：运行框架`: the thing itself, when it still says something. */
export function withoutUse(text: string, desk: WritingDesk, most: number): string {
  const [, name, rest] = /^([^，：]{2,24}：)(?:一[种个款项套])?([^：]+)$/u.exec(text) ?? [];
  if (name === undefined || rest === undefined || !/[A-Za-z]/.test(name)) return text;
  if (/[，]/.test(rest) && !/，(?:用于|旨在|支持|可|能|帮助|让)/u.test(rest)) return text;
  const [first = rest] = rest.split('，');
  const plain = first.replace(/^(?:面向|用于|针对|基于|专为|通过|为)[^，]*?的(?=.{7,})/u, '');
  const kept =
    name.length + first.length <= most || /[仅只除]/.test(first.slice(0, first.length - plain.length))
      ? first
      : plain;
  return desk.style.summary.actions.some((verb) => kept.startsWith(verb)) ? text : name + kept;
}

/** `推出面向开发者的编程语言Zero` → `推出编程语言Zero`: for whom a named thing is. */
export function withoutForWhom(text: string): string {
  return text.replace(
    /(?<=发布|推出|开源|上线)(?:面向|专为|针对)[^，：]{1,12}?的(?=[^，：]{2,}[A-Z][\w .+-]{2,}$)/u,
    (all) => (MUST_STAY.test(all) ? all : ''),
  );
}

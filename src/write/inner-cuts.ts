/** What an aside must not take along: a limit, a doubt, a denial, the state a thing is in. */
const ASIDE_STAYS = /[不未非无没否]|测试|预览|内测|公测|Beta|Preview|除|仅|只|限|拟|传|疑|暂|实验|试/iu;

/**
 * Without what stands in brackets, unless it says what must stay, by default a limit or a doubt. `远帆3（灯报）1.5亿元` keeps
 * it: what stands on both sides would run into one number or word.
 */
export function withoutAsides(text: string, stays: RegExp = ASIDE_STAYS): string {
  return text.replace(ASIDE, (aside) => (stays.test(aside) ? aside : ''));
}
const ASIDE = /(?<![A-Za-z0-9.%]) ?（[^（）]*）| ?（[^（）]*）(?![A-Za-z0-9])/gu;

/** `近日正式发布` says no more than `发布`, in a paper of this very day; never after a denial. */
const FILLERS =
  /(?<![不未非尚])(?:(?:近日|近期|日前)(?=正式|官方|宣布|发布|推出|上线|开源|在|为|与|向|更新|公布|披露|分享|完成)|正式(?=发布|推出|上线|开源|宣布)|官方(?=宣布|正式|发布|推出)|宣布(?=推出|发布|开源|上线|完成|将))/gu;

/** Without adverbs that say only that it is news. */
export function withoutFillers(text: string): string {
  return text.replace(FILLERS, '');
}

/** `据某社援引知情人士消息`: that it is hearsay stays, and whose. */
const QUOTED_BY = /(?<=^据[^，。]{2,14})援引[^，。]{2,20}(?=(?:报道|消息|透露|披露)，)/u;

/** Names the outlet that reports, not whom it asked. */
export function withoutInformant(text: string): string {
  return text.replace(QUOTED_BY, '');
}

/** One thing of a list: no mark, no bracket. */
const ITEM = '[^，。；：、（）“”「」《》]+?';
/** What follows so many things of a list that 等 ends: 等 already says that there are more. */
const COUNTED = [2, 3, 4].map(
  (kept) =>
    new RegExp(
      `(?<=(?:、${ITEM}){${kept - 1}})(?:、${ITEM})*(?:、|和|与|及|以及)${ITEM}(?=等(?!于|待|级|同|效|到|候|离))`,
      'gu',
    ),
);

/** A list that ends with 等 with only its first two things, three, four. */
export function withShorterLists(text: string): string[] {
  return COUNTED.map((more) => text.replace(more, ''));
}

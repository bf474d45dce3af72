import type { Brief } from '../domain/brief.ts';
import type { EditionContent, EditionSection, Item, LeftOut, Outlet } from '../domain/edition.ts';
import type { Section, StoryFile, Verdict } from '../domain/story.ts';

/** One story on the table when the edition is made. */
export type Candidate = { file: StoryFile; verdict: Verdict; brief: Brief | undefined };

export type EditionPlan = {
  date: string;
  /** What stands before the colon of the title. */
  name: string;
  tagline: string;
  sections: Section[];
  /** At most this many items in all. */
  maxItems: number;
  /** At most this many items that link to one publisher. */
  maxPerPublisher: number;
  /** Items worth less (0..100) are left out even when there is room. */
  minWorth: number;
};

/**
 * The day's edition: best stories first, limits per section, per publisher and in all, everything else with the
 * reason why not. Sections keep the editor's order; inside one, worth decides; equal worth falls back to the story
 * id, so that the same table always gives the same edition. Pure.
 */
export function composeEdition(
  candidates: Candidate[],
  plan: EditionPlan,
): { content: EditionContent; leftOut: LeftOut[] } {
  const byWorth = candidates.toSorted(
    (a, b) => b.verdict.worth.score - a.verdict.worth.score || (a.file.story.id < b.file.story.id ? -1 : 1),
  );
  const chosen: { item: Item; section: string }[] = [];
  const leftOut: LeftOut[] = [];
  for (const candidate of byWorth) {
    const why = whyNot(candidate, chosen, plan);
    if (why === undefined && candidate.brief)
      chosen.push({ item: toItem(candidate, candidate.brief), section: candidate.verdict.section.name });
    else leftOut.push(toLeftOut(candidate, why ?? '没有写成简讯'));
  }
  const sections: EditionSection[] = plan.sections
    .map(({ name }) => ({ name, items: chosen.filter((c) => c.section === name).map((c) => c.item) }))
    .filter((section) => section.items.length > 0);
  return {
    content: {
      date: plan.date,
      title: titleOf(
        plan.name,
        chosen.map((c) => c.item),
      ),
      tagline: plan.tagline,
      sections,
    },
    leftOut,
  };
}

/** `AI日报：` and the three most important headlines, never cut. */
function titleOf(name: string, itemsByWorth: Item[]): string {
  return `${name}：${itemsByWorth
    .slice(0, 3)
    .map((item) => item.brief.headline)
    .join('; ')}`;
}

const NOISE_NAMES: Record<string, string> = {
  'off-topic': '与 AI 无关',
  advert: '广告或软文',
  event: '活动报名',
  recruiting: '招聘',
  roundup: '汇总，不是一件事',
  repost: '转载',
  thin: '内容太少',
};

function whyNot(
  { file, verdict, brief }: Candidate,
  chosen: { item: Item; section: string }[],
  plan: EditionPlan,
): string | undefined {
  const { noise, novelty, worth, section } = verdict;
  if (noise.kind !== null)
    return `${NOISE_NAMES[noise.kind]}：${noise.reasons.map((reason) => reason.signal).join('；')}`;
  if (novelty.kind === 'repeat') return `${file.told?.date ?? '此前'} 已报道，没有新的事实`;
  if (brief === undefined) return '没有可用的正文，写不成简讯';
  if (worth.score < plan.minWorth) return `价值 ${Math.round(worth.score)} 分，低于 ${plan.minWorth} 分`;
  const limit = plan.sections.find((planned) => planned.name === section.name)?.maxItems;
  if (limit === undefined) return `配置里没有栏目「${section.name}」`;
  if (chosen.length >= plan.maxItems) return `全刊已满 ${plan.maxItems} 条`;
  if (chosen.filter((c) => c.section === section.name).length >= limit)
    return `栏目「${section.name}」已满 ${limit} 条`;
  const publisher = publisherOf(file, brief);
  if (chosen.filter((c) => c.item.publisher === publisher).length >= plan.maxPerPublisher)
    return `「${publisher}」已有 ${plan.maxPerPublisher} 条`;
  return undefined;
}

function toItem({ file, verdict }: Candidate, brief: Brief): Item {
  const told = verdict.novelty.kind === 'follow-up' ? file.told : undefined;
  return {
    brief,
    worth: Math.round(verdict.worth.score),
    publisher: publisherOf(file, brief),
    outlets: outletsOf(file, brief),
    ...(told ? { followUp: { date: told.date, headline: told.headline, url: told.url } } : {}),
  };
}

/** The other publishers' pieces, one each, reposts not counted. */
function outletsOf(file: StoryFile, brief: Brief): Outlet[] {
  const reposts = new Set(
    file.story.joins.filter((join) => join.kind === 'repost').map((join) => join.articleId),
  );
  const earlier = new Set(file.told?.articleIds);
  const outlets = new Map<string, Outlet>();
  const own = publisherOf(file, brief);
  for (const { id, publisher, url, title } of file.articles)
    if (publisher !== own && !reposts.has(id) && !earlier.has(id) && !outlets.has(publisher))
      outlets.set(publisher, { name: publisher, url, title });
  return [...outlets.values()];
}

function publisherOf(file: StoryFile, brief: Brief): string {
  return file.articles.find((article) => article.id === brief.articleId)?.publisher ?? '';
}

function toLeftOut({ file, verdict, brief }: Candidate, why: string): LeftOut {
  const article = file.articles.find((a) => a.id === brief?.articleId) ?? file.articles[0];
  return {
    storyId: file.story.id,
    title: article?.title ?? '',
    url: article?.url ?? '',
    publisher: article?.publisher ?? '',
    worth: Math.round(verdict.worth.score),
    why,
  };
}

import type { Article } from '../domain/article.ts';
import type { Brief } from '../domain/brief.ts';
import type { EditionContent, EditionSection, Item, LeftOut, Outlet } from '../domain/edition.ts';
import type { RuledStory } from '../domain/ruling.ts';
import type { FamilyOf, Section, StoryFile, Verdict } from '../domain/story.ts';

/** One story on the table when the edition is made. */
export type Candidate = {
  file: StoryFile;
  verdict: Verdict;
  brief: Brief | undefined;
  /** Whose news it is, by canonical name; undefined when nobody known is named. */
  company: string | undefined;
  /** Only sources that still have to prove themselves tell it. */
  onTrial?: boolean;
  /** What the story is about at its source, to be shown. */
  primary?: { label: string; url: string };
  ruling?: RuledStory;
};

export type EditionPlan = {
  date: string;
  /** What stands before the colon of the title. */
  name: string;
  tagline: string;
  sections: Section[];
  /** At most this many items in all. */
  maxItems: number;
  /** At most this many items that link to one family of publishers. */
  maxPerPublisher: number;
  /** At most this many items about one company. */
  maxPerCompany: number;
  familyOf: FamilyOf;
  /** Items worth less (0..100) are left out even when there is room. */
  minWorth: number;
};

/** The limits on one company or one publisher's family never hide one of the day's first stories. */
const NEVER_LIMITED = 5;

type Chosen = { item: Item; candidate: Candidate; section: string };

/**
 * The day's edition: what an editor accepted, then the best stories; limits per section, per company, per family of
 * publishers and in all; everything else with the reason why not. Sections keep the editor's order; inside one, worth
 * decides; equal worth falls back to the story id, so that the same table always gives the same edition. `leads`: all its
 * briefs, those of the title first. Pure.
 */
export function composeEdition(
  candidates: Candidate[],
  plan: EditionPlan,
): { content: EditionContent; leftOut: LeftOut[]; leads: Brief[] } {
  const byWorth = candidates.toSorted(
    (a, b) => b.verdict.worth.score - a.verdict.worth.score || (a.file.story.id < b.file.story.id ? -1 : 1),
  );
  const first = byWorth.filter((one) => one.ruling?.accepted);
  const rest = byWorth.filter((one) => !one.ruling?.accepted);
  const chosen: Chosen[] = [];
  const leftOut: LeftOut[] = [];
  for (const candidate of [...first, ...rest]) {
    const why = whyNot(candidate, chosen, plan);
    if (why === undefined && candidate.brief)
      chosen.push({ item: toItem(candidate, candidate.brief), candidate, section: sectionOf(candidate) });
    else leftOut.push(toLeftOut(candidate, why ?? '没有写成简讯'));
  }
  chosen.sort((a, b) => byWorth.indexOf(a.candidate) - byWorth.indexOf(b.candidate));
  const inTitle = titleStories(chosen);
  const sections: EditionSection[] = plan.sections
    .map(({ name }) => ({ name, items: chosen.filter((c) => c.section === name).map((c) => c.item) }))
    .filter((section) => section.items.length > 0);
  return {
    content: { date: plan.date, title: titleOf(plan.name, inTitle), tagline: plan.tagline, sections },
    leftOut,
    leads: [...inTitle, ...chosen.filter((one) => !inTitle.includes(one))].map(({ item }) => item.brief),
  };
}

function sectionOf({ ruling, verdict }: Candidate): string {
  return ruling?.section ?? verdict.section.name;
}

/** How many headlines the title names, and among how many first stories breadth is looked for. */
const TITLE = { headlines: 3, among: 6 };

/** The three most important stories; a second one of one company only when nobody else is near. */
function titleStories(chosen: readonly Chosen[]): Chosen[] {
  const near = chosen.slice(0, TITLE.among);
  const picked: Chosen[] = [];
  for (const one of near) {
    const { company } = one.candidate;
    if (company === undefined || !picked.some((other) => other.candidate.company === company))
      picked.push(one);
  }
  const broad = [...picked, ...near.filter((one) => !picked.includes(one))].slice(0, TITLE.headlines);
  return near.filter((one) => broad.includes(one));
}

/** `AI日报：` and the headlines, never cut. */
function titleOf(name: string, stories: readonly Chosen[]): string {
  return `${name}：${stories.map(({ item }) => item.brief.headline).join('; ')}`;
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

function whyNot(candidate: Candidate, chosen: readonly Chosen[], plan: EditionPlan): string | undefined {
  const { file, verdict, brief, ruling, company, onTrial } = candidate;
  const { noise, novelty, worth } = verdict;
  if (ruling?.rejected) return withNote('编辑不要', ruling.rejected.note);
  const section = sectionOf(candidate);
  const limit = plan.sections.find((planned) => planned.name === section)?.maxItems;
  if (ruling?.accepted) {
    if (brief === undefined) return '编辑要用，但没有可用的正文，写不成简讯';
    return limit === undefined ? `配置里没有栏目「${section}」` : undefined;
  }
  if (noise.kind !== null)
    return `${NOISE_NAMES[noise.kind]}：${noise.reasons.map((reason) => reason.signal).join('；')}`;
  if (novelty.kind === 'repeat') return `${file.told?.date ?? '此前'} 已报道，没有新的事实`;
  if (brief === undefined || brief.summary === '') return '没有可用的正文，写不成简讯';
  if (onTrial === true) return '来源还在观察期（ribao sources admit 可提前放行）';
  if (worth.score < plan.minWorth) return `价值 ${Math.floor(worth.score)} 分，低于 ${plan.minWorth} 分`;
  if (limit === undefined) return `配置里没有栏目「${section}」`;
  if (chosen.length >= plan.maxItems) return `全刊已满 ${plan.maxItems} 条`;
  if (chosen.filter((one) => one.section === section).length >= limit)
    return `栏目「${section}」已满 ${limit} 条`;
  if (chosen.some(({ item }) => item.brief.headline === brief.headline)) return '与已选的一条同题';
  if (chosen.length < NEVER_LIMITED) return undefined;
  const about = chosen.filter((one) => one.candidate.company === company).length;
  if (company !== undefined && about >= plan.maxPerCompany) return `「${company}」的消息已有 ${about} 条`;
  const family = familyOf(candidate, plan);
  const theirs = chosen.filter((one) => familyOf(one.candidate, plan) === family).length;
  return theirs >= plan.maxPerPublisher ? `「${family}」已有 ${theirs} 条` : undefined;
}

function withNote(why: string, note: string): string {
  return note === '' ? why : `${why}：${note}`;
}

function familyOf({ file, brief }: Candidate, plan: EditionPlan): string {
  const article = linked(file, brief);
  return article === undefined ? '' : plan.familyOf(article);
}

function toItem({ file, verdict, primary }: Candidate, brief: Brief): Item {
  const told = verdict.novelty.kind === 'follow-up' ? file.told : undefined;
  return {
    brief,
    worth: Math.round(verdict.worth.score),
    publisher: linked(file, brief)?.publisher ?? '',
    outlets: outletsOf(file, brief),
    parts: verdict.worth.parts,
    ...(primary === undefined || primary.url === brief.url ? {} : { primary }),
    ...(told
      ? {
          followUp: {
            label: told.times > 1 ? '持续跟踪' : '新进展',
            newSentence: verdict.novelty.newSentence ?? '',
            date: told.date,
            headline: told.headline,
            url: told.url,
          },
        }
      : {}),
  };
}

/** The other publishers' pieces, one each, reposts not counted. */
function outletsOf(file: StoryFile, brief: Brief): Outlet[] {
  const reposts = new Set(
    file.story.joins.filter((join) => join.kind === 'repost').map((join) => join.articleId),
  );
  const earlier = new Set(file.told?.articleIds);
  const outlets = new Map<string, Outlet>();
  const own = linked(file, brief)?.publisher;
  for (const { id, publisher, url, title } of file.articles)
    if (publisher !== own && !reposts.has(id) && !earlier.has(id) && !outlets.has(publisher))
      outlets.set(publisher, { name: publisher, url, title });
  return [...outlets.values()];
}

function linked(file: StoryFile, brief: Brief | undefined): Article | undefined {
  return file.articles.find((article) => article.id === brief?.articleId);
}

function toLeftOut(candidate: Candidate, why: string): LeftOut {
  const { file, verdict, brief } = candidate;
  const article = linked(file, brief) ?? file.articles[0];
  return {
    storyId: file.story.id,
    title: article?.title ?? '',
    url: article?.url ?? '',
    publisher: article?.publisher ?? '',
    section: sectionOf(candidate),
    noise: verdict.noise.kind,
    worth: Math.round(verdict.worth.score),
    parts: verdict.worth.parts,
    why,
  };
}

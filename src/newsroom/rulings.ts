import type { Article } from '../domain/article.ts';
import { Problem } from '../domain/problem.ts';
import type { Decision, Ruling } from '../domain/ruling.ts';
import type { Join, Story, StoryChange } from '../domain/story.ts';
import { splitsOf } from '../edit/lay-rulings.ts';
import { traitsOf } from '../edit/traits.ts';
import { withLease } from './lease.ts';
import type { Newsroom } from './newsroom.ts';

/** What is decided before an edition is printed; what comes after is a correction. */
export type StoryDecision = Exclude<Decision, { date: string }>;

type File = { story: Story; articles: Article[] };

/**
 * Records what an editor decided. Merges and splits change the stories at once; accept, reject and move are laid over
 * the next edition of the day.
 * @throws Problem ruling-invalid when the story, the section or the articles are not there; already-running
 */
export async function ruleOn(room: Newsroom, decision: StoryDecision, note: string): Promise<Ruling> {
  return withLease(room, 'newsroom', async () => {
    const at = room.clock();
    if (decision.kind === 'forget') return room.store.addRuling({ at, decision, note, traits: {} });
    const file = await fileOf(room, decision.storyId);
    const ruled: StoryDecision = { ...decision, storyId: file.story.id };
    if (ruled.kind === 'move' && !room.editorial.sectionPlan.some(({ name }) => name === ruled.section))
      throw invalid(`没有栏目「${ruled.section}」。 No such section.`);
    if (ruled.kind === 'merge') await merge(room, file, await fileOf(room, ruled.otherId), note);
    if (ruled.kind === 'split') await split(room, file, ruled.articleIds, note);
    return room.store.addRuling({ at, decision: ruled, note, traits: await traits(room, file) });
  });
}

async function traits(room: Newsroom, { story, articles }: File): Promise<Record<string, number>> {
  const judged = await room.store.verdictOf(story.id);
  return judged ? traitsOf(judged.verdict, articles, room.editorial.judging.findNames) : {};
}

async function fileOf(room: Newsroom, storyId: string): Promise<File> {
  const file = await room.store.story(storyId);
  if (file === undefined) throw invalid(`没有故事 ${storyId}。 No such story.`);
  return file;
}

async function merge(room: Newsroom, one: File, other: File, note: string): Promise<void> {
  if (one.story.id === other.story.id) throw invalid('这两个已经是同一个故事。 They are one story already.');
  const [into, from] = older(one.story, other.story) ? [one, other] : [other, one];
  const reasons = ['编辑合并', ...(note === '' ? [] : [note])];
  const joins = from.story.joins.map(
    (join): Join => (join.kind === 'first' ? { ...join, kind: 'same-event', reasons } : join),
  );
  const change: StoryChange = {
    kind: 'merge',
    at: room.clock(),
    storyId: into.story.id,
    otherId: from.story.id,
    articleIds: from.story.joins.map(({ articleId }) => articleId),
    by: 'editor',
    reasons,
  };
  await room.store.recordStories([{ ...into.story, joins: [...into.story.joins, ...joins] }], [], [change]);
}

function older(one: Story, other: Story): boolean {
  return one.openedAt < other.openedAt || (one.openedAt === other.openedAt && one.id < other.id);
}

async function split(room: Newsroom, { story }: File, articleIds: string[], note: string): Promise<void> {
  const apart = story.joins.filter(({ articleId }) => articleIds.includes(articleId));
  const rest = story.joins.filter(({ articleId }) => !articleIds.includes(articleId));
  if (apart.length !== new Set(articleIds).size)
    throw invalid('有的文章不在这个故事里。 Some of the articles are not in this story.');
  if (rest.length === 0 || apart.length === 0)
    throw invalid('至少要留一篇、分出一篇。 One article must stay and one must go.');
  const reasons = ['编辑拆分', ...(note === '' ? [] : [note])];
  const lead = (joins: Join[]): Join[] =>
    joins.map((join, at) => (at === 0 ? { ...join, kind: 'first', score: 1, reasons } : join));
  // The id is made of an article's: the story it was first made for keeps it, whichever part that article is in.
  const named = apart.find(({ articleId }) => story.id !== `s${articleId}`);
  if (named === undefined)
    throw invalid(
      '首篇不能单独拆出，请拆出其余的文章。 Split off the other articles instead of the first one.',
    );
  const own: Story = { id: `s${named.articleId}`, openedAt: story.openedAt, joins: lead(apart) };
  const change: StoryChange = {
    kind: 'split',
    at: room.clock(),
    storyId: story.id,
    otherId: own.id,
    articleIds,
    by: 'editor',
    reasons,
  };
  const left = { ...story, joins: rest[0]?.kind === 'first' ? rest : lead(rest) };
  await room.store.recordStories([left, own], [], [change]);
}

/**
 * What is settled about pairs of articles: those an editor split apart never belong together again.
 * Gives undefined for everything else.
 */
export async function decidedPairs(
  room: Newsroom,
): Promise<(leftId: string, rightId: string) => boolean | undefined> {
  const apart = new Set<string>();
  for (const { storyId, articleIds } of splitsOf(await room.store.rulings())) {
    const file = await room.store.story(storyId);
    for (const stayed of file?.story.joins ?? [])
      for (const gone of articleIds) apart.add(pairKey(stayed.articleId, gone));
  }
  return (leftId, rightId) => (apart.has(pairKey(leftId, rightId)) ? false : undefined);
}

/** One key for a pair in either order. */
export function pairKey(leftId: string, rightId: string): string {
  return leftId < rightId ? `${leftId} ${rightId}` : `${rightId} ${leftId}`;
}

function invalid(message: string): Problem {
  return new Problem({
    code: 'ruling-invalid',
    message,
    fix: '用 ribao show 看有哪些故事和文章。 See the stories with `ribao show`.',
  });
}

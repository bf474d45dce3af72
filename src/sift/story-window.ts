import type { Article } from '../domain/article.ts';
import type { Join, Story, StoryChange, StoryFile } from '../domain/story.ts';
import { agglomerate, bond, type Group } from './agglomerate.ts';
import { createCandidateIndex } from './candidates.ts';
import { createDuplicateIndex, type Duplicate } from './near-duplicates.ts';
import { createOpenStories, type OpenStory, sampleOf } from './open-stories.ts';
import { isLater, linkGroups, type Pair, pairsInside } from './pairs.ts';
import { type GroupTools, type Piece, readForGrouping } from './pieces.ts';
import { createPairScorer, explainPair, type PairScorer } from './score-pair.ts';
import type { SiftModels } from './sift-models.ts';
import { createSpace } from './space.ts';
import { createTerms } from './terms.ts';

/** What else decides whether pieces belong together. */
export type GroupOptions = {
  /** Added to the scorer's log odds: what an editor's merges and splits taught. */
  lean?: number;
  /** What is known for certain of two articles (an editor's split, a second reader's answer); undefined: nothing. */
  decided?: (leftId: string, rightId: string) => boolean | undefined;
  /** More evidence on a pair, in log odds. */
  further?: (leftId: string, rightId: string) => number;
};

/** Two articles of which the scorer is not sure. */
export type UnsurePair = { leftId: string; rightId: string; score: number };

export type Grouping = {
  /** New and changed stories, in the order they were opened. */
  stories: Story[];
  /** Open stories that turned out to be one. */
  changes: StoryChange[];
  unsure: UnsurePair[];
};

/** The stories of the last days, ready to take new articles. */
export type StoryWindow = {
  /** Adds stories as they stand; never changes them. */
  remember(files: readonly StoryFile[]): void;
  /** Puts articles, in order of time, into stories. */
  take(fresh: readonly Article[]): Grouping;
};

/**
 * Two groups are one story when their members' bonds are this strong on average. On labelled days held back pairwise and
 * B-cubed F1 were 0.717 and 0.954 with 0.28, 0.732 and 0.955 with 0.31, 0.684 and 0.959 with 0.35; with the likeness
 * itself in place of its root never above 0.685 and 0.960.
 */
export const SAME_EVENT = 0.31;
/**
 * Two single pieces must show more: no third bears them out. On 28 labelled days held back 67 of 205 stories of several
 * pieces are of two events with 0.5, 77 of 222 with 0.42, 57 of 190 with 0.57; pairwise F1 over all pairs is 0.70 to 0.71.
 */
const SAME_EVENT_ALONE = 0.5;
/**
 * A piece whose title bears the name of a product that of all open stories one alone bears continues that story, when its
 * bonds with what was told there in the last days are at least `from`; they then count `as` much. What comes a day later
 * says other things of the same thing, so its bonds are weak, and no labels tell of it: these days were labelled one by one.
 */
const CONTINUES = { from: 0.05, as: 0.5 };
/** Pairs below this are not kept: they can hardly lift an average over the line. */
const KEEP_PAIR = 0.03;
/** Between these a second reader is worth asking. */
const UNSURE: readonly [number, number] = [0.08, 0.6];
/** Two open stories become one only when a new article fits both this well, and they each other as well as any story. */
const BRIDGES = 0.5;
/**
 * Opens an empty window. Cost of one article: reading it, at most 12 close comparisons, and for each story it may
 * join 8 more; independent of how many articles the window holds.
 */
export function openStoryWindow(
  tools: GroupTools,
  models: SiftModels,
  options: GroupOptions = {},
): StoryWindow {
  const terms = createTerms(models.background);
  const space = createSpace(terms);
  const { sheets, texts } = space;
  const duplicates = createDuplicateIndex(space);
  const candidates = createCandidateIndex(sheets);
  const stories = createOpenStories(space);
  const { decided, further } = options;
  const trained = createPairScorer(models.sameEvent, space, {
    lean: options.lean ?? 0,
    ...(further ? { further: (left, right) => further(left.articleId, right.articleId) } : {}),
  });
  const score: PairScorer = (left, right) => {
    const known = decided?.(left.articleId, right.articleId);
    return known === undefined ? trained(left, right) : known ? 1 : 0;
  };
  const meet = (piece: Piece): Duplicate | undefined => {
    const found = duplicates.take(piece);
    if (found === undefined || decided?.(found.of.articleId, piece.articleId) === false) return undefined;
    return found;
  };
  return {
    remember(files) {
      const readings = files.map(({ story, articles }) => ({
        story,
        pieces: terms.asOne(() =>
          sampleOf(articles).map((article) => readForGrouping(article, tools, space)),
        ),
      }));
      terms.settle();
      for (const { story, pieces } of readings) {
        for (const piece of pieces) {
          sheets.weigh(piece.sheet);
          duplicates.take(piece);
          candidates.add(piece);
        }
        stories.admit(story, pieces);
      }
    },
    take(fresh) {
      const read = fresh.map((article) => readForGrouping(article, tools, space));
      terms.settle();
      const repeats = new Map<Piece, Duplicate>();
      const groups = new Map<number, Group<Piece>>();
      let made = 0;
      const groupOf = new Map<Piece, Group<Piece>>();
      const groupOfStory = new Map<OpenStory, Group<Piece>>();
      const unsure: UnsurePair[] = [];
      const bridges: { piece: Piece; storyIds: string[] }[] = [];
      const groupFor = (piece: Piece): Group<Piece> => {
        const open = stories.of(piece);
        const known = open === undefined ? groupOf.get(piece) : groupOfStory.get(open);
        if (known !== undefined) return known;
        const members = open === undefined ? [piece] : [...open.members];
        const group: Group<Piece> = {
          key: made,
          members,
          openStory: open?.story.id,
          links: new Map(),
        };
        made += 1;
        groups.set(group.key, group);
        if (open === undefined) groupOf.set(piece, group);
        else groupOfStory.set(open, group);
        return group;
      };
      const pairs: Pair[] = [];
      for (const piece of read) {
        sheets.weigh(piece.sheet);
        const repeat = meet(piece);
        if (repeat !== undefined) {
          repeats.set(piece, repeat);
          const group = groupFor(repeat.of);
          group.members.push(piece);
          groupOf.set(piece, group);
        } else groupFor(piece);
        const fits: string[] = [];
        const asked = new Set<Piece>();
        for (const near of candidates.take(piece)) {
          // Of an open story every member is asked, not only the one that came up.
          const open = stories.of(near);
          const others = open === undefined ? [near] : open.members;
          const scores: number[] = [];
          // The one that came up is the most alike: when even that hardly fits, the others need not be asked.
          const first = asked.has(near) || near === piece ? undefined : score(near, piece);
          for (const other of first !== undefined && first < KEEP_PAIR ? [near] : others) {
            if (asked.has(other) || other === piece) continue;
            asked.add(other);
            const likeness = other === near && first !== undefined ? first : score(other, piece);
            scores.push(likeness);
            if (likeness >= KEEP_PAIR) pairs.push({ left: other, right: piece, likeness });
            if (likeness >= UNSURE[0] && likeness <= UNSURE[1])
              unsure.push({ leftId: other.articleId, rightId: piece.articleId, score: likeness });
          }
          if (open !== undefined && scores.length > 0 && mean(scores) >= BRIDGES) fits.push(open.story.id);
        }
        if (fits.length > 1) bridges.push({ piece, storyIds: fits });
      }
      // What came together is put together first, so that stories of other days cannot pull it apart.
      const { near = [], far = [] } = Object.groupBy(pairs, (pair) => (isLater(pair) ? 'far' : 'near'));
      for (const pair of near) linkGroups(groupFor(pair.left), groupFor(pair.right), pair);
      agglomerate(groups, { alone: SAME_EVENT_ALONE, least: SAME_EVENT });
      const now = new Map(
        [...groups.values()].flatMap((group) => group.members.map((piece) => [piece, group] as const)),
      );
      const groupNow = (piece: Piece) => now.get(piece) ?? groupFor(piece);
      for (const group of groups.values()) if (group.openStory === undefined) followNames(group, groupNow);
      for (const pair of far) linkGroups(groupNow(pair.left), groupNow(pair.right), pair);
      agglomerate(groups, { alone: SAME_EVENT_ALONE, least: SAME_EVENT });
      const pairsOf = pairsInside(groups.values(), pairs);
      const taken = [...groups.values()].flatMap((group) => toStory(group, repeats, pairsOf));
      const changes = bridges.flatMap((bridge) => unite(bridge));
      const renamed = new Map(changes.map((change) => [change.otherId, change.storyId]));
      const changed = new Set([
        ...taken.map((story) => renamed.get(story.id) ?? story.id),
        ...changes.map((change) => change.storyId),
      ]);
      const found = [...changed].flatMap((id) => stories.get(id)?.story ?? []);
      return { stories: found.toSorted(byOpening), changes, unsure };
    },
  };

  /** Ties the group to the story that alone bears a name of its titles. */
  function followNames(group: Group<Piece>, groupOf: (piece: Piece) => Group<Piece>): void {
    for (const bearer of stories.bearersOf(group.members)) {
      const [member] = bearer.members;
      const open = member && groupOf(member);
      const bond = open === undefined ? 0 : (group.links.get(open.key) ?? 0);
      if (open === undefined || bond < CONTINUES.from) continue;
      group.links.set(open.key, Math.max(CONTINUES.as, bond));
      open.links.set(group.key, Math.max(CONTINUES.as, bond));
    }
  }

  /** The group as a story, when it has anything new. */
  function toStory(
    group: Group<Piece>,
    repeats: ReadonlyMap<Piece, Duplicate>,
    pairsOf: ReadonlyMap<Piece, readonly Pair[]>,
  ): Story[] {
    const members = group.members.toSorted(byTime);
    const arrived = members.filter((piece) => !stories.has(piece));
    const [first] = arrived;
    if (first === undefined) return [];
    const old = group.openStory === undefined ? undefined : stories.get(group.openStory)?.story;
    const joins: Join[] = old === undefined ? [] : [...old.joins];
    for (const piece of arrived) {
      if (joins.length === 0)
        joins.push({ articleId: piece.articleId, kind: 'first', score: 1, reasons: [] });
      else joins.push(repeats.get(piece)?.join ?? sameEvent(piece, members, pairsOf.get(piece) ?? []));
    }
    const story: Story = {
      id: old?.id ?? `s${first.articleId}`,
      openedAt: old?.openedAt ?? first.publishedAt,
      // An array that grew keeps room for sixteen more.
      joins: [...joins],
    };
    stories.admit(story, arrived);
    return [story];
  }

  /** The join of an article that tells the event in its own words: reasons come from the member it fits best. */
  function sameEvent(piece: Piece, members: readonly Piece[], pairs: readonly Pair[]): Join {
    const met = pairs.length > 0 ? pairs : members.filter((other) => other !== piece).map(pairWith(piece));
    const best = met.reduce<Pair | undefined>(
      (most, pair) => (most === undefined || pair.likeness > most.likeness ? pair : most),
      undefined,
    );
    return {
      articleId: piece.articleId,
      kind: 'same-event',
      score: round(best?.likeness ?? 0),
      reasons: best === undefined ? [] : explainPair(piece, best.right, space),
    };
  }

  function pairWith(left: Piece): (right: Piece) => Pair {
    return (right) => ({ left, right, likeness: score(right, left) });
  }

  /** Open stories that one new article fits equally well are one, when they fit each other too. */
  function unite({ piece, storyIds }: { piece: Piece; storyIds: string[] }): StoryChange[] {
    const [into, ...others] = storyIds
      .flatMap((id) => stories.get(id) ?? [])
      .toSorted((one, other) => byOpening(one.story, other.story));
    if (into === undefined) return [];
    return others.flatMap((from): StoryChange[] => {
      const likeness = into.members.flatMap((left) => from.members.map((right) => score(left, right)));
      const held = likeness.some((one) => one === 0);
      if (into.story.id === from.story.id || held || mean(likeness.map(bond)) < SAME_EVENT) return [];
      const reason = `《${texts.read(piece.opening, Math.min(24, piece.openingLength))}》同时属于两者（平均 ${mean(likeness).toFixed(2)}）`;
      const joins = from.story.joins.map(
        (join): Join =>
          join.kind === 'first'
            ? { ...join, kind: 'same-event', score: round(mean(likeness)), reasons: [reason] }
            : join,
      );
      const story = { ...into.story, joins: [...into.story.joins, ...joins] };
      stories.unite(into, from, story);
      return [
        {
          kind: 'merge',
          at: piece.publishedAt,
          storyId: into.story.id,
          otherId: from.story.id,
          articleIds: from.story.joins.map((join) => join.articleId),
          by: 'desk',
          reasons: [reason],
        },
      ];
    });
  }
}

function byTime(left: Piece, right: Piece): number {
  return left.publishedAt - right.publishedAt || (left.articleId < right.articleId ? -1 : 1);
}

function byOpening(left: Story, right: Story): number {
  return left.openedAt - right.openedAt || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

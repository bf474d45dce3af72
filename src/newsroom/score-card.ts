import type { Article, Instant } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import { addDays, dateIn } from './calendar.ts';
import type { Newsroom } from './newsroom.ts';

/** What a source was worth to the daily over the last days. Shares are 0..1. */
export type ScoreCard = {
  articles: number;
  /** Of stories that several sources told: the share this one told first, and the median lead over the next, in ms. */
  shared: number;
  firstShare: number;
  medianLeadMs: number | undefined;
  /** Share of its articles that stand in an edition, were judged noise, or repeat another article. */
  chosenShare: number;
  noiseShare: number;
  duplicateShare: number;
  /** Share of its articles of which there is more than the source's own words. */
  fullTextShare: number;
};

/** Of a source that floods, its latest articles speak for it. */
const MOST_ARTICLES = 300;

/** How far back a card looks. */
const DAYS = 30;

/** The articles whose stories stand in an edition of these days: the same for all cards. */
export async function printedArticles(room: Newsroom): Promise<ReadonlySet<string>> {
  const today = dateIn(room.config.timezone, room.clock());
  const editions = await room.store.editions(addDays(today, -DAYS - 1), addDays(today, 1));
  return new Set(editions.flatMap(({ articleIds }) => Object.values(articleIds).flat()));
}

/**
 * Draws up the card of one source. Cost: some store look-ups for each of its articles. Who draws up many cards gives
 * `printed` along, which reads a month of editions.
 */
export async function scoreCard(
  room: Newsroom,
  source: Source,
  printed?: ReadonlySet<string>,
): Promise<ScoreCard> {
  const now = room.clock();
  const since = now - DAYS * 86_400_000;
  const articles = (await room.store.articlesOfSource(source.id, MOST_ARTICLES)).filter(
    ({ publishedAt }) => publishedAt >= since,
  );
  const chosen = printed ?? (await printedArticles(room));
  let [noise, duplicates, shared, first] = [0, 0, 0, 0];
  const leads: number[] = [];
  for (const article of articles) {
    const storyId = await room.store.storyOf(article.id);
    const file = storyId === undefined ? undefined : await room.store.story(storyId);
    if (storyId === undefined || file === undefined) continue;
    const verdict = (await room.store.verdictOf(storyId))?.verdict;
    const own = verdict?.byArticle.find(({ articleId }) => articleId === article.id);
    if ((own?.noise ?? verdict?.noise.kind ?? null) !== null) noise += 1;
    const join = file.story.joins.find(({ articleId }) => articleId === article.id);
    if (join?.kind === 'repost' || join?.kind === 'near-duplicate') duplicates += 1;
    const lead = leadOf(article, file.articles);
    if (lead === undefined) continue;
    shared += 1;
    if (lead > 0) {
      first += 1;
      leads.push(lead);
    }
  }
  const share = (count: number, of: number) => (of === 0 ? 0 : count / of);
  return {
    articles: articles.length,
    shared,
    firstShare: share(first, shared),
    medianLeadMs: leads.toSorted((a, b) => a - b)[Math.floor(leads.length / 2)],
    chosenShare: share(articles.filter(({ id }) => chosen.has(id)).length, articles.length),
    noiseShare: share(noise, articles.length),
    duplicateShare: share(duplicates, articles.length),
    fullTextShare: share(articles.filter(({ body }) => body.kind === 'page').length, articles.length),
  };
}

/** How long before every other source this article told the story; below 0 when another was first, undefined when alone. */
function leadOf(article: Article, all: readonly Article[]): number | undefined {
  const others = all.filter(({ sourceId }) => sourceId !== article.sourceId);
  if (others.length === 0) return undefined;
  const earliest: Instant = Math.min(...others.map(({ publishedAt }) => publishedAt));
  return earliest - article.publishedAt;
}

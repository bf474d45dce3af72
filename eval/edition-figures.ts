import type { Article } from '../src/domain/article.ts';
import type { Edition, Item } from '../src/domain/edition.ts';
import { ndcg } from './metrics.ts';
import type { Judgement } from './sets/day-labels.ts';

type Row = { label: Judgement; articleId: string; article: Article };

/** What should never stand in an edition, however good the day. */
const NEVER: ReadonlySet<string | null> = new Set(['advert', 'event', 'recruiting']);

/** How well the edition chose: labelled importance of its items, in the order of worth. */
export function choiceFigures(edition: Edition, rows: readonly Row[]): Record<string, number> {
  const importance = new Map<string, number>();
  for (const { label } of rows)
    importance.set(label.story, Math.max(importance.get(label.story) ?? 0, label.importance));
  const labelOf = new Map(rows.map((row) => [row.articleId, row.label]));
  const items = itemsOf(edition);
  const chosen = items
    .toSorted((a, b) => b.worth - a.worth)
    .map((item) => labelOf.get(item.brief.articleId)?.story);
  const labelled = chosen.filter((story) => story !== undefined);
  const inEdition = new Set(items.flatMap((item) => [...storiesIn(edition, item, labelOf)]));
  const must = [...importance].filter(([, value]) => value === 3).map(([story]) => story);
  const seen = new Set<string>();
  // A second item of one labelled story is worth nothing to a reader.
  const gains = labelled.map((story) => {
    const first = !seen.has(story);
    seen.add(story);
    return first ? (importance.get(story) ?? 0) : 0;
  });
  const unchosen = [...importance].filter(([story]) => !seen.has(story)).map(([, value]) => value);
  return {
    'edition.recall3': must.filter((story) => inEdition.has(story)).length / Math.max(must.length, 1),
    'edition.share0':
      labelled.filter((story) => importance.get(story) === 0).length / Math.max(labelled.length, 1),
    // The ideal ranking may draw on every labelled story, chosen or not.
    'edition.ndcg': ndcg([...gains, ...unchosen], gains.length),
    'edition.items': items.length,
    'edition.mixed': mixedItems(edition, rows).length,
    'edition.never': neverItems(edition, rows).length,
  };
}

/** Items whose articles tell two labelled events or more, with the titles of each. */
export function mixedItems(edition: Edition, rows: readonly Row[]): string[] {
  const titles = new Map(rows.map(({ articleId, article }) => [articleId, article.title]));
  const labelOf = new Map(rows.map((row) => [row.articleId, row.label]));
  return itemsOf(edition).flatMap((item) => {
    const stories = storiesIn(edition, item, labelOf);
    if (stories.size < 2) return [];
    const told = [...stories].map((story) =>
      (edition.articleIds[item.brief.storyId] ?? [])
        .flatMap((id) => labelOf.get(id) ?? [])
        .filter((label) => label.story === story)
        .map(({ articleId }) => titles.get(articleId)?.slice(0, 32))
        .join(' + '),
    );
    return [`${item.brief.headline}: ${told.join(' | ')}`];
  });
}

/** Items written from an advert, an invitation or a job offer. */
export function neverItems(edition: Edition, rows: readonly Row[]): string[] {
  const noise = new Map(rows.map(({ articleId, label }) => [articleId, label.noise]));
  return itemsOf(edition)
    .filter(({ brief }) => NEVER.has(noise.get(brief.articleId) ?? null))
    .map(({ brief }) => `${noise.get(brief.articleId)}: ${brief.headline}`);
}

function storiesIn(edition: Edition, item: Item, labelOf: ReadonlyMap<string, Judgement>): Set<string> {
  const ids = edition.articleIds[item.brief.storyId] ?? [];
  return new Set(ids.flatMap((id) => labelOf.get(id)?.story ?? []));
}

function itemsOf(edition: Edition): Item[] {
  return edition.sections.flatMap((section) => section.items);
}

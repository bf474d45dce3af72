import type { Edition } from '../domain/edition.ts';
import type { Told } from '../domain/story.ts';
import { addDays } from './calendar.ts';
import type { Newsroom } from './newsroom.ts';

/**
 * What approved editions of the look-back days before `date` said, by story; the latest telling counts, and in how many
 * it stood. A story that became part of another lends it what was told.
 */
export async function earlierTelling(room: Newsroom, date: string): Promise<Map<string, Told>> {
  const from = addDays(date, -room.config.edition.lookbackDays);
  const editions = await room.store.editions(from, date);
  const told = new Map<string, Told>();
  const tellings = editions.filter((edition) => edition.status.kind === 'approved').flatMap(tellingsOf);
  const now = await room.store.resolveStories([...new Set(tellings.map(([id]) => id))]);
  for (const [id, telling] of tellings) {
    const storyId = now.get(id) ?? id;
    const before = told.get(storyId);
    const articleIds = [...new Set([...(before?.articleIds ?? []), ...telling.articleIds])];
    told.set(storyId, { ...telling, times: (before?.times ?? 0) + 1, articleIds });
  }
  return told;
}

function tellingsOf(edition: Edition): [string, Told][] {
  return edition.sections
    .flatMap((section) => section.items)
    .map(({ brief }) => [
      brief.storyId,
      {
        date: edition.date,
        times: 1,
        headline: brief.headline,
        summary: brief.summary,
        url: brief.url,
        articleIds: edition.articleIds[brief.storyId] ?? [],
      },
    ]);
}

import type { Edition } from '../domain/edition.ts';
import type { Told } from '../domain/story.ts';
import { addDays } from './calendar.ts';
import type { Newsroom } from './newsroom.ts';

/** What approved editions of the look-back days before `date` said, by story; the latest telling counts. */
export async function earlierTelling(room: Newsroom, date: string): Promise<Map<string, Told>> {
  const from = addDays(date, -room.config.edition.lookbackDays);
  const editions = await room.store.editions(from, date);
  return new Map(
    editions.filter((edition) => edition.status.kind === 'approved').flatMap((edition) => tellings(edition)),
  );
}

function tellings(edition: Edition): [string, Told][] {
  return edition.sections
    .flatMap((section) => section.items)
    .map(({ brief }) => [
      brief.storyId,
      {
        date: edition.date,
        headline: brief.headline,
        summary: brief.summary,
        url: brief.url,
        articleIds: edition.articleIds[brief.storyId] ?? [],
      },
    ]);
}

import type { Archive } from '../publish/archive.ts';
import type { Around } from '../publish/channels/channel.ts';
import { localIso } from './calendar.ts';
import { hideSecrets } from './config/secrets.ts';
import type { Newsroom } from './newsroom.ts';
import { printedArticles, scoreCard } from './score-card.ts';

/** All approved editions, for outlets that show more than one; where the newest revision of a date is held, the one before. */
export function archiveOf(room: Newsroom): Archive {
  const { store, editorial, secrets } = room;
  return {
    stamps: () => store.editionStamps(),
    async *editions(dates) {
      for (const date of dates) {
        let edition = await store.edition(date);
        while (edition?.status.kind === 'held')
          edition = edition.revision > 1 ? await store.edition(date, edition.revision - 1) : undefined;
        if (edition !== undefined) yield edition;
      }
    },
    async sources() {
      const rows = [];
      const printed = await printedArticles(room);
      for (const source of room.sources) {
        const { name, kind, url } = source;
        const isPublic = /^https?:\/\/[^@/]+(\/|$)/i.test(url) && hideSecrets(url, secrets) === url;
        const { articles, chosenShare, firstShare, noiseShare, fullTextShare } = await scoreCard(
          room,
          source,
          printed,
        );
        rows.push({
          name: hideSecrets(name, secrets),
          kind,
          ...(isPublic ? { url } : {}),
          articles,
          chosenShare,
          firstShare,
          noiseShare,
          fullTextShare,
        });
      }
      return rows;
    },
    findNames: editorial.judging.findNames,
    namesStamp: editorial.namesStamp,
  };
}

/** What outlets of files may use of the world; without `post` nothing leaves the house. */
export function aroundOf(room: Newsroom): Around {
  return {
    archive: archiveOf(room),
    localTime: (at) => localIso(room.config.timezone, at),
    post: room.post,
  };
}

import type { Edition } from '../../src/domain/edition.ts';
import type { Around } from '../../src/publish/channels/channel.ts';

/** The world of an outlet of files whose archive is these editions, and whose clock stands at UTC. */
export function aroundWith(...editions: Edition[]): Around {
  return {
    archive: {
      stamps: async () => editions.map(({ date, contentHash }) => ({ date, stamp: contentHash })),
      async *editions(dates) {
        for (const edition of editions) if (dates.includes(edition.date)) yield edition;
      },
      sources: async () => [],
      findNames: () => [],
      namesStamp: '',
    },
    localTime: (at) => new Date(at).toISOString(),
  };
}

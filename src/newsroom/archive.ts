import { createHash } from 'node:crypto';
import type { Edition } from '../domain/edition.ts';
import type { Archive } from '../publish/site/archive.ts';
import { hideSecrets } from './config/secrets.ts';
import type { Newsroom } from './newsroom.ts';
import { scoreCard } from './score-card.ts';

/**
 * All approved editions, for outlets that show more than one. Where the newest revision of a date is held, the newest
 * approved one stands. Cost of `stamps`: every edition is read from the store once, a year at a time.
 */
export function archiveOf(room: Newsroom): Archive {
  const { store, editorial, secrets } = room;
  const approved = async (newest: Edition): Promise<Edition | undefined> => {
    let edition: Edition | undefined = newest;
    while (edition?.status.kind === 'held')
      edition = edition.revision > 1 ? await store.edition(edition.date, edition.revision - 1) : undefined;
    return edition;
  };
  return {
    async stamps() {
      const stamps = [];
      for (let year = FIRST_YEAR; year <= new Date(room.clock()).getUTCFullYear() + 1; year += 1)
        for (const newest of await store.editions(`${year}-01-01`, `${year + 1}-01-01`)) {
          const edition = await approved(newest);
          if (edition !== undefined) stamps.push({ date: edition.date, stamp: stampOf(edition) });
        }
      return stamps;
    },
    async *editions(dates) {
      for (const date of dates) {
        const newest = await store.edition(date);
        const edition = newest === undefined ? undefined : await approved(newest);
        if (edition !== undefined) yield edition;
      }
    },
    async sources() {
      const rows = [];
      for (const source of room.sources) {
        const { name, kind, url } = source;
        const isPublic = /^https?:\/\/[^@/]+(\/|$)/i.test(url) && hideSecrets(url, secrets) === url;
        const { articles, chosenShare, firstShare, noiseShare, fullTextShare } = await scoreCard(
          room,
          source,
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
    namesStamp: editorial.fingerprint,
  };
}

/** No edition of this program is older. */
const FIRST_YEAR = 2020;

/** Whatever readers see of an edition is in it: content, moment, ledger. */
function stampOf({ revision, contentHash, composedAt, leftOut }: Edition): string {
  const ledger = createHash('sha256').update(JSON.stringify(leftOut)).digest('hex').slice(0, 16);
  return `${revision}/${contentHash}/${composedAt}/${ledger}`;
}

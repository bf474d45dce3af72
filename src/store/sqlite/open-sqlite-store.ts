import type { Store } from '../store.ts';
import { articleStore } from './articles.ts';
import { bytesOf, openConnection } from './connection.ts';
import { editionStore } from './editions.ts';
import { styleStore } from './house-style.ts';
import { modelCallStore } from './model-calls.ts';
import { rulingStore } from './rulings.ts';
import { runStore } from './runs.ts';
import { sourceStore } from './sources.ts';
import { storyStore } from './stories.ts';
import { subscriberStore } from './subscribers.ts';

/**
 * The default store: one SQLite file in WAL mode (with `-wal` and `-shm` beside it while open).
 * @throws Problem store-* as `openConnection` says
 */
export function openSqliteStore(path: string): Store {
  const db = openConnection(path);
  return {
    ...sourceStore(db),
    ...articleStore(db),
    ...storyStore(db),
    ...editionStore(db),
    ...subscriberStore(db),
    ...rulingStore(db),
    ...runStore(db),
    ...modelCallStore(db),
    ...styleStore(db),
    async inspect() {
      const version = Number(db.get('PRAGMA user_version')?.user_version ?? 0);
      const sound = db.get('PRAGMA quick_check')?.quick_check === 'ok';
      return { where: path, version, bytes: bytesOf(path), sound };
    },
    async close() {
      db.close();
    },
  };
}

import type { Ruling } from '../../domain/ruling.ts';
import { rulingSchema } from '../schemas.ts';
import type { Store } from '../store.ts';
import type { Connection, Row } from './connection.ts';

type RulingStore = Pick<Store, 'addRuling' | 'rulings' | 'undoRuling' | 'answers' | 'keepAnswers'>;

/** What people ruled and what models answered, in SQLite. */
export function rulingStore(db: Connection): RulingStore {
  return {
    async addRuling({ at, decision, note, traits }) {
      return db.transaction(() => {
        const row = db.get(
          'INSERT INTO ruling (at, json) VALUES (?, ?) RETURNING n',
          at,
          JSON.stringify({ decision, note, traits }),
        );
        return { n: Number(row?.n), at, decision, note, traits };
      });
    },

    async rulings() {
      return db.all('SELECT * FROM ruling ORDER BY n').map(toRuling);
    },

    async undoRuling(n, at) {
      return db.transaction(
        () =>
          db.get('UPDATE ruling SET undone_at = ? WHERE n = ? AND undone_at IS NULL RETURNING n', at, n) !==
          undefined,
      );
    },

    async answers(keys) {
      const kept = new Map<string, string>();
      for (const key of keys) {
        const row = db.get('SELECT value FROM kept_answer WHERE key = ?', key);
        if (row) kept.set(key, String(row.value));
      }
      return kept;
    },

    async keepAnswers(entries, at) {
      db.transaction(() => {
        for (const { key, value } of entries)
          db.run(
            `INSERT INTO kept_answer (key, value, at) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at`,
            key,
            value,
            at,
          );
      });
    },
  };
}

function toRuling(row: Row): Ruling {
  const { decision, note, traits } = rulingSchema.parse(JSON.parse(String(row.json)));
  const undone = row.undone_at === null ? {} : { undoneAt: Number(row.undone_at) };
  return { n: Number(row.n), at: Number(row.at), decision, note, traits, ...undone };
}

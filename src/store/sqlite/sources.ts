import { HEALTHS, type Health, type SourceEvent, type SourceState } from '../../domain/source.ts';
import { sourceStateSchema } from '../schemas.ts';
import type { Store } from '../store.ts';
import type { Connection } from './connection.ts';

type SourceStore = Pick<
  Store,
  'sourceStates' | 'saveSourceState' | 'sourceEvents' | 'restingHosts' | 'restHost'
>;

/** What is remembered of sources and hosts, in SQLite. */
export function sourceStore(db: Connection): SourceStore {
  return {
    async sourceStates() {
      const states = db
        .all('SELECT json FROM source_state')
        .map((row) => sourceStateSchema.parse(JSON.parse(String(row.json))));
      return new Map(states.map((state) => [state.sourceId, state]));
    },

    async saveSourceState(state) {
      saveState(db, state);
    },

    async sourceEvents(since, sourceId) {
      const rows =
        sourceId === undefined
          ? db.all('SELECT * FROM source_event WHERE at >= ? ORDER BY n DESC', since)
          : db.all(
              'SELECT * FROM source_event WHERE at >= ? AND source_id = ? ORDER BY n DESC',
              since,
              sourceId,
            );
      return rows.map((row) => ({
        at: Number(row.at),
        sourceId: String(row.source_id),
        before: healthIn(row.health_before),
        after: healthIn(row.health_after),
        why: String(row.why),
      }));
    },

    async restingHosts(now) {
      return db
        .all('SELECT * FROM host_rest WHERE until > ? ORDER BY host', now)
        .map((row) => ({ host: String(row.host), until: Number(row.until), why: String(row.why) }));
    },

    async restHost({ host, until, why }) {
      db.run(
        `INSERT INTO host_rest (host, until, why) VALUES (?, ?, ?) ON CONFLICT DO UPDATE
           SET why = CASE WHEN excluded.until >= until THEN excluded.why ELSE why END,
               until = max(until, excluded.until)`,
        host,
        until,
        why,
      );
    },
  };
}

/** Writes a source's state; inside the caller's transaction when there is one. */
export function saveState(db: Connection, state: SourceState): void {
  db.run(
    'INSERT INTO source_state (source_id, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
    state.sourceId,
    JSON.stringify(state),
  );
}

/** Writes down a change of health. */
export function recordEvent(db: Connection, { at, sourceId, before, after, why }: SourceEvent): void {
  db.run(
    'INSERT INTO source_event (at, source_id, health_before, health_after, why) VALUES (?, ?, ?, ?, ?)',
    at,
    sourceId,
    before,
    after,
    why,
  );
}

function healthIn(value: unknown): Health {
  return HEALTHS.find((health) => health === value) ?? 'new';
}

import { hash } from 'node:crypto';
import type { Delivery } from '../../domain/edition.ts';
import { deliveryStateSchema, editionSchema } from '../schemas.ts';
import type { Store } from '../store.ts';
import type { Connection, Row } from './connection.ts';
import { writeJournal } from './runs.ts';

type EditionStore = Pick<
  Store,
  | 'edition'
  | 'editions'
  | 'editionStamps'
  | 'recordEdition'
  | 'updateLedger'
  | 'planDeliveries'
  | 'unplanDeliveries'
  | 'deliveries'
  | 'recordDelivery'
>;

/** Editions and deliveries in SQLite. */
export function editionStore(db: Connection): EditionStore {
  return {
    async edition(date, revision) {
      const row =
        revision === undefined
          ? db.get('SELECT json FROM edition WHERE date = ? ORDER BY revision DESC LIMIT 1', date)
          : db.get('SELECT json FROM edition WHERE date = ? AND revision = ?', date, revision);
      return row && toEdition(row);
    },

    async editions(from, before) {
      return db
        .all(
          `SELECT e.json FROM edition e WHERE e.date >= ? AND e.date < ? AND length(e.date) = 10
             AND e.revision = (SELECT max(revision) FROM edition WHERE date = e.date) ORDER BY e.date`,
          from,
          before,
        )
        .map(toEdition);
    },

    async editionStamps() {
      // SQLite picks the few fields out; reading whole editions takes three times as long.
      const rows = db.all(
        `SELECT date, revision, json ->> '$.contentHash' AS content, json ->> '$.composedAt' AS composed_at,
           json -> '$.leftOut' AS ledger
         FROM edition WHERE json ->> '$.status.kind' = 'approved' ORDER BY date, revision`,
      );
      const newest = new Map(rows.map((row) => [String(row.date), row]));
      return [...newest].map(([date, row]) => {
        const seen = [row.revision, row.content, row.composed_at, row.ledger].join('\n');
        return { date, revision: Number(row.revision), stamp: hash('sha256', seen, 'hex').slice(0, 16) };
      });
    },

    async recordEdition(edition, journal) {
      db.transaction(() => {
        db.run(
          'INSERT INTO edition (date, revision, json) VALUES (?, ?, ?)',
          edition.date,
          edition.revision,
          JSON.stringify(edition),
        );
        writeJournal(db, [journal]);
      });
    },

    async updateLedger({ date, revision, leftOut, madeFrom }) {
      const row = db.get('SELECT json FROM edition WHERE date = ? AND revision = ?', date, revision);
      if (row === undefined) return;
      const updated = { ...toEdition(row), leftOut, madeFrom };
      db.run(
        'UPDATE edition SET json = ? WHERE date = ? AND revision = ?',
        JSON.stringify(updated),
        date,
        revision,
      );
    },

    async planDeliveries(planned) {
      db.transaction(() => {
        const keepers = new Map<string, string>();
        for (const { key, date, revision, channel, message, state } of planned) {
          const keeper = message && keepers.get(message.body);
          const added = db.run(
            `INSERT INTO delivery (key, date, revision, channel, part, body, body_of, state)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
            key,
            date,
            revision,
            channel,
            message?.part ?? null,
            keeper === undefined ? (message?.body ?? null) : null,
            keeper ?? null,
            JSON.stringify(state),
          );
          if (added > 0 && message !== undefined && keeper === undefined) keepers.set(message.body, key);
        }
      });
    },

    async unplanDeliveries(keys) {
      db.transaction(() => {
        // Those that hold a text for others go last: by then fewer have theirs from them.
        for (const holding of ['body_of IS NOT NULL', 'body_of IS NULL'])
          for (const key of keys) {
            const goes = `key = ? AND ${holding} AND json_extract(state, '$.kind') IN ('planned', 'failed')`;
            if (db.get(`SELECT 1 FROM delivery WHERE ${goes}`, key) === undefined) continue;
            handOver(db, key);
            db.run('DELETE FROM delivery WHERE key = ?', key);
          }
      });
    },

    async deliveries(date) {
      const rows = db.all('SELECT * FROM delivery WHERE date = ? ORDER BY revision, rowid', date);
      const bodies = new Map(rows.map(({ key, body }) => [String(key), body]));
      return rows.map((row) => toDelivery(row, row.body ?? bodies.get(String(row.body_of))));
    },

    async recordDelivery(key, state, journal) {
      db.transaction(() => {
        db.run('UPDATE delivery SET state = ? WHERE key = ?', JSON.stringify(state), key);
        if (journal !== undefined) writeJournal(db, [journal]);
      });
    },
  };
}

/** The text that this row holds for others goes to the first of them. */
function handOver(db: Connection, key: string): void {
  const heir = db.get('SELECT key FROM delivery WHERE body_of = ? ORDER BY rowid LIMIT 1', key);
  if (heir === undefined) return;
  const body = db.get('SELECT body FROM delivery WHERE key = ?', key);
  db.run('UPDATE delivery SET body = ?, body_of = NULL WHERE key = ?', String(body?.body), String(heir.key));
  db.run('UPDATE delivery SET body_of = ? WHERE body_of = ?', String(heir.key), key);
}

function toEdition(row: Row) {
  return editionSchema.parse(JSON.parse(String(row.json)));
}

/** `body`: its own, or that of the row which holds it for many. */
function toDelivery(row: Row, body: unknown): Delivery {
  return {
    key: String(row.key),
    date: String(row.date),
    revision: Number(row.revision),
    channel: String(row.channel),
    ...(row.part === null ? {} : { message: { part: String(row.part), body: String(body) } }),
    state: deliveryStateSchema.parse(JSON.parse(String(row.state))),
  };
}

import { hash } from 'node:crypto';
import type { Bounce, Subscriber } from '../../domain/subscriber.ts';
import type { Store } from '../store.ts';
import type { Connection, Row } from './connection.ts';

type SubscriberStore = Pick<
  Store,
  | 'subscribers'
  | 'subscriber'
  | 'changeSubscriber'
  | 'forgetSubscriber'
  | 'hasLeft'
  | 'welcomeBack'
  | 'countLeft'
  | 'recordBounces'
  | 'bounces'
  | 'forgetBounces'
  | 'mailboxMemory'
>;

/** Readers by letter, and the letters that came back, in SQLite. */
export function subscriberStore(db: Connection): SubscriberStore {
  return {
    async subscribers() {
      return db.all('SELECT * FROM subscriber ORDER BY asked_at, id').map(toSubscriber);
    },

    async subscriber(id) {
      const row = db.get('SELECT * FROM subscriber WHERE id = ?', id);
      return row && toSubscriber(row);
    },

    async changeSubscriber(who, change) {
      return db.transaction(() => {
        const row =
          'id' in who
            ? db.get('SELECT * FROM subscriber WHERE id = ?', who.id)
            : db.get('SELECT * FROM subscriber WHERE address_key = ?', keyOf(who.address));
        const known = row && toSubscriber(row);
        const changed = change(known);
        if (changed === undefined) return known;
        const { id, address, state, askedAt, asks, letterDue, changedAt } = changed;
        db.run(
          `INSERT INTO subscriber (id, address, address_key, state, asked_at, asks, letter_due, changed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET address = excluded.address, address_key = excluded.address_key,
             state = excluded.state, asked_at = excluded.asked_at, asks = excluded.asks,
             letter_due = excluded.letter_due, changed_at = excluded.changed_at`,
          id,
          address,
          keyOf(address),
          state,
          askedAt,
          asks,
          letterDue ? 1 : 0,
          changedAt,
        );
        return changed;
      });
    },

    async forgetSubscriber(id, leftAt) {
      db.transaction(() => {
        const row = db.get('SELECT address FROM subscriber WHERE id = ?', id);
        if (row === undefined) return;
        if (leftAt !== undefined)
          db.run(
            'INSERT INTO left_address (hash, at) VALUES (?, ?) ON CONFLICT DO NOTHING',
            hashOf(String(row.address)),
            leftAt,
          );
        db.run('DELETE FROM subscriber WHERE id = ?', id);
      });
    },

    async hasLeft(address) {
      return db.get('SELECT 1 FROM left_address WHERE hash = ?', hashOf(address)) !== undefined;
    },

    async welcomeBack(address) {
      db.run('DELETE FROM left_address WHERE hash = ?', hashOf(address));
    },

    async countLeft() {
      return Number(db.get('SELECT count(*) AS count FROM left_address')?.count);
    },

    async recordBounces(bounces, mailbox) {
      db.transaction(() => {
        for (const { subscriberId, about, at, status } of bounces)
          db.run(
            `INSERT INTO bounce (subscriber_id, about, at, status)
             SELECT id, ?, ?, ? FROM subscriber WHERE id = ? ON CONFLICT DO NOTHING`,
            about,
            at,
            status,
            subscriberId,
          );
        if (mailbox !== undefined)
          db.run(
            `INSERT INTO mailbox_memory (channel, json) VALUES (?, ?)
             ON CONFLICT DO UPDATE SET json = excluded.json`,
            mailbox.channel,
            JSON.stringify(mailbox.memory ?? null),
          );
      });
    },

    async bounces(since) {
      const rows = db.all('SELECT * FROM bounce WHERE at >= ? ORDER BY at, about', since).map(toBounce);
      return Map.groupBy(rows, ({ subscriberId }) => subscriberId);
    },

    async forgetBounces(subscriberId) {
      db.run('DELETE FROM bounce WHERE subscriber_id = ?', subscriberId);
    },

    async mailboxMemory(channel) {
      const row = db.get('SELECT json FROM mailbox_memory WHERE channel = ?', channel);
      return row && JSON.parse(String(row.json));
    },
  };
}

/** Two spellings of one address are one reader: no provider tells readers apart by case. */
function keyOf(address: string): string {
  return address.trim().toLowerCase();
}

function hashOf(address: string): string {
  return hash('sha256', keyOf(address), 'hex');
}

const STATES: readonly Subscriber['state'][] = ['pending', 'active', 'disabled'];

function toSubscriber(row: Row): Subscriber {
  return {
    id: String(row.id),
    address: String(row.address),
    state: STATES.find((state) => state === row.state) ?? 'disabled',
    askedAt: Number(row.asked_at),
    asks: Number(row.asks),
    letterDue: row.letter_due === 1,
    changedAt: Number(row.changed_at),
  };
}

function toBounce(row: Row): Bounce {
  return {
    subscriberId: String(row.subscriber_id),
    about: String(row.about),
    at: Number(row.at),
    status: String(row.status),
  };
}

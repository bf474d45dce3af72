import { type JournalEntry, type Run, type RunState, STEPS } from '../../domain/run.ts';
import type { Store } from '../store.ts';
import type { Connection, Row } from './connection.ts';

type RunStore = Pick<
  Store,
  'openRun' | 'unfinishedRun' | 'endRun' | 'runs' | 'journal' | 'addToJournal' | 'takeLease' | 'dropLease'
>;

/** Runs, their journal, and leases in SQLite. */
export function runStore(db: Connection): RunStore {
  return {
    async openRun(run) {
      db.run(
        'INSERT INTO run (id, date, started_at, cutoff_at, state) VALUES (?, ?, ?, ?, ?)',
        run.id,
        run.date,
        run.startedAt,
        run.cutoffAt,
        run.state,
      );
    },

    async unfinishedRun(date) {
      const row = db.get(
        `SELECT * FROM run WHERE date = ? AND state = 'running' ORDER BY started_at DESC LIMIT 1`,
        date,
      );
      return row && toRun(row);
    },

    async endRun(id, state, at) {
      db.run('UPDATE run SET state = ?, ended_at = ? WHERE id = ?', state, at, id);
    },

    async runs(limit) {
      return db.all('SELECT * FROM run ORDER BY started_at DESC, id DESC LIMIT ?', limit).map(toRun);
    },

    async journal(runId) {
      return db.all('SELECT * FROM journal WHERE run_id = ? ORDER BY n', runId).map(toJournalEntry);
    },

    async addToJournal(entries) {
      if (entries.length > 0) db.transaction(() => writeJournal(db, entries));
    },

    async takeLease({ name, owner, now, ttlMs, isGone }) {
      return db.transaction(() => {
        const row = db.get('SELECT owner, until FROM lease WHERE name = ?', name);
        const holder = row && String(row.owner);
        const until = Number(row?.until ?? 0);
        if (holder !== undefined && holder !== owner && until > now && !isGone(holder))
          return { kind: 'held', owner: holder, until } as const;
        db.run(
          `INSERT INTO lease (name, owner, until) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET owner = excluded.owner, until = excluded.until`,
          name,
          owner,
          now + ttlMs,
        );
        return { kind: 'taken' } as const;
      });
    },

    async dropLease(name, owner) {
      db.run('DELETE FROM lease WHERE name = ? AND owner = ?', name, owner);
    },
  };
}

/** Appends lines; call inside the transaction whose work they record. */
export function writeJournal(db: Connection, entries: JournalEntry[]): void {
  for (const { runId, step, subject, outcome, note, at } of entries)
    db.run(
      'INSERT INTO journal (run_id, step, subject, outcome, note, at) VALUES (?, ?, ?, ?, ?, ?)',
      runId,
      step,
      subject,
      outcome,
      note,
      at,
    );
}

const RUN_STATES: readonly RunState[] = [
  'running',
  'published',
  'unchanged',
  'rehearsed',
  'collected',
  'posted',
  'imported',
  'held',
  'undelivered',
  'abandoned',
];

function toRun(row: Row): Run {
  return {
    id: String(row.id),
    date: String(row.date),
    startedAt: Number(row.started_at),
    cutoffAt: Number(row.cutoff_at),
    state: RUN_STATES.find((state) => state === row.state) ?? 'abandoned',
    ...(row.ended_at === null ? {} : { endedAt: Number(row.ended_at) }),
  };
}

function toJournalEntry(row: Row): JournalEntry {
  return {
    runId: String(row.run_id),
    step: STEPS.find((step) => step === row.step) ?? 'collect',
    subject: String(row.subject),
    outcome: row.outcome === 'done' || row.outcome === 'failed' ? row.outcome : 'skipped',
    note: String(row.note),
    at: Number(row.at),
  };
}

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Edition } from '../../src/domain/edition.ts';
import type { Run } from '../../src/domain/run.ts';
import { bringLetters } from '../../src/newsroom/letters.ts';
import { outletsOf } from '../../src/newsroom/outbox.ts';
import { planLetters } from '../../src/newsroom/plan-letters.ts';
import { addSubscriber, type SubscriberDesk } from '../../src/newsroom/subscribers.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';

export const MAIL_SECRET = 'an invented secret of some length';

/** A channel of letters as a config writes it, with defaults for tests. */
export function emailConfig(port: number, given: Record<string, unknown> = {}) {
  return {
    kind: 'email',
    host: '127.0.0.1',
    port,
    from: '远帆日报 <desk@daily.example>',
    url: 'https://daily.example',
    secret: MAIL_SECRET,
    perMinute: 6000,
    ...given,
  };
}

/** A store of its own, a channel of letters to the mail server at `port`, and a clock that tests move. */
export async function aLetterDesk(t: TestContext, port: number, given: Record<string, unknown> = {}) {
  const store = openSqliteStore(join(mkdtempSync(join(tmpdir(), 'ribao-letters-')), 'ribao.db'));
  t.after(() => store.close());
  const [named] = outletsOf([emailConfig(port, given)]);
  if (named?.outlet.form !== 'letters') throw new Error('no letters');
  const time = { now: Date.parse('2026-03-10T00:10:00Z') };
  const desk: SubscriberDesk = {
    store,
    clock: () => time.now,
    secrets: [MAIL_SECRET],
    channel: named.channel,
    outlet: named.outlet,
  };
  const pauses: number[] = [];
  const subscribe = async (...addresses: string[]) => {
    for (const address of addresses) await addSubscriber(desk, address, true);
  };
  /** One run's letters. */
  const send = async (edition: Edition) => {
    const journal: Run = {
      id: `run-${edition.date}`,
      date: edition.date,
      startedAt: 0,
      cutoffAt: 0,
      state: 'running',
    };
    if ((await store.unfinishedRun(edition.date)) === undefined) await store.openRun(journal);
    const rows = await planLetters(desk, edition, desk);
    const pause = async (ms: number) => void pauses.push(ms);
    return bringLetters({ ...desk, pause }, journal, edition, desk, rows);
  };
  const states = async (date: string) =>
    (await store.deliveries(date)).map(({ state }) => ('code' in state ? state.code : state.kind));
  return { desk, store, time, send, subscribe, states, pauses };
}

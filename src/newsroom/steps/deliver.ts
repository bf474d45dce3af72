import type { Delivery, Edition } from '../../domain/edition.ts';
import type { Failure, JournalEntry, Run } from '../../domain/run.ts';
import type { Around } from '../../publish/channels/channel.ts';
import { aroundOf } from '../archive.ts';
import { readReturned } from '../bounces.ts';
import { bringLetters, isOpenLetter, planLetters } from '../letters.ts';
import type { Newsroom } from '../newsroom.ts';
import { bring, type NamedOutlet, outletsOf, plan } from '../outbox.ts';
import type { StepResult, Tell } from '../tell.ts';

/**
 * Brings an approved edition to every channel, or to the one named, that does not have it yet. All parts of all
 * channels are planned before anything is sent; the channels go side by side, and one's failure leaves the others alone.
 */
export async function deliver(
  room: Newsroom,
  run: Run,
  edition: Edition,
  tell: Tell,
  only?: string,
): Promise<StepResult & { deliveries: Delivery[] }> {
  const outlets = outletsOf(room.config.channels).filter(
    ({ channel }) => only === undefined || channel === only,
  );
  const around = aroundOf(room);
  const planned: Planned[] = [];
  for (const named of outlets) planned.push(await planOne(room, run, edition, named, around));
  const due = planned.filter(({ rows, isOpen }) => rows.some(isOpen));
  tell({ kind: 'step-started', step: 'deliver', total: due.length });
  const results = await Promise.all(
    due.map(async ({ channel, bringAll }) => {
      const result = await bringAll();
      tell({ kind: 'step-advanced', step: 'deliver', subject: channel });
      return result;
    }),
  );
  const failures = results.flatMap((result) => result.failures);
  const failed = results.filter((result) => result.failures.length > 0).length;
  const names = new Set(planned.map(({ channel }) => channel));
  const deliveries = (await room.store.deliveries(edition.date)).filter(
    ({ channel, revision, message }) =>
      names.has(channel) && (message !== undefined || revision === edition.revision),
  );
  return {
    done: due.length - failed,
    failures,
    note: due.length === 0 ? '各渠道都已送达' : `送达 ${due.length - failed} 个渠道`,
    deliveries,
  };
}

/** One channel's rows, which of them are open, and how they are brought. */
type Planned = {
  channel: string;
  rows: Delivery[];
  isOpen: (row: Delivery) => boolean;
  bringAll: () => Promise<{ done: number; failures: Failure[] }>;
};

async function planOne(
  room: Newsroom,
  run: Run,
  edition: Edition,
  { channel, outlet }: NamedOutlet,
  around: Around,
): Promise<Planned> {
  if (outlet.form !== 'letters') {
    const named = { channel, outlet };
    const rows = await plan(room, edition, named);
    return {
      channel,
      rows,
      isOpen: ({ state }) => state.kind !== 'delivered',
      bringAll: () => bring(room, run, edition, named, rows, around),
    };
  }
  const named = { channel, outlet };
  const rows = await planLetters(room, edition, named);
  return {
    channel,
    rows,
    isOpen: isOpenLetter,
    async bringAll() {
      // Who left by letter, or whose letters came back too often, gets none; a mailbox that cannot be read stops nothing.
      const { failure } = await readReturned(room, named);
      if (failure !== undefined) await room.store.addToJournal([journalOf(run, room, failure)]);
      return bringLetters(room, run, edition, named, rows);
    },
  };
}

function journalOf(run: Run, room: Newsroom, { code, subject, message }: Failure): JournalEntry {
  const line = { runId: run.id, step: 'deliver', subject, at: room.clock() } as const;
  return { ...line, outcome: 'failed', note: `${code}：${message}` };
}

import type { Delivery, Edition } from '../../domain/edition.ts';
import type { Failure, JournalEntry, Run } from '../../domain/run.ts';
import type { Around } from '../../publish/channels/channel.ts';
import { aroundOf } from '../archive.ts';
import { readReturned } from '../bounces.ts';
import { bringLetters } from '../letters.ts';
import type { Newsroom } from '../newsroom.ts';
import { bring, type NamedOutlet, outletsOf, plan } from '../outbox.ts';
import { isOpenLetter, planLetters } from '../plan-letters.ts';
import type { StepResult, Tell } from '../tell.ts';

/**
 * Brings an approved edition to every channel, or to those that are wanted, that does not have it yet. All parts of all
 * channels are planned before anything is sent; the channels go side by side, and one's failure leaves the others alone.
 */
export async function deliver(
  room: Newsroom,
  run: Run,
  edition: Edition,
  tell: Tell,
  wanted: (channel: string) => boolean = () => true,
): Promise<StepResult & { deliveries: Delivery[] }> {
  const outlets = outletsOf(room.config.channels).filter(({ channel }) => wanted(channel));
  const around = aroundOf(room);
  const planned: Planned[] = [];
  for (const named of outlets) planned.push(await planOne(room, run, edition, named, around));
  const due = planned.filter(({ rows, isOpen }) => rows.some(isOpen));
  tell({ kind: 'step-started', step: 'deliver', total: due.length });
  const bringSome = async (some: typeof due) => {
    const results = await Promise.all(
      some.map(async ({ channel, form, bringAll }) => {
        const { failures } = await bringAll();
        tell({ kind: 'step-advanced', step: 'deliver', subject: channel });
        return { form, failures };
      }),
    );
    return results.filter(({ failures }) => failures.length > 0);
  };
  const firstFailed = await bringSome(due.filter(({ follows }) => !follows));
  const followers = due.filter(({ follows }) => follows);
  // Half a folder is not carried on: who follows goes when all that write files have written them.
  const waits = firstFailed.some(({ form }) => form === 'files');
  const lastFailed = waits
    ? followers.map(({ channel, form }) => ({ form, failures: [waiting(channel)] }))
    : await bringSome(followers);
  const failures = [...firstFailed, ...lastFailed].flatMap((one) => one.failures);
  const failed = firstFailed.length + lastFailed.length;
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

function waiting(channel: string): Failure {
  const message = '有渠道的文件没有写成，等写成了再推送';
  return { code: 'channel-waits', subject: channel, message, retryable: true };
}

/** One channel's rows, which of them are open, and how they are brought. */
type Planned = {
  channel: string;
  form: NamedOutlet['outlet']['form'];
  /** Carries on what others have written. */
  follows: boolean;
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
      form: outlet.form,
      follows: outlet.form === 'files' && outlet.follows,
      rows,
      isOpen: ({ state }) => state.kind !== 'delivered',
      bringAll: () => bring(room, run, edition, named, rows, around),
    };
  }
  const named = { channel, outlet };
  const rows = await planLetters(room, edition, named);
  return {
    channel,
    form: outlet.form,
    follows: false,
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

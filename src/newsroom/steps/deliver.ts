import type { Delivery, Edition } from '../../domain/edition.ts';
import type { Failure, Run } from '../../domain/run.ts';
import { aroundOf } from '../archive.ts';
import type { Newsroom } from '../newsroom.ts';
import { bring, type NamedOutlet, outletsOf, plan } from '../outbox.ts';
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
  const planned: { named: (typeof outlets)[number]; rows: Delivery[] }[] = [];
  for (const named of outlets) planned.push({ named, rows: await plan(room, edition, named) });
  const due = planned.filter(({ rows }) => rows.some(({ state }) => state.kind !== 'delivered'));
  const around = aroundOf(room);
  tell({ kind: 'step-started', step: 'deliver', total: due.length });
  const bringAll = async (some: typeof due) => {
    const results = await Promise.all(
      some.map(async ({ named, rows }) => {
        const result = await bring(room, run, edition, named, rows, around);
        tell({ kind: 'step-advanced', step: 'deliver', subject: named.channel });
        return { form: named.outlet.form, failures: result.failures };
      }),
    );
    return results.filter(({ failures }) => failures.length > 0);
  };
  const failed = await bringAll(due.filter(({ named }) => !follows(named)));
  const followers = due.filter(({ named }) => follows(named));
  // Half a folder is not carried on: who follows goes when all that write files have written them.
  const waits = failed.some(({ form }) => form === 'files');
  const failures = [
    ...failed.flatMap((one) => one.failures),
    ...(waits
      ? followers.map(({ named }) => waiting(named.channel))
      : (await bringAll(followers)).flatMap((one) => one.failures)),
  ];
  const names = new Set(planned.map(({ named }) => named.channel));
  const deliveries = (await room.store.deliveries(edition.date)).filter(
    ({ channel, revision, message }) =>
      names.has(channel) && (message !== undefined || revision === edition.revision),
  );
  return {
    done: due.length - failures.length,
    failures,
    note: due.length === 0 ? '各渠道都已送达' : `送达 ${due.length - failures.length} 个渠道`,
    deliveries,
  };
}

function follows({ outlet }: NamedOutlet): boolean {
  return outlet.form === 'files' && outlet.follows;
}

function waiting(channel: string): Failure {
  const message = '有渠道的文件没有写成，等写成了再推送';
  return { code: 'channel-waits', subject: channel, message, retryable: true };
}

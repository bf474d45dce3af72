import type { Delivery, Edition } from '../../domain/edition.ts';
import type { Run } from '../../domain/run.ts';
import { aroundOf } from '../archive.ts';
import type { Newsroom } from '../newsroom.ts';
import { bring, outletsOf, plan } from '../outbox.ts';
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
  const planned: { named: (typeof outlets)[number]; rows: Delivery[] }[] = [];
  for (const named of outlets) planned.push({ named, rows: await plan(room, edition, named) });
  const due = planned.filter(({ rows }) => rows.some(({ state }) => state.kind !== 'delivered'));
  const around = aroundOf(room);
  tell({ kind: 'step-started', step: 'deliver', total: due.length });
  const results = await Promise.all(
    due.map(async ({ named, rows }) => {
      const result = await bring(room, run, edition, named, rows, around);
      tell({ kind: 'step-advanced', step: 'deliver', subject: named.channel });
      return result;
    }),
  );
  const failures = results.flatMap((result) => result.failures);
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

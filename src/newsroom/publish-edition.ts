import type { Delivery, Edition } from '../domain/edition.ts';
import type { Failure } from '../domain/run.ts';
import { alertsOf, sendAlerts } from './alerts.ts';
import { addDays, dateIn } from './calendar.ts';
import { latestWeek } from './latest-week.ts';
import { withLease } from './lease.ts';
import { newRun, stepper } from './new-run.ts';
import type { Newsroom } from './newsroom.ts';
import { deliver } from './steps/deliver.ts';
import type { Tell } from './tell.ts';

/**
 * Brings an edition that was made before to the channels that do not have it, or to those that are wanted. Its journal is a
 * run of its own, which ends as `posted`.
 * @throws Problem already-running
 */
export async function publishEdition(
  room: Newsroom,
  edition: Edition,
  tell: Tell,
  wanted?: (channel: string) => boolean,
): Promise<{ deliveries: Delivery[]; failures: Failure[] }> {
  return withLease(room, 'newsroom', async () => {
    const now = room.clock();
    const run = newRun(edition.date, now, now);
    await room.store.openRun(run);
    const failures: Failure[] = [];
    const { deliveries } = await stepper(tell, failures)('deliver', () =>
      deliver(room, run, edition, tell, wanted),
    );
    await room.store.endRun(run.id, 'posted', room.clock());
    await sendAlerts(
      room,
      run,
      alertsOf({ run, edition, failures, events: [], rests: [], zone: room.config.timezone }),
    );
    return { deliveries, failures };
  });
}

/** Tries again what could not be brought and may come through by now; of yesterday's and today's edition and the latest weekly one. */
export async function publishWaiting(room: Newsroom, tell: Tell): Promise<Failure[]> {
  const today = dateIn(room.config.timezone, room.clock());
  const failures: Failure[] = [];
  const weekly = await room.store.edition(latestWeek(today));
  const dailies = await room.store.editions(addDays(today, -1), addDays(today, 1));
  for (const edition of weekly ? [...dailies, weekly] : dailies) {
    const deliveries = await room.store.deliveries(edition.date);
    const waits = deliveries.some(({ state }) => state.kind === 'failed' && state.retryable);
    if (waits && edition.status.kind === 'approved')
      failures.push(...(await publishEdition(room, edition, tell)).failures);
  }
  return failures;
}

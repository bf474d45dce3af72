import { createHash } from 'node:crypto';
import type { Instant } from '../domain/article.ts';
import type { Delivery, Edition } from '../domain/edition.ts';
import { Problem } from '../domain/problem.ts';
import type { Failure, Run, RunState } from '../domain/run.ts';
import { alertsOf, alertTrouble, sendAlerts } from './alerts.ts';
import { dateIn, endOfDay, HOUR_MS } from './calendar.ts';
import { ceilingsUsed } from './costs.ts';
import { expiryAlerts, whatExpires } from './expiry.ts';
import { houseStyle, taughtDesk } from './house-style.ts';
import { withLease } from './lease.ts';
import { newRun, stepper } from './new-run.ts';
import type { Newsroom } from './newsroom.ts';
import { quarantined } from './quarantine.ts';
import { collect } from './steps/collect.ts';
import { compose } from './steps/compose.ts';
import { deliver } from './steps/deliver.ts';
import { group } from './steps/group.ts';
import { judge } from './steps/judge.ts';
import { read } from './steps/read.ts';
import { write } from './steps/write.ts';
import type { Tell } from './tell.ts';
import { type Window, windowOf } from './window.ts';

export type RunRequest = {
  /** Default: today in the configured time zone. */
  date?: string;
  /** Default: now, or the end of `date` when that is past. */
  cutoffAt?: Instant;
  /** Collect, read and compose, but record no edition and deliver nothing. */
  dryRun?: boolean;
};

export type RunReport = {
  run: Run;
  edition: Edition;
  deliveries: Delivery[];
  failures: Failure[];
  /** True when an earlier, cut-off run was continued. */
  resumed: boolean;
};

/** A run cut off longer ago than this is not continued: its harvest is stale. */
const RESUME_WITHIN_MS = 6 * HOUR_MS;

/**
 * One pass of the newsroom for one date: collect, read, group, judge, write, compose, deliver.
 * Every step takes only what has no result yet, so a run that was killed anywhere continues where it was and ends
 * in the same state. When nothing has come since the last approved edition, that edition stays as it is.
 * @throws Problem date-future | already-running | store-*
 */
export async function runEdition(room: Newsroom, request: RunRequest, tell: Tell): Promise<RunReport> {
  try {
    return await withLease(room, 'newsroom', () => oneRun(room, request, tell));
  } catch (error) {
    await alertTrouble(room, error);
    throw error;
  }
}

async function oneRun(room: Newsroom, request: RunRequest, tell: Tell): Promise<RunReport> {
  const date = request.date ?? dateIn(room.config.timezone, room.clock());
  const { run, resumed } = await openOrResume(room, date, request.cutoffAt);
  const window = await windowOf(room, run);
  const failures: Failure[] = [];
  const step = stepper(tell, failures);
  await step('collect', () => collect(room, run, tell));
  await step('read', () => read(room, run, window, tell));
  const { edition, fresh } = await makeEdition(room, run, window, request.dryRun ?? false, step, tell);
  const finish = async (
    state: RunState,
    deliveries: Delivery[],
    undelivered: Failure[] = [],
  ): Promise<RunReport> => {
    await room.store.endRun(run.id, state, room.clock());
    if (state !== 'rehearsed')
      await sendAlerts(room, run, [
        ...alertsOf({
          run,
          edition,
          failures: undelivered,
          ...(await healthNews(room, run)),
          ...(await moneyOf(room, run, failures)),
        }),
        ...(room.config.alerts
          ? expiryAlerts(await whatExpires(room.config), room.clock(), room.config)
          : []),
      ]);
    return { run: { ...run, state, endedAt: room.clock() }, edition, deliveries, failures, resumed };
  };
  if (request.dryRun) return finish('rehearsed', []);
  if (edition.status.kind === 'held') return finish('held', []);
  const delivered = await step('deliver', () => deliver(room, run, edition, tell));
  if (delivered.failures.length > 0) return finish('undelivered', delivered.deliveries, delivered.failures);
  return finish(fresh || delivered.done > 0 ? 'published' : 'unchanged', delivered.deliveries);
}

/** How far the ceilings of money are used, where there are any. */
async function moneyOf(room: Newsroom, run: Run, failures: readonly Failure[]) {
  const { model, timezone } = room.config;
  if (model?.budget === undefined) return {};
  const month = dateIn(timezone, room.clock()).slice(0, 7);
  const ceilings = ceilingsUsed(model.budget, await room.store.spending(run.date, month));
  return { money: { month, ceilings, stopped: failures.some(({ code }) => code === 'llm-ceiling') } };
}

/** Collects and reads without making an edition: what `watch` does between editions. */
export async function collectOnly(room: Newsroom, tell: Tell): Promise<Failure[]> {
  const date = dateIn(room.config.timezone, room.clock());
  return withLease(room, 'newsroom', async () => {
    const now = room.clock();
    const run = newRun(date, now, now);
    await room.store.openRun(run);
    const failures: Failure[] = [];
    const step = stepper(tell, failures);
    await step('collect', () => collect(room, run, tell, 'due'));
    const window = await windowOf(room, run);
    await step('read', () => read(room, run, window, tell));
    await room.store.endRun(run.id, 'collected', room.clock());
    await sendAlerts(room, run, alertsOf({ run, failures: [], ...(await healthNews(room, run)) }));
    return failures;
  });
}

/** What became of sources and hosts since a run began. */
async function healthNews(room: Newsroom, run: Run) {
  return {
    events: await room.store.sourceEvents(run.startedAt),
    rests: await room.store.restingHosts(run.startedAt),
    zone: room.config.timezone,
  };
}

async function makeEdition(
  room: Newsroom,
  run: Run,
  window: Window,
  dryRun: boolean,
  step: ReturnType<typeof stepper>,
  tell: Tell,
): Promise<{ edition: Edition; fresh: boolean }> {
  const last = await room.store.edition(run.date);
  const madeFrom = await fingerprintOf(room, run.date);
  if (last && last.status.kind === 'approved' && last.madeFrom === madeFrom)
    if ((await room.store.changedSince(last.composedAt)) === 0) return { edition: last, fresh: false };
  await step('group', () => group(room, run, window, tell));
  const judged = await step('judge', () => judge(room, run, window, tell));
  const { briefs } = await step('write', () => write(room, run, judged, tell));
  return step('compose', () => compose(room, run, { ...judged, briefs }, { dryRun, madeFrom }, tell));
}

/** The rules an edition was made by: when they change, it is made anew even from the same articles. */
async function fingerprintOf(room: Newsroom, date: string): Promise<string> {
  const style = await houseStyle(room, date);
  const { edition, guard, sources, model } = room.config;
  const how = model && [
    model.provider,
    model.baseUrl,
    model.model,
    model.embeddings,
    model.secondReader,
    ...(model.writing
      ? [
          taughtDesk(room.editorial.modelDesk(), style).prompt.version,
          room.editorial.modelDesk().deepPrompt.version,
        ]
      : []),
  ];
  const held = [...(await quarantined(room, true))];
  const weights = sources.map(({ id, weight, publisher }) => [id, weight, publisher]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        room.editorial.fingerprint,
        edition,
        guard,
        weights,
        held,
        await room.store.rulings(),
        how,
        ...(style.rules.length > 0 ? [style.rules] : []),
      ]),
    )
    .digest('hex');
}

async function openOrResume(room: Newsroom, date: string, cutoffAt: Instant | undefined) {
  const now = room.clock();
  const { timezone } = room.config;
  const today = dateIn(timezone, now);
  if (date > today)
    throw new Problem({
      code: 'date-future',
      message: `${date} 还没有到（${timezone} 今天是 ${today}）。 That day has not begun.`,
      fix: '换一个日期，或检查系统时钟与 timezone。 Choose another date, or check the clock and `timezone`.',
    });
  const cutOff = await room.store.unfinishedRun(date);
  if (cutOff && now - cutOff.startedAt < RESUME_WITHIN_MS) return { run: cutOff, resumed: true };
  if (cutOff) await room.store.endRun(cutOff.id, 'abandoned', now);
  const run = newRun(date, now, cutoffAt ?? Math.min(now, endOfDay(timezone, date) - 1));
  await room.store.openRun(run);
  return { run, resumed: false };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Cron } from 'croner';
import type { Instant } from '../domain/article.ts';
import { Problem } from '../domain/problem.ts';
import type { Failure, RunState } from '../domain/run.ts';
import { daysOf } from '../domain/week.ts';
import { readReturned } from './bounces.ts';
import { addDays, dateIn } from './calendar.ts';
import { hideSecrets } from './config/secrets.ts';
import { latestWeek } from './latest-week.ts';
import { withLease } from './lease.ts';
import type { Newsroom } from './newsroom.ts';
import { outletsOf } from './outbox.ts';
import { publishWaiting } from './publish-edition.ts';
import { collectOnly, type RunReport, runEdition } from './run-edition.ts';
import { runWeekly } from './run-weekly.ts';
import type { Tell } from './tell.ts';

export type WatchNews =
  | { kind: 'waiting'; editionAt: Instant }
  | { kind: 'collected'; failures: Failure[] }
  | { kind: 'edition'; report: RunReport }
  | { kind: 'trouble'; message: string };

export type WatchOptions = {
  stop: AbortSignal;
  tell: Tell;
  announce: (news: WatchNews) => void;
  /** How long to sleep at most before looking at the clock again: a laptop's lid may have been closed. */
  lookEveryMs?: number;
};

/**
 * Stays up until `stop`: collects every `collectEveryMinutes` and makes an edition at each time of the schedule.
 * A time that passed while the process was down or asleep is caught up once: only the latest, and only when no run
 * was made since. A failed round is announced and the next one comes as planned. One instance at a time.
 * @throws Problem already-running when another `watch` is up
 */
export async function watch(room: Newsroom, options: WatchOptions): Promise<void> {
  await withLease(room, 'watch', async () => {
    let collectedAt = 0;
    let announced: Instant | undefined;
    while (!options.stop.aborted) {
      const missed = await dueEdition(room);
      const week = missed === undefined ? await dueWeekly(room) : undefined;
      if (missed !== undefined) {
        await attempt(room, options, async () => {
          const date = dateIn(room.config.timezone, missed);
          const report = await runEdition(room, { date }, options.tell);
          collectedAt = room.clock();
          options.announce({ kind: 'edition', report });
        });
      } else if (week !== undefined) {
        await attempt(room, options, async () => {
          options.announce({ kind: 'edition', report: await runWeekly(room, week, options.tell) });
        });
      } else if (room.clock() - collectedAt >= room.config.collectEveryMinutes * 60_000) {
        collectedAt = room.clock();
        await attempt(room, options, async () => {
          const failures = await collectOnly(room, options.tell);
          failures.push(...(await readAllReturned(room)));
          failures.push(...(await publishWaiting(room, options.tell)));
          options.announce({ kind: 'collected', failures });
        });
      }
      const next = nextTime(room, room.clock());
      if (next !== announced) options.announce({ kind: 'waiting', editionAt: next });
      announced = next;
      await nap(Math.min(next - room.clock(), options.lookEveryMs ?? LOOK_EVERY_MS), options.stop);
    }
  });
}

/** Reads what letters came back, of every channel of letters. */
async function readAllReturned(room: Newsroom): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const { channel, outlet } of outletsOf(room.config.channels)) {
    if (outlet.form !== 'letters') continue;
    const { failure } = await readReturned(room, { channel, outlet });
    if (failure !== undefined) failures.push(failure);
  }
  return failures;
}

/** Runs that were not made to make an edition. */
const NO_EDITION: ReadonlySet<RunState> = new Set<RunState>(['collected', 'posted', 'imported']);

const LOOK_EVERY_MS = 30_000;
/** A run that fails at once (full disk) must not spin. */
const TROUBLE_PAUSE_MS = 60_000;

/**
 * The latest scheduled time up to now for which no run was made, if it is owed: when a run was ever made before it,
 * or it lies in today. (A newsroom set up at noon makes today's edition, not one for each day before.)
 */
export async function dueEdition(room: Newsroom): Promise<Instant | undefined> {
  const now = room.clock();
  const cron = new Cron(room.config.schedule, { timezone: room.config.timezone, paused: true });
  // One second on, because croner looks strictly before the reference.
  const slot = cron.previousRuns(1, new Date(now + 1000))[0]?.getTime();
  if (slot === undefined || slot > now) return undefined;
  const runs = (await room.store.runs(RUNS_LOOKED_AT)).filter(({ state }) => !NO_EDITION.has(state));
  const date = dateIn(room.config.timezone, slot);
  const since = runs.filter((run) => run.date === date && run.startedAt >= slot);
  const cutOff = since.some((run) => run.state === 'running');
  if (since.length > 0 && !cutOff) return undefined;
  return runs.length > 0 || dateIn(room.config.timezone, now) === date ? slot : undefined;
}

const RUNS_LOOKED_AT = 200;

/**
 * The week whose edition the latest scheduled time of the weekly asks for, when no run was made for it since; undefined
 * when none is owed, or none of its days has an edition.
 */
export async function dueWeekly(room: Newsroom): Promise<string | undefined> {
  const { weekly, timezone } = room.config;
  if (weekly === undefined) return undefined;
  const now = room.clock();
  const cron = new Cron(weekly.schedule, { timezone, paused: true });
  const slot = cron.previousRuns(1, new Date(now + 1000))[0]?.getTime();
  if (slot === undefined || slot > now) return undefined;
  const week = latestWeek(dateIn(timezone, slot));
  const since = (await room.store.runs(RUNS_LOOKED_AT)).filter(
    ({ date, state, startedAt }) => date === week && startedAt >= slot && !NO_EDITION.has(state),
  );
  if (since.length > 0 && !since.some(({ state }) => state === 'running')) return undefined;
  const { first, last } = daysOf(week);
  return (await room.store.editions(first, addDays(last, 1))).length > 0 ? week : undefined;
}

function nextTime(room: Newsroom, now: Instant): Instant {
  const { schedule, weekly, timezone } = room.config;
  const times = [schedule, ...(weekly ? [weekly.schedule] : [])].map((pattern) =>
    new Cron(pattern, { timezone, paused: true }).nextRun(new Date(now))?.getTime(),
  );
  return Math.min(...times.map((at) => at ?? Number.POSITIVE_INFINITY));
}

async function attempt(room: Newsroom, options: WatchOptions, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const words = error instanceof Problem ? `${error.message} → ${error.fix}` : String(error);
    options.announce({ kind: 'trouble', message: hideSecrets(words, room.secrets) });
    await nap(TROUBLE_PAUSE_MS, options.stop);
  }
}

async function nap(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(Math.max(ms, 0), undefined, { signal: stop }).catch(() => {});
}

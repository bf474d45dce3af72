import type { Edition, EditionContent, HoldReason } from '../domain/edition.ts';
import { Problem } from '../domain/problem.ts';
import type { Failure, RunState } from '../domain/run.ts';
import { daysOf } from '../domain/week.ts';
import { composeWeekly } from '../publish/compose-weekly.ts';
import { guardEdition } from '../publish/guard-edition.ts';
import { writeOpening } from '../write/opening.ts';
import { alertsOf, alertTrouble, sendAlerts } from './alerts.ts';
import { addDays, dateIn } from './calendar.ts';
import { weeklySchema } from './config/schema.ts';
import { latestWeek } from './latest-week.ts';
import { withLease } from './lease.ts';
import { newRun, stepper } from './new-run.ts';
import type { Newsroom } from './newsroom.ts';
import type { RunReport } from './run-edition.ts';
import { contentHashOf, withCorrections } from './steps/compose.ts';
import { deliver } from './steps/deliver.ts';
import type { Tell } from './tell.ts';

/**
 * Makes a week's edition of its approved daily ones and brings it to every channel, each once: the same dailies give the
 * same weekly, and what is delivered stays. Without `week` the latest complete one. Held when the week is too hollow.
 * @throws Problem date-future | already-running | store-*
 */
export async function runWeekly(room: Newsroom, week: string | undefined, tell: Tell): Promise<RunReport> {
  try {
    return await withLease(room, 'newsroom', () => oneWeek(room, week, tell));
  } catch (error) {
    await alertTrouble(room, error);
    throw error;
  }
}

async function oneWeek(room: Newsroom, asked: string | undefined, tell: Tell): Promise<RunReport> {
  const now = room.clock();
  const today = dateIn(room.config.timezone, now);
  const week = asked ?? latestWeek(today);
  if (week > latestWeek(today))
    throw new Problem({
      code: 'date-future',
      message: `${week} 还没有过完（到 ${daysOf(week).last} 才完）。 That week is not over.`,
      fix: '换一周，或等到那个星期天。 Choose another week, or wait for that Sunday.',
    });
  const cutOff = await room.store.unfinishedRun(week);
  const run = cutOff ?? newRun(week, now, now);
  if (cutOff === undefined) await room.store.openRun(run);
  const failures: Failure[] = [];
  const step = stepper(tell, failures);
  const { edition, fresh } = await step('compose', () => composeWeek(room, week, run, tell));
  const finish = async (state: RunState, report: Pick<RunReport, 'deliveries'>, undelivered: Failure[]) => {
    await room.store.endRun(run.id, state, room.clock());
    const quiet = { events: [], rests: [], zone: room.config.timezone };
    await sendAlerts(room, run, alertsOf({ run, edition, failures: undelivered, ...quiet }));
    const ended = { ...run, state, endedAt: room.clock() };
    return { run: ended, edition, failures, resumed: cutOff !== undefined, ...report };
  };
  if (edition.status.kind === 'held') return finish('held', { deliveries: [] }, []);
  const delivered = await step('deliver', () => deliver(room, run, edition, tell));
  const { deliveries } = delivered;
  if (delivered.failures.length > 0) return finish('undelivered', { deliveries }, delivered.failures);
  return finish(fresh || delivered.done > 0 ? 'published' : 'unchanged', { deliveries }, []);
}

async function composeWeek(room: Newsroom, week: string, run: { id: string; startedAt: number }, tell: Tell) {
  tell({ kind: 'step-started', step: 'compose', total: 1 });
  const { config, store, editorial } = room;
  const { maxItems, minDays } = config.weekly ?? weeklySchema.parse({});
  const { first, last } = daysOf(week);
  const dailies = (await store.editions(first, addDays(last, 1))).filter(
    ({ status }) => status.kind === 'approved',
  );
  const ids = dailies.flatMap(({ sections }) =>
    sections.flatMap(({ items }) => items.map(({ brief }) => brief.storyId)),
  );
  const { leads, leftOut, ...made } = composeWeekly(dailies, {
    week,
    name: weeklyName(config.edition.name),
    tagline: config.edition.tagline,
    maxItems,
    sections: editorial.sectionPlan.map(({ name }) => name),
    resolved: await store.resolveStories([...new Set(ids)]),
  });
  const opening = writeOpening(leads, editorial.writing);
  const written: EditionContent = { ...made.content, ...(opening === undefined ? {} : { opening }) };
  // What was corrected after publication stays corrected, whatever is written anew.
  const content = await withCorrections(room, written);
  const hollow: HoldReason[] =
    dailies.length < minDays
      ? [{ code: 'too-few-days', message: `这一周只有 ${dailies.length} 期日报，至少要 ${minDays} 期` }]
      : [];
  const reasons = [...hollow, ...guardEdition(written, { asked: 0, failed: 0 }, config.guard)];
  const contentHash = contentHashOf(content);
  const before = await store.edition(week);
  const isSame =
    before?.contentHash === contentHash && (before.status.kind === 'held') === reasons.length > 0;
  const edition: Edition =
    before !== undefined && isSame
      ? before
      : {
          ...content,
          revision: (before?.revision ?? 0) + 1,
          contentHash,
          madeFrom: 'weekly',
          composedAt: run.startedAt,
          status: reasons.length > 0 ? { kind: 'held', reasons } : { kind: 'approved' },
          leftOut,
          articleIds: {},
        };
  const count = content.sections.reduce((sum, { items }) => sum + items.length, 0);
  const note = `${dailies.length} 期日报，${count} 条${reasons.length > 0 ? '，扣下' : ''}`;
  const subject = `${week}/r${edition.revision}`;
  const line = { runId: run.id, step: 'compose', subject, outcome: 'done', note, at: room.clock() } as const;
  if (!isSame) await store.recordEdition(edition, line);
  return { done: count, failures: [], note, edition, fresh: !isSame };
}

/** `AI日报` -> `AI周报` */
function weeklyName(name: string): string {
  return name.includes('日报') ? name.replace('日报', '周报') : `${name}周报`;
}

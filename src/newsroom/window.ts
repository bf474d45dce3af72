import type { Instant } from '../domain/article.ts';
import type { Run } from '../domain/run.ts';
import { endOfDay, HOUR_MS } from './calendar.ts';
import type { Newsroom } from './newsroom.ts';

/** The articles an edition is made of: published in `from` < t <= `until`. */
export type Window = { from: Instant; until: Instant };

/**
 * The window of this run's edition. It opens `windowHours` before the first cut-off this date ever had: a later
 * revision gains articles and never loses those that readers have already seen.
 */
export async function windowOf(room: Newsroom, run: Run): Promise<Window> {
  const first = await room.store.edition(run.date, 1);
  const firstCutoff = first
    ? Math.min(first.composedAt, endOfDay(room.config.timezone, run.date), run.cutoffAt)
    : run.cutoffAt;
  return { from: firstCutoff - room.config.edition.windowHours * HOUR_MS, until: run.cutoffAt };
}

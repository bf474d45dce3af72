import { utimesSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

/** A lock whose holder has not stirred for this long was killed; a living one stirs twice as often. */
const STALE_MS = 6000;
/** How often a waiting process looks again. */
const LOOK_MS = 200;

export type Turn<Result> =
  | { kind: 'taken'; result: Result }
  /** Others held it all the time. */
  | { kind: 'late' }
  /** The folder takes no files. */
  | { kind: 'unusable'; why: string };

/**
 * Runs `task` alone among all processes of this user on this machine that take the same turn, and not before `gapMs`
 * have passed since the last one ended. The turn is a file in `folder`, locked while in use; a killed holder's lock is
 * broken. Gives up after `waitMs`. Throws what `task` throws.
 */
export async function inTurn<Result>(
  turn: { name: string; folder: string; gapMs: number; waitMs: number },
  task: () => Promise<Result>,
): Promise<Turn<Result>> {
  // Temporary folders are shared, and nobody may break another user's lock there: each user has a turn of his own.
  const file = join(turn.folder, `ribao-${process.getuid?.() ?? 'user'}-${turn.name}.turn`);
  let release: () => Promise<void>;
  try {
    writeFileSync(file, '', { flag: 'a' });
    release = await lock(file, {
      stale: STALE_MS,
      retries: {
        retries: Math.ceil(turn.waitMs / LOOK_MS),
        factor: 1,
        minTimeout: LOOK_MS,
        maxTimeout: LOOK_MS,
      },
      // The machine slept, or somebody cleaned the folder: the task is under way and may as well end.
      onCompromised: () => {},
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return { kind: 'late' };
    return { kind: 'unusable', why: error instanceof Error ? error.message : String(error) };
  }
  try {
    const since = Date.now() - (await lastUsedAt(file));
    if (since >= 0 && since < turn.gapMs) await wait(turn.gapMs - since);
    return { kind: 'taken', result: await task() };
  } finally {
    await leave(file, release);
  }
}

/** The file's own time says when the last turn ended; a fresh file was never used but costs no more than one gap. */
async function lastUsedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function leave(file: string, release: () => Promise<void>): Promise<void> {
  try {
    // It may have been cleaned away, and its own clock is coarser than ours.
    writeFileSync(file, '', { flag: 'a' });
    const now = new Date();
    utimesSync(file, now, now);
    await release();
  } catch {
    // Lost with the lock, as above: whoever has it now leaves the file behind in order.
  }
}

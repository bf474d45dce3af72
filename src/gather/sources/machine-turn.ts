import { closeSync, openSync, utimesSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

/** A lock whose holder has not stirred for this long was killed. */
const STALE_MS = 10_000;
/** How often a waiting process looks again. */
const LOOK_MS = 200;

/**
 * Runs `task` alone among all processes of this machine that take the same turn, and not before `gapMs` have passed
 * since the last one ended. The turn is a file in `folder`, locked while in use; a killed holder's lock is broken.
 * Undefined when the turn did not come within `waitMs`.
 */
export async function inTurn<Result>(
  turn: { name: string; folder: string; gapMs: number; waitMs: number },
  task: () => Promise<Result>,
): Promise<Result | undefined> {
  const file = join(turn.folder, `ribao-${turn.name}.turn`);
  closeSync(openSync(file, 'a'));
  let release: () => Promise<void>;
  try {
    release = await lock(file, {
      stale: STALE_MS,
      retries: {
        retries: Math.ceil(turn.waitMs / LOOK_MS),
        factor: 1,
        minTimeout: LOOK_MS,
        maxTimeout: LOOK_MS,
      },
    });
  } catch {
    return undefined;
  }
  try {
    // The file's own time says when the last turn ended; a fresh file was never used but costs no more than one gap.
    const since = Date.now() - (await stat(file)).mtimeMs;
    if (since >= 0 && since < turn.gapMs) await wait(turn.gapMs - since);
    return await task();
  } finally {
    const now = new Date();
    utimesSync(file, now, now);
    await release();
  }
}

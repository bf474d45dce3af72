import { hostname } from 'node:os';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../store/store.ts';

const TTL_MS = 60_000;
const RENEW_MS = 15_000;

/**
 * Does `work` while holding the named lease, renewed every 15 s. A holder that was killed is replaced at once when it
 * ran on this machine, after a minute otherwise.
 * @throws Problem already-running when another process holds it
 */
export async function withLease<T>(
  room: { store: Store; owner: string },
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const take = () =>
    // Leases live in the real world's time: a run for another day, or with a test's clock, must not confuse them.
    room.store.takeLease({ name, owner: room.owner, now: Date.now(), ttlMs: TTL_MS, isGone: isGoneFromHere });
  const taken = await take();
  if (taken.kind === 'held')
    throw new Problem({
      code: 'already-running',
      message: `另一个 ribao 正在做这件事（${name}，${taken.owner}）。 Another ribao is at it.`,
      fix: '等它结束，或停掉那个进程。 Wait for it, or stop that process.',
    });
  const renewal = setInterval(() => void take().catch(() => {}), RENEW_MS);
  renewal.unref();
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await room.store.dropLease(name, room.owner);
  }
}

/** True when this owner ran on this machine and its process is no more. */
function isGoneFromHere(owner: string): boolean {
  const [host, pid] = owner.split(':');
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

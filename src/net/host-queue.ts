import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitFunction } from 'p-limit';
import pLimit from 'p-limit';

/** How one host is asked: at most `atOnce` requests together, their starts at least about `gapMs` apart. */
export type Pace = { atOnce: number; gapMs: number };

/** Runs tasks at each host's pace; hosts without work are forgotten once their gap has passed. */
export type HostQueue = {
  run<T>(host: string, pace: Pace, task: () => Promise<T>): Promise<T>;
  /** How many hosts are remembered right now. */
  size(): number;
};

/** A gap is a fifth longer or shorter by chance, so that many programs do not fall into step. */
const JITTER = 0.2;

export function hostQueue(): HostQueue {
  const hosts = new Map<string, { limit: LimitFunction; users: number; nextAt: number }>();
  const forget = (now: number) => {
    for (const [host, { users, nextAt }] of hosts) if (users === 0 && nextAt <= now) hosts.delete(host);
  };
  return {
    size() {
      forget(performance.now());
      return hosts.size;
    },
    async run(host, { atOnce, gapMs }, task) {
      const entry = hosts.get(host) ?? { limit: pLimit(atOnce), users: 0, nextAt: 0 };
      hosts.set(host, entry);
      entry.users += 1;
      try {
        return await entry.limit(async () => {
          const now = performance.now();
          const startAt = Math.max(now, entry.nextAt);
          entry.nextAt = startAt + gapMs * (1 + JITTER * (2 * Math.random() - 1));
          if (startAt > now) await sleep(startAt - now);
          return task();
        });
      } finally {
        entry.users -= 1;
        if (entry.users === 0 && entry.nextAt <= performance.now()) hosts.delete(host);
        if (hosts.size > MOST) forget(performance.now());
      }
    },
  };
}

/** With more hosts than this the ones whose gap has passed are swept out. */
const MOST = 10_000;

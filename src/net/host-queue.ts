import type { LimitFunction } from 'p-limit';
import pLimit from 'p-limit';

/** Runs tasks with at most `perHost` at once for each host; hosts without work are forgotten. */
export type HostQueue = {
  run<T>(host: string, task: () => Promise<T>): Promise<T>;
  /** How many hosts are remembered right now. */
  size(): number;
};

export function hostQueue(perHost: number): HostQueue {
  const hosts = new Map<string, { limit: LimitFunction; users: number }>();
  return {
    size: () => hosts.size,
    async run(host, task) {
      const entry = hosts.get(host) ?? { limit: pLimit(perHost), users: 0 };
      hosts.set(host, entry);
      entry.users += 1;
      try {
        return await entry.limit(task);
      } finally {
        entry.users -= 1;
        if (entry.users === 0) hosts.delete(host);
      }
    },
  };
}

import { Piscina } from 'piscina';
import type { PageInput, PageReading } from './page-reading.ts';
import type { PageRules } from './page-rules.ts';

export type PagePool = {
  /** Reads a page off the main thread. Never throws: a page that is too slow or too large is `unreadable`. */
  read(input: PageInput): Promise<PageReading>;
  close(): Promise<void>;
};

/** The largest pages met (4 MB of HTML) need about 100 MB as a tree; one that needs more is not an article. */
const WORKER_HEAP_MB = 256;

/**
 * Trees die young. With Node's default young generation two threads grow to 870 MB on 600 pages of 50 KB. A smaller one
 * is collected more often, by helper threads that take the other core: with 8 MB two threads read 1.4 times as much as
 * one, with 24 MB 1.6 to 1.75 times (npm run bench -- pages).
 */
const WORKER_YOUNG_MB = 24;

/** Threads are let go of when a run has no more pages to read, so that an idle server does not hold their memory. */
const IDLE_MS = 5_000;

/**
 * Worker threads for reading pages. Real pages can keep an extractor busy for seconds, hostile ones for ever:
 * after `timeoutMs` of work (waiting for a thread does not count) the thread is killed and the page given up.
 */
export function openPagePool(options: { threads: number; timeoutMs: number; rules: PageRules }): PagePool {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const pool = new Piscina({
    filename: new URL(`./page-worker${extension}`, import.meta.url).href,
    workerData: options.rules,
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: IDLE_MS,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB, maxYoungGenerationSizeMb: WORKER_YOUNG_MB },
  });
  const slots = slotsOf(options.threads);
  return {
    read: (input) =>
      slots(async () => {
        try {
          return await pool.run(input, { signal: AbortSignal.timeout(options.timeoutMs) });
        } catch (error) {
          return { kind: 'unreadable', why: reasonOf(error) };
        }
      }),
    close: () => pool.destroy(),
  };
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (name === 'AbortError' || name === 'TimeoutError') return '网页太复杂，读取超时';
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return '网页太大，读取时内存不足';
  return `读取网页时出错：${error instanceof Error ? error.message : String(error)}`;
}

/** Runs at most `count` tasks at once, first come first served: the time-out then counts work, not waiting. */
function slotsOf(count: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

// npm run bench -- fetch [FEEDS]: asking and reading many feeds, the first time and again with nothing new.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseFeed } from 'feedsmith';
import pLimit from 'p-limit';
import RssParser from 'rss-parser';
import type { Source, SourceState } from '../src/domain/source.ts';
import { collectSource, SOURCES_AT_ONCE } from '../src/gather/collect-source.ts';
import { openNet } from '../src/net/open-net.ts';

const KILOBYTES = 20;
const LATENCY_MS = 50;

/** Prints seconds for a cold and a warm round, how many were not modified, and peak memory; beside it plain fetching. */
export async function benchFetch(feeds: number): Promise<void> {
  const script = fileURLToPath(new URL('./serve-feeds.ts', import.meta.url));
  const child = spawn(process.execPath, [script, String(feeds), String(KILOBYTES), String(LATENCY_MS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await once(child.stdout, 'data');
  const port = Number(String(printed).trim());
  console.log(
    `${feeds} feeds of ${KILOBYTES} KB, ${LATENCY_MS} ms latency, ${SOURCES_AT_ONCE} at once, ${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}`,
  );
  const net = openNet({
    userAgent: 'ribao-bench',
    perHost: 2,
    timeoutMs: 20_000,
    maxCompressedBytes: 8_000_000,
    maxBytes: 8_000_000,
    allowHosts: [],
    connectTo: { address: '127.0.0.1', port },
  });
  const states = new Map<string, SourceState>();
  for (const round of ['cold', 'warm']) {
    const watch = startWatch();
    const limit = pLimit(SOURCES_AT_ONCE);
    let [entries, unchanged] = [0, 0];
    await Promise.all(
      Array.from({ length: feeds }, (_, n) =>
        limit(async () => {
          const source: Source = {
            id: `s${n}`,
            kind: 'feed',
            name: `媒体${n}`,
            url: `http://site${n}.example/${n}.xml`,
            weight: 1,
            fullText: 'feed',
          };
          const state = states.get(source.id) ?? { sourceId: source.id, failureStreak: 0 };
          const collection = await collectSource(source, state, { fetch: net.fetch, now: Date.now() });
          states.set(source.id, collection.state);
          entries += collection.entries.length;
          if (
            collection.outcome.kind === 'unchanged' ||
            (collection.outcome.kind === 'silent' && collection.entries.length === 0)
          )
            unchanged += 1;
        }),
      ),
    );
    console.log(
      `${round.padEnd(8)}${watch()}   ${entries} entries, ${unchanged} not modified   ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    );
  }
  await net.close();
  const rss = new RssParser();
  const rivals: [name: string, count: (text: string) => Promise<number>][] = [
    ['fetch and rss-parser', async (text) => (await rss.parseString(text)).items.length],
    [
      'fetch and feedsmith',
      async (text) => {
        const parsed = parseFeed(text);
        return parsed.format === 'rss' ? (parsed.feed.items?.length ?? 0) : 0;
      },
    ],
  ];
  for (const [name, count] of rivals) {
    const watch = startWatch();
    const limit = pLimit(SOURCES_AT_ONCE);
    let items = 0;
    await Promise.all(
      Array.from({ length: feeds }, (_, n) =>
        limit(async () => {
          const answer = await fetch(`http://127.0.0.1:${port}/${n}.xml`);
          items += await count(await answer.text());
        }),
      ),
    );
    console.log(`beside: ${name} alone, nothing remembered ${watch()}   ${items} items`);
  }
  child.kill();
}

/** Seconds, and those of them for which a processor was busy with this process: other work on the machine slows only the first. */
function startWatch(): () => string {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return `${((performance.now() - startedAt) / 1000).toFixed(2)} s (CPU ${((user + system) / 1e6).toFixed(2)} s)`;
  };
}

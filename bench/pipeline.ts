import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { writeConfig } from '../src/newsroom/config/edit-sources.ts';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { openNewsroom } from '../src/newsroom/newsroom.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';

const FEEDS = 30;
const PAGE_BYTES = 50_000;
const CLOCK = Date.parse('2026-03-10T14:00:00Z');

/** The whole pipeline on generated articles with 50 KB pages over loopback HTTP; prints a table per step. */
export async function benchPipeline(articles: number): Promise<void> {
  const script = fileURLToPath(new URL('./serve-articles.ts', import.meta.url));
  const child = spawn(process.execPath, [script, String(articles), String(FEEDS), String(PAGE_BYTES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await once(child.stdout, 'data');
  const port = Number(String(printed).trim());
  const folder = mkdtempSync(join(tmpdir(), 'ribao-bench-'));
  const sources = Array.from({ length: FEEDS }, (_, n) => {
    return { id: `f${n}`, name: `媒体${n}`, url: `http://site${n}.example/feed/${n}` };
  });
  writeConfig(join(folder, 'ribao.yaml'), stringify({ sources }));

  console.log(
    `${articles} articles, ${FEEDS} feeds, pages of ${PAGE_BYTES / 1000} KB, ${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}`,
  );
  for (const pass of ['first run', 'second run, nothing new']) {
    const startedAt = performance.now();
    const room = openNewsroom(loadConfig(join(folder, 'ribao.yaml')), {
      clock: () => CLOCK,
      connectTo: { address: '127.0.0.1', port },
    });
    console.log(
      `\n${pass}\n${'step'.padEnd(10)}${'seconds'.padStart(9)}${'done'.padStart(7)}${'per second'.padStart(12)}`,
    );
    const report = await runEdition(room, { date: '2026-03-10' }, (tidings) => {
      if (tidings.kind !== 'step-ended') return;
      const seconds = tidings.tookMs / 1000;
      const rate = tidings.done > 0 ? Math.round(tidings.done / seconds) : '-';
      console.log(
        `${tidings.step.padEnd(10)}${seconds.toFixed(2).padStart(9)}${String(tidings.done).padStart(7)}${String(rate).padStart(12)}   ${tidings.note}`,
      );
    });
    await room.close();
    console.log(
      `all       ${((performance.now() - startedAt) / 1000).toFixed(2).padStart(9)}   ${report.run.state}`,
    );
  }
  // maxRSS is in kilobytes and covers the reading threads too.
  console.log(`\npeak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  rmSync(folder, { recursive: true });
  child.kill();
}

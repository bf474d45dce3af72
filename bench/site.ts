// npm run bench -- site [EDITIONS]: the reader's site of an invented archive: whole, with one more edition, unchanged; and
// searched in a slow browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite } from '../src/publish/site/build-site.ts';
import { openFolder } from '../src/publish/site/site-folder.ts';
import {
  archiveOf,
  inventedArchive,
  inventedDate,
  inventedEdition,
} from '../test/support/invented-archive.ts';
import { benchSearch } from './site-search.ts';

/** Builds the site three times into a folder that is removed; prints seconds, files and the highest memory. */
export async function benchSite(editions: number, keep?: string): Promise<void> {
  console.log(`${editions} editions of 37 briefs, ${cpus()[0]?.model}, Node ${process.version}`);
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'ribao-bench-site-'));
  const all = inventedArchive(editions);
  const archive = archiveOf(all);
  await archive.stamps();
  const settings = { title: 'AI 日报', url: 'https://daily.example', feeds: true, covers: true };
  const build = async (words: string) => {
    archive.read.length = 0;
    const startedAt = performance.now();
    const report = await buildSite(openFolder(folder), archive, settings, 'bench');
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
    const memory = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(
      `${words.padEnd(16)}${seconds.padStart(7)} s  ${report.written} of ${report.files} files written, ${report.removed} removed, ${archive.read.length} editions read, peak ${memory} MB`,
    );
  };
  await build('whole site');
  const next = inventedEdition(editions);
  all.set(inventedDate(editions), () => next);
  await archive.stamps();
  await build('one more edition');
  await build('nothing new');
  await benchSearch(folder);
  if (keep === undefined) rmSync(folder, { recursive: true });
}

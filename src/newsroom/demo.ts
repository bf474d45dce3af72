import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { HOUR_MS } from './calendar.ts';
import { writeConfig } from './config/edit-sources.ts';
import { loadConfig } from './config/load-config.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';
import { type RunReport, runEdition } from './run-edition.ts';
import { loadSampleSources } from './sample-day/load-samples.ts';
import { SAMPLE_DATES, serveSampleDays } from './sample-day/serve-sample-days.ts';
import type { Tell } from './tell.ts';

/** The hour (UTC) at which the sample days are made: 22:00 in Shanghai, when all of the day's articles are out. */
const MADE_AT_UTC_HOUR = 14;
/** One sample page never answers; waiting for it is part of the show, but not for long. */
const SAMPLE_TIMEOUT_SECONDS = 1.5;

/** Empties the demo's own folder and writes its config there; gives the config's path. */
export async function prepareDemo(folder: string): Promise<string> {
  for (const name of ['ribao.db', 'ribao.db-wal', 'ribao.db-shm', 'editions', 'ribao.yaml'])
    rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const sources = (await loadSampleSources()).map(({ id, name, url, publisher, weight, fullText }) => ({
    id,
    name,
    url,
    ...(publisher === undefined ? {} : { publisher }),
    weight,
    fullText,
  }));
  const path = join(folder, 'ribao.yaml');
  const config = { store: 'ribao.db', network: { timeoutSeconds: SAMPLE_TIMEOUT_SECONDS }, sources };
  writeConfig(
    path,
    `# 虚构样例的配置 / the config of the invented sample days\n${stringify(config, { lineWidth: 0 })}`,
  );
  return path;
}

/** Makes one sample day's edition over loopback HTTP, with the clock set to that evening. */
export async function runSampleDay(configPath: string, day: 1 | 2, tell: Tell): Promise<RunReport> {
  const server = await serveSampleDays({ through: day });
  const date = SAMPLE_DATES[day - 1] ?? SAMPLE_DATES[0];
  const room = openSampleNewsroom(configPath, date, server);
  try {
    return await runEdition(room, { date }, tell);
  } finally {
    await room.close();
    await server.close();
  }
}

/** The newsroom of the sample days: every connection goes to `server`, the clock stands in the evening of `date`. */
export function openSampleNewsroom(
  configPath: string,
  date: string,
  server: { address: string; port: number },
): Newsroom {
  const opensAt = Date.parse(`${date}T00:00:00Z`) + MADE_AT_UTC_HOUR * HOUR_MS;
  const startedAt = Date.now();
  return openNewsroom(loadConfig(configPath), {
    clock: () => opensAt + (Date.now() - startedAt),
    connectTo: { address: server.address, port: server.port },
  });
}

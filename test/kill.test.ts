import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { STEPS } from '../src/domain/run.ts';
import { prepareDemo } from '../src/newsroom/demo.ts';
import {
  SAMPLE_DATES,
  type SampleServer,
  serveSampleDays,
} from '../src/newsroom/sample-day/serve-sample-days.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';

const DATE = SAMPLE_DATES[0];
/** More of them in a long check: RIBAO_RANDOM_KILLS=20. */
const RANDOM_KILLS = Number(process.env.RIBAO_RANDOM_KILLS ?? 5);

describe('a run that is killed anywhere and started again', { timeout: 600_000 }, () => {
  let server: SampleServer;
  let undisturbed: Ending;
  let usualMs: number;

  before(async () => {
    server = await serveSampleDays({ through: 1 });
    const folder = await freshFolder();
    const startedAt = performance.now();
    assert.equal(await start(folder).done, 'state published');
    usualMs = performance.now() - startedAt;
    undisturbed = await endingOf(folder);
    assert.ok(undisturbed.markdown.includes('## '));
  });
  after(() => server.close());

  for (const step of STEPS)
    it(`ends the same when killed after ${step}`, async () => {
      const folder = await freshFolder();
      const child = start(folder);
      await child.printed(`ended ${step}`);
      await child.kill();
      await finish(folder);
      assert.deepEqual(await endingOf(folder), undisturbed);
    });

  for (let n = 1; n <= RANDOM_KILLS; n += 1)
    it(`ends the same when killed at a random moment, and again while catching up (${n})`, async (t) => {
      const folder = await freshFolder();
      for (let kills = 0; kills < 2; kills += 1) {
        const child = start(folder);
        const wait = Math.random() * usualMs;
        t.diagnostic(`killed after ${Math.round(wait)} ms`);
        await Promise.race([sleep(wait), child.done]);
        await child.kill();
      }
      await finish(folder);
      assert.deepEqual(await endingOf(folder), undisturbed);
    });

  function start(folder: string) {
    const script = fileURLToPath(new URL('./support/run-day.ts', import.meta.url));
    const args = [script, join(folder, 'ribao.yaml'), DATE, server.address, String(server.port)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    const exited = once(child, 'exit');
    return {
      done: exited.then(() => output.trimEnd().split('\n').at(-1)),
      async printed(line: string) {
        while (!output.includes(`${line}\n`) && child.exitCode === null) await sleep(2);
      },
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  }

  async function finish(folder: string) {
    const last = await start(folder).done;
    assert.match(last ?? '', /^state (published|unchanged)$/);
  }
});

type Ending = { markdown: string; files: string[]; deliveries: string[]; delivered: number; stories: number };

/** What readers and channels have at the end; equal for every run, disturbed or not. */
async function endingOf(folder: string): Promise<Ending> {
  const store = openSqliteStore(join(folder, 'ribao.db'));
  const deliveries = await store.deliveries(DATE);
  const [run] = await store.runs(1);
  const journals = await Promise.all((await store.runs(50)).map(({ id }) => store.journal(id)));
  const delivered = journals.flat().filter((line) => line.step === 'deliver' && line.outcome === 'done');
  const stories = await store.verdicts(DATE);
  await store.close();
  assert.notEqual(run?.state, 'running');
  return {
    markdown: readFileSync(join(folder, 'editions', `${DATE}.md`), 'utf8'),
    files: readdirSync(join(folder, 'editions')).toSorted(),
    deliveries: deliveries.map(({ key, state }) => `${key} ${state.kind}`),
    delivered: delivered.length,
    stories: stories.length,
  };
}

async function freshFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-kill-'));
  await prepareDemo(folder);
  return folder;
}

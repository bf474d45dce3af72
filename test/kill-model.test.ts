import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { prepareDemo } from '../src/newsroom/demo.ts';
import {
  SAMPLE_DATES,
  type SampleServer,
  serveSampleDays,
} from '../src/newsroom/sample-day/serve-sample-days.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { goodAnswer } from './support/good-writer.ts';
import { serveModel } from './support/serve-model.ts';

const DATE = SAMPLE_DATES[0];
const AT_ONCE = 4;

describe('a run that is killed while the model writes', { timeout: 300_000 }, () => {
  let news: SampleServer;
  let model: Awaited<ReturnType<typeof serveModel>>;
  let undisturbed: { markdown: string; asked: number };

  before(async () => {
    news = await serveSampleDays({ through: 1 });
    model = await serveModel(({ prompt }) => ({
      do: 'say',
      content: JSON.stringify(goodAnswer(prompt)),
      afterMs: 25,
    }));
    const folder = await freshFolder();
    await finish(folder);
    undisturbed = { markdown: editionIn(folder), asked: model.asked.length };
    assert.ok(undisturbed.asked > 12, `${undisturbed.asked} asked`);
  });
  after(async () => {
    await news.close();
    await model.close();
  });

  for (const answered of [1, 6])
    it(`after ${answered} answers: nothing is paid for twice but what was under way, and the edition is the same`, async () => {
      const folder = await freshFolder();
      const before = model.asked.length;
      const child = start(folder);
      while (model.asked.length < before + answered + AT_ONCE && child.exitCode === null) await sleep(2);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const open = (await callsIn(folder)).filter(({ outcome }) => outcome === 'open');
      assert.ok(open.length >= 1 && open.length <= AT_ONCE, `${open.length} under way`);
      await finish(folder);
      assert.ok(editionIn(folder) === undisturbed.markdown, 'another edition');
      const asked = model.asked.length - before;
      assert.ok(asked <= undisturbed.asked + AT_ONCE, `${asked} asked, ${undisturbed.asked} undisturbed`);
      // What was under way may have been billed: it stays in the ledger at the most it can have cost.
      const calls = await callsIn(folder);
      assert.equal(calls.filter(({ outcome }) => outcome === 'open').length, open.length);
      assert.ok(calls.every(({ outcome, cost }) => (outcome === 'open') === (cost?.most ?? false)));
    });

  async function callsIn(folder: string) {
    const store = openSqliteStore(join(folder, 'ribao.db'));
    try {
      const calls = await store.modelCalls(DATE.slice(0, 7));
      return calls.filter(({ outcome }) => outcome !== 'cached');
    } finally {
      await store.close();
    }
  }

  function start(folder: string) {
    const script = fileURLToPath(new URL('./support/run-day.ts', import.meta.url));
    const args = [script, join(folder, 'ribao.yaml'), DATE, news.address, String(news.port)];
    return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  async function finish(folder: string) {
    const child = start(folder);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    await once(child, 'exit');
    assert.match(output.trimEnd().split('\n').at(-1) ?? '', /^state (published|unchanged)$/);
  }

  async function freshFolder(): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'ribao-kill-model-'));
    await prepareDemo(folder);
    const settings = {
      baseUrl: model.baseUrl,
      model: 'm-1',
      apiKey: 'sk-x',
      writing: true,
      atOnce: AT_ONCE,
      price: { currency: 'CNY', input: 1, output: 4 },
      budget: { perEdition: 5 },
    };
    const path = join(folder, 'ribao.yaml');
    // A source that is late on a busy machine would make another edition.
    const calm = readFileSync(path, 'utf8').replace('timeoutSeconds: 1.5', 'timeoutSeconds: 8');
    writeFileSync(path, `${calm}\n${stringify({ model: settings })}`);
    return folder;
  }
});

function editionIn(folder: string): string {
  return readFileSync(join(folder, 'editions', `${DATE}.md`), 'utf8');
}

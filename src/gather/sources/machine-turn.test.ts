import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inTurn } from './machine-turn.ts';

const HERE = new URL('./machine-turn.ts', import.meta.url).href;

/** A process that takes three turns and prints when each began and ended. */
function taker(folder: string): Promise<{ from: number; to: number }[]> {
  const code = `
    import { inTurn } from ${JSON.stringify(HERE)};
    for (let n = 0; n < 3; n += 1)
      await inTurn({ name: 't', folder: ${JSON.stringify(folder)}, gapMs: 150, waitMs: 20000 }, async () => {
        const from = Date.now();
        await new Promise((done) => setTimeout(done, 30));
        console.log(JSON.stringify({ from, to: Date.now() }));
      });`;
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.on('close', () =>
      done(
        out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ),
    );
  });
}

test('two programs take turns, never together and never sooner than the gap', {
  timeout: 60_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-turn-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const turns = (await Promise.all([taker(folder), taker(folder)]))
    .flat()
    .toSorted((a, b) => a.from - b.from);
  assert.equal(turns.length, 6);
  for (let n = 1; n < turns.length; n += 1) {
    const pause = (turns[n]?.from ?? 0) - (turns[n - 1]?.to ?? 0);
    assert.ok(pause >= 145, `${pause} ms`);
  }
});

test('a turn that does not come in time is given up', { timeout: 60_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-turn-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const turn = { name: 'busy', folder, gapMs: 0, waitMs: 400 };
  let let_go = () => {};
  const held = inTurn(
    turn,
    () =>
      new Promise<void>((done) => {
        let_go = done;
      }),
  );
  await new Promise((done) => setTimeout(done, 200));
  assert.equal(await inTurn(turn, async () => 'mine'), undefined);
  let_go();
  await held;
  assert.equal(await inTurn(turn, async () => 'mine'), 'mine');
});

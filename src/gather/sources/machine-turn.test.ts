import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
  let letGo = () => {};
  const held = inTurn(
    turn,
    () =>
      new Promise<void>((done) => {
        letGo = done;
      }),
  );
  await new Promise((done) => setTimeout(done, 200));
  assert.deepEqual(await inTurn(turn, async () => 'mine'), { kind: 'late' });
  letGo();
  await held;
  assert.deepEqual(await inTurn(turn, async () => 'mine'), { kind: 'taken', result: 'mine' });
});

test('the turn of a program that was killed is taken over', { timeout: 60_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-turn-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const code = `
    import { inTurn } from ${JSON.stringify(HERE)};
    await inTurn({ name: 't', folder: ${JSON.stringify(folder)}, gapMs: 0, waitMs: 1000 }, async () => {
      console.log('mine');
      await new Promise((done) => setTimeout(done, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  await new Promise((done) => child.stdout.once('data', done));
  child.kill('SIGKILL');
  await new Promise((done) => child.once('close', done));
  const turn = { name: 't', folder, gapMs: 0, waitMs: 30_000 };
  assert.deepEqual(await inTurn(turn, async () => 'mine'), { kind: 'taken', result: 'mine' });
});

test('a lock that vanishes under its holder stops nothing', { timeout: 60_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-turn-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const outcome = await inTurn({ name: 't', folder, gapMs: 0, waitMs: 1000 }, async () => {
    for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
    // Long enough for the holder to notice when it next says that it is alive.
    await new Promise((done) => setTimeout(done, 3500));
    return 'done';
  });
  assert.deepEqual(outcome, { kind: 'taken', result: 'done' });
});

test('a folder that takes no files is told, not thrown', async () => {
  const outcome = await inTurn(
    { name: 't', folder: '/nowhere/at/all', gapMs: 0, waitMs: 100 },
    async () => 1,
  );
  assert.ok(outcome.kind === 'unusable' && outcome.why.includes('/nowhere'));
});

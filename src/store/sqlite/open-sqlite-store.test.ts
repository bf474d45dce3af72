import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { storeContract } from '../../../test/contract/store-contract.ts';
import { subscriberContract } from '../../../test/contract/subscriber-contract.ts';
import { Problem } from '../../domain/problem.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

const freshPath = () => join(mkdtempSync(join(tmpdir(), 'ribao-store-')), 'ribao.db');

const openTwice = async () => {
  const path = freshPath();
  return { store: openSqliteStore(path), reopen: async () => openSqliteStore(path) };
};
storeContract('SQLite', openTwice);
subscriberContract('SQLite', openTwice);

function problemOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    assert.ok(error.fix.length > 0);
    return error.code;
  }
}

test('a database of a newer ribao is left alone', () => {
  const path = freshPath();
  const db = new DatabaseSync(path);
  db.exec('PRAGMA user_version = 99');
  db.close();
  assert.equal(
    problemOf(() => openSqliteStore(path)),
    'store-newer',
  );
});

test('a broken rule of the schema is a bug, not a lost database', async () => {
  const store = openSqliteStore(freshPath());
  const run = { id: 'r', date: '2026-03-10', startedAt: 1, cutoffAt: 1, state: 'running' } as const;
  await store.openRun(run);
  await assert.rejects(store.openRun(run), (error) => !(error instanceof Problem));
  await store.close();
});

test('a file that is no database is named as such, and not overwritten', () => {
  const path = freshPath();
  writeFileSync(path, 'this is a diary, not a database. '.repeat(200));
  assert.equal(
    problemOf(() => openSqliteStore(path)),
    'store-corrupt',
  );
  assert.match(readFileSync(path, 'utf8'), /^this is a diary/);
});

test('a folder that cannot be made is reported with its path', () => {
  const path = freshPath();
  writeFileSync(path, '');
  assert.equal(
    problemOf(() => openSqliteStore(join(path, 'deeper', 'ribao.db'))),
    'store-unusable',
  );
});

test('a read-only folder is reported as read-only', { skip: process.platform === 'win32' }, () => {
  const path = freshPath();
  openSqliteStore(path).close();
  // Root may write anywhere, so the check runs as an ordinary user when the tests run as root.
  chmodSync(path, 0o444);
  chmodSync(join(path, '..'), 0o555);
  const script = `
    const { openSqliteStore } = await import(${JSON.stringify(new URL('./open-sqlite-store.ts', import.meta.url).href)});
    const { Problem } = await import(${JSON.stringify(new URL('../../domain/problem.ts', import.meta.url).href)});
    if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
    try { const s = openSqliteStore(${JSON.stringify(path)}); await s.endRun('x', 'held', 1); await s.addToJournal([{ runId: 'x', step: 'read', subject: '', outcome: 'done', note: '', at: 1 }]); console.log('none'); }
    catch (error) { console.log(error instanceof Problem ? error.code : String(error)); }`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.match(printed.trim(), /^store-(readonly|unusable)$/);
});

test('a full disk is reported, and what was saved before is still there', async () => {
  const path = freshPath();
  const store = openSqliteStore(path);
  await store.openRun({ id: 'r', date: '2026-03-10', startedAt: 1, cutoffAt: 1, state: 'running' });
  await store.close();
  const script = `
    const { DatabaseSync } = await import('node:sqlite');
    const exec = DatabaseSync.prototype.exec;
    DatabaseSync.prototype.exec = function (sql) { exec.call(this, sql); if (sql.includes('journal_mode')) exec.call(this, 'PRAGMA max_page_count = 60'); };
    const { openSqliteStore } = await import(${JSON.stringify(new URL('./open-sqlite-store.ts', import.meta.url).href)});
    const store = openSqliteStore(${JSON.stringify(path)});
    let saved = 0;
    try { for (;;) { await store.addToJournal([{ runId: 'r', step: 'read', subject: 's', outcome: 'done', note: 'x'.repeat(20000), at: 1 }]); saved += 1; } }
    catch (error) { console.log(JSON.stringify({ code: error.code, saved })); }`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const { code, saved } = JSON.parse(printed);
  assert.equal(code, 'store-full');
  const again = openSqliteStore(path);
  assert.equal((await again.journal('r')).length, saved);
  await again.close();
});

test('two processes write side by side, one is killed, nothing is lost or broken', async () => {
  const path = freshPath();
  const store = openSqliteStore(path);
  await store.openRun({ id: 'r', date: '2026-03-10', startedAt: 1, cutoffAt: 1, state: 'running' });
  const script = `
    const { openSqliteStore } = await import(${JSON.stringify(new URL('./open-sqlite-store.ts', import.meta.url).href)});
    const store = openSqliteStore(${JSON.stringify(path)});
    for (let n = 1; ; n += 1) {
      await store.addToJournal([{ runId: 'r', step: 'read', subject: 'child', outcome: 'done', note: String(n), at: n }]);
      process.stdout.write(n + '\\n');
      // SQLite's lock is not fair: who never pauses lets nobody else in for seconds.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  await once(child.stdout, 'data');
  for (let n = 1; n <= 200; n += 1)
    await store.addToJournal([
      { runId: 'r', step: 'read', subject: 'parent', outcome: 'done', note: String(n), at: n },
    ]);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  const reported = Number(printed.trimEnd().split('\n').at(-1));
  const lines = await store.journal('r');
  assert.equal(lines.filter((line) => line.subject === 'parent').length, 200);
  assert.ok(lines.filter((line) => line.subject === 'child').length >= reported);
  assert.equal((await store.inspect()).sound, true);
  await store.close();
});

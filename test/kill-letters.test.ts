import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { anEdition } from './support/an-edition.ts';
import { emailConfig } from './support/letter-desk.ts';
import { serveSmtp } from './support/serve-smtp.ts';

const BIN = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));
/** More of them in a long check: RIBAO_LETTER_KILLS=100. */
const KILLS = Number(process.env.RIBAO_LETTER_KILLS ?? 2);
const READERS = 12 * KILLS;
const DATE = '2026-03-10';

test('letters killed again and again: every reader has one, none has two', {
  timeout: 1_800_000,
}, async (t) => {
  // Slow answers: many kills fall between the taking in and the answer.
  const mail = await serveSmtp(t, { slowMs: () => Math.random() * 60 });
  const folder = mkdtempSync(join(tmpdir(), 'ribao-kill-letters-'));
  writeFileSync(
    join(folder, 'ribao.yaml'),
    stringify({
      store: 'ribao.db',
      sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }],
      channels: [emailConfig(mail.port)],
    }),
  );
  writeFileSync(join(folder, 'edition.md'), renderMarkdown(anEdition(30, { date: DATE })));
  const readers = Array.from({ length: READERS }, (_, n) => `reader${n}@home.example`);
  writeFileSync(join(folder, 'readers.txt'), readers.join('\n'));
  const ribao = (...args: string[]) =>
    spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: 'ignore' });
  assert.deepEqual(await once(ribao('import', 'edition.md'), 'exit'), [0, null]);
  assert.deepEqual(await once(ribao('subscribers', 'import', 'readers.txt', '--confirmed'), 'exit'), [
    0,
    null,
  ]);
  let asked = 0;
  /** A person looks into the mail server's log and says whether an unclear letter went through. */
  const settle = async () => {
    const store = openSqliteStore(join(folder, 'ribao.db'));
    for (const { key, message, state } of await store.deliveries(DATE)) {
      if (state.kind !== 'unclear' && state.kind !== 'sending') continue;
      const reader = await store.subscriber(message?.part ?? '');
      asked += 1;
      const there = mail.to(reader?.address ?? '').length > 0;
      await once(ribao('deliveries', there ? '--sent' : '--again', key), 'exit');
    }
    await store.close();
  };
  let kills = 0;
  for (let n = 0; n < KILLS; n += 1) {
    const child = ribao('publish', '--date', DATE);
    const exited = once(child, 'exit');
    const before = mail.taken.length;
    const sending = async () => {
      while (mail.taken.length === before && child.exitCode === null) await sleep(2);
      await sleep(Math.random() * 500);
    };
    await Promise.race([sending(), exited]);
    kills += child.exitCode === null ? 1 : 0;
    child.kill('SIGKILL');
    await exited;
    if (n % 2 === 1) await settle();
  }
  await settle();
  let code: unknown;
  for (let look = 0; look < 5 && code !== 0; look += 1) {
    [code] = await once(ribao('publish', '--date', DATE), 'exit');
    await settle();
  }
  assert.equal(code, 0);
  const counts = readers.map((reader) => mail.to(reader).length);
  assert.equal(counts.filter((count) => count === 0).length, 0, 'lost');
  assert.equal(counts.filter((count) => count > 1).length, 0, 'doubled');
  assert.ok(kills > 0);
  t.diagnostic(`${kills} kills, ${asked} letters whose fate had to be looked up`);
});

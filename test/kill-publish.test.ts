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
import { addDays } from '../src/newsroom/calendar.ts';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { anEdition } from './support/an-edition.ts';
import { SECRETS, serveChats } from './support/chat-double.ts';

const BIN = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));
/** More of them in a long check: RIBAO_PUBLISH_ROUNDS=50 kills two hundred times. */
const ROUNDS = Number(process.env.RIBAO_PUBLISH_ROUNDS ?? 1);
const KILLS_A_ROUND = 4;
/** The messages of one edition take some three seconds, because outlets want pauses. */
const LATEST_KILL_MS = 1200;

test('publishing that is killed again and again loses nothing and doubles nothing', {
  timeout: 1_800_000,
}, async (t) => {
  // Slow answers: many kills fall between the taking in and the answer.
  const chats = await serveChats(t, 400);
  const folder = mkdtempSync(join(tmpdir(), 'ribao-kill-publish-'));
  writeFileSync(
    join(folder, 'ribao.yaml'),
    stringify({
      store: 'ribao.db',
      sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }],
      channels: [
        { kind: 'markdown', folder: 'editions' },
        { kind: 'site', folder: 'site' },
        { kind: 'feishu', webhook: `${chats.url}/feishu/hook`, secret: SECRETS.feishu },
        { kind: 'dingtalk', webhook: `${chats.url}/dingtalk/send`, secret: SECRETS.dingtalk },
        { kind: 'wecom', webhook: `${chats.url}/wecom/send` },
        { kind: 'telegram', token: '1:t', chat: '@daily', apiBase: `${chats.url}/telegram` },
        { kind: 'slack', webhook: `${chats.url}/slack/services/T/B/X` },
        { kind: 'discord', webhook: `${chats.url}/discord/api/webhooks/1/t` },
        { kind: 'webhook', url: `${chats.url}/webhook`, secret: SECRETS.webhook },
        { kind: 'ntfy', server: `${chats.url}/ntfy`, topic: 'daily' },
        { kind: 'bark', server: `${chats.url}/bark`, key: 'devicekey' },
      ],
    }),
  );
  const ribao = (...args: string[]) =>
    spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: 'ignore' });
  let [kills, asked] = [0, 0];
  /** Whoever is asked about a part that may have arrived looks into the group and says what is there. */
  const settle = async (date: string) => {
    const store = openSqliteStore(join(folder, 'ribao.db'));
    const open = (await store.deliveries(date)).filter(({ state }) =>
      /^(?:unclear|sending)$/.test(state.kind),
    );
    await store.close();
    for (const { key, channel, message } of open) {
      asked += 1;
      const body = (message?.body ?? '').replace(/AI日报：[^"]*?(?=")/, '');
      const words = /第\d+号实验室开源检索模型/.exec(body)?.[0] ?? '';
      const mark = /（\d+\/\d+）/.exec(message?.body ?? '')?.[0] ?? '';
      const there = chats.seen.some(
        ({ outlet, text }) => outlet === channel && text.includes(mark) && text.includes(words),
      );
      await once(ribao('deliveries', there ? '--sent' : '--again', key), 'exit');
    }
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const date = addDays('2026-03-10', round);
    writeFileSync(join(folder, 'edition.md'), renderMarkdown(anEdition(30, { date })));
    assert.deepEqual(await once(ribao('import', 'edition.md'), 'exit'), [0, null]);
    chats.seen.length = 0;
    for (let n = 0; n < KILLS_A_ROUND; n += 1) {
      const child = ribao('publish', '--date', date);
      const exited = once(child, 'exit');
      const before = chats.seen.length;
      // One kill in four falls anywhere from the start on, the others while messages go out.
      const sending = async () => {
        while (n % 4 !== 3 && chats.seen.length === before && child.exitCode === null) await sleep(5);
        await sleep(Math.random() * LATEST_KILL_MS);
      };
      await Promise.race([sending(), exited]);
      kills += child.exitCode === null ? 1 : 0;
      child.kill('SIGKILL');
      await exited;
      await settle(date);
    }
    for (let look = 0; look < 20; look += 1) {
      await settle(date);
      const [code] = await once(ribao('publish', '--date', date), 'exit');
      if (code === 0) break;
    }
    const store = openSqliteStore(join(folder, 'ribao.db'));
    const rows = await store.deliveries(date);
    await store.close();
    assert.deepEqual(
      rows.filter(({ state }) => state.kind !== 'delivered'),
      [],
    );
    for (const channel of new Set(rows.map((row) => row.channel))) {
      const parts = rows.filter((row) => row.channel === channel && row.message !== undefined);
      const seen = chats.seen.filter(({ outlet }) => outlet === channel);
      assert.equal(seen.length, parts.length, `${channel} on ${date}`);
    }
  }
  t.diagnostic(`${kills} kills, ${asked} parts whose fate had to be looked up`);
});

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
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
import { JUEJIN, serveJuejin } from './support/juejin-double.ts';
import { serveWechat, WECHAT } from './support/wechat-double.ts';

const BIN = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));
/** More of them in a long check: RIBAO_PUBLISH_ROUNDS=50 kills two hundred times. */
const ROUNDS = Number(process.env.RIBAO_PUBLISH_ROUNDS ?? 1);
const KILLS_A_ROUND = 4;
/** The messages of one edition take some three seconds, because outlets want pauses. */
const LATEST_KILL_MS = 1200;

test('publishing that is killed again and again loses nothing and doubles nothing', {
  timeout: 600_000 * ROUNDS,
}, async (t) => {
  // Slow answers: many kills fall between the taking in and the answer.
  const chats = await serveChats(t, 400);
  const wechat = await serveWechat(t, 400);
  const juejin = await serveJuejin(t, 400);
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
        { kind: 'wechat', ...WECHAT, publish: true, apiBase: wechat.url },
        { kind: 'juejin', ...JUEJIN, permitted: true, apiBase: juejin.url },
        { kind: 'git', remote: join(folder, 'host.git'), from: 'editions', clone: 'clone.git' },
      ],
    }),
  );
  const git = (...args: string[]) => execFileSync('git', ['--git-dir', join(folder, 'host.git'), ...args]);
  git('init', '--quiet', '--bare');
  /** What members of the groups, the account's editor and its readers see. */
  const seen = () => [
    ...chats.seen,
    ...[...wechat.drafts, ...wechat.published].map((draft) => ({
      outlet: 'wechat',
      text: `draft ${JSON.stringify(draft.articles)}`,
    })),
    ...wechat.published.map(({ articles }) => ({
      outlet: 'wechat',
      text: `publish ${JSON.stringify(articles)}`,
    })),
    ...juejin.published.map(({ mark_content }) => ({ outlet: 'juejin', text: mark_content })),
  ];
  const ribao = (...args: string[]) =>
    spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: 'ignore' });
  let [kills, asked] = [0, 0];
  /** Whoever is asked about a part that may have arrived looks into the group and says what is there. */
  const settle = async (date: string) => {
    const store = openSqliteStore(join(folder, 'ribao.db'));
    const open = (await store.deliveries(date)).filter(({ state }) =>
      /^(?:unclear|sending)$/.test(state.kind),
    );
    for (const { key, channel, message } of open) {
      asked += 1;
      const body = (message?.body ?? '').replace(/AI日报：[^"]*?(?=")/, '');
      const words = /第\d+号实验室开源检索模型/.exec(body)?.[0] ?? '';
      const mark = /（\d+\/\d+）/.exec(message?.body ?? '')?.[0] ?? '';
      const step = /"step":"(\w+)"/.exec(message?.body ?? '')?.[1] ?? '';
      const there = seen().some(
        ({ outlet, text }) =>
          outlet === channel && text.startsWith(step) && text.includes(mark) && text.includes(words),
      );
      // As `ribao deliveries --sent` and `--again` do, without starting the program for each.
      const arrived = { kind: 'delivered', at: 0, where: '编辑确认已送达' } as const;
      await store.recordDelivery(key, there ? arrived : { kind: 'planned' });
    }
    await store.close();
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const date = addDays('2026-03-10', round);
    writeFileSync(join(folder, 'edition.md'), renderMarkdown(anEdition(30, { date })));
    assert.deepEqual(await once(ribao('import', 'edition.md'), 'exit'), [0, null]);
    for (const list of [chats.seen, wechat.drafts, wechat.published, juejin.published]) list.length = 0;
    for (let n = 0; n < KILLS_A_ROUND; n += 1) {
      const child = ribao('publish', '--date', date);
      const exited = once(child, 'exit');
      const before = seen().length;
      // One kill in four falls anywhere from the start on, the others while messages go out.
      const sending = async () => {
        while (n % 4 !== 3 && seen().length === before && child.exitCode === null) await sleep(5);
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
      const arrived = seen().filter(({ outlet }) => outlet === channel);
      assert.equal(arrived.length, parts.length, `${channel} on ${date}`);
    }
    assert.equal(Number(git('rev-list', '--count', 'main')), round + 1, 'one commit for an edition');
    assert.ok(git('ls-tree', '--name-only', 'main').includes(`${date}.md`));
  }
  t.diagnostic(`${kills} kills, ${asked} parts whose fate had to be looked up`);
});

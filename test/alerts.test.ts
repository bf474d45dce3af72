import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stringify } from 'yaml';
import { Problem } from '../src/domain/problem.ts';
import type { Health, HostRest, SourceEvent } from '../src/domain/source.ts';
import { alertsOf, alertTrouble } from '../src/newsroom/alerts.ts';
import { checkConfig, loadConfig } from '../src/newsroom/config/load-config.ts';
import { openNewsroom } from '../src/newsroom/newsroom.ts';
import { publishEdition } from '../src/newsroom/publish-edition.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';
import { anEdition } from './support/an-edition.ts';
import { serveChats } from './support/chat-double.ts';

/** A newsroom whose only source is not there, and whose alerts go to a double. */
async function newsroomOn(t: TestContext, more: object = {}) {
  const chats = await serveChats(t);
  const folder = mkdtempSync(join(tmpdir(), 'ribao-alerts-'));
  const path = join(folder, 'ribao.yaml');
  writeFileSync(
    path,
    stringify({
      network: { allowHosts: ['127.0.0.1'], timeoutSeconds: 3 },
      sources: [{ id: 'gone', name: '甲报', url: 'http://127.0.0.1:1/feed.xml' }],
      alerts: { kind: 'ntfy', server: `${chats.url}/ntfy`, topic: 'desk-secret' },
      ...more,
    }),
  );
  const room = openNewsroom(loadConfig(path), { clock: () => Date.parse('2026-03-10T04:00:00Z') });
  t.after(async () => {
    await room.close();
    rmSync(folder, { recursive: true });
  });
  return {
    room,
    chats,
    told: () => chats.seen.filter(({ outlet }) => outlet === 'ntfy').map(({ text }) => text),
  };
}

test('an edition that is held back is told once, with the reasons', async (t) => {
  const { room, told } = await newsroomOn(t);
  assert.equal((await runEdition(room, {}, () => {})).run.state, 'held');
  assert.equal((await runEdition(room, {}, () => {})).run.state, 'held');
  const [first, ...more] = told();
  assert.match(first ?? '', /^2026-03-10 的日报被扣下，没有发布\n\n[\s\S]*ribao show/);
  assert.deepEqual(
    more.filter((text) => text.includes('扣下')),
    [],
  );
});

test('a token that has run out is told of once, and nothing of it is shown', async (t) => {
  const { room, told } = await newsroomOn(t, {
    channels: [
      { kind: 'juejin', permitted: true, cookie: 'sid_guard=topsecret|1767074753|100|x', tags: ['1'] },
    ],
  });
  await runEdition(room, {}, () => {});
  await runEdition(room, {}, () => {});
  const ours = told().filter((text) => text.includes('过期'));
  assert.equal(ours.length, 1);
  assert.match(ours[0] ?? '', /^渠道 juejin 的 cookie已过期\n\n2025-12-30 起已经失效/);
  assert.ok(told().every((text) => !text.includes('topsecret')));
});

test('a rehearsal tells nobody, and without a channel for alerts nothing is planned', async (t) => {
  const { room, told } = await newsroomOn(t);
  await runEdition(room, { dryRun: true }, () => {});
  assert.deepEqual(told(), []);
  const silent = await newsroomOn(t, { alerts: undefined });
  await runEdition(silent.room, {}, () => {});
  assert.deepEqual(await silent.room.store.deliveries('alerts'), []);
});

test('a channel that was not reached is told, once for each way it fails', async (t) => {
  const { room, chats, told } = await newsroomOn(t, {
    channels: [{ kind: 'wecom', webhook: 'http://127.0.0.1:1/send?key=0123456789' }],
  });
  const edition = anEdition(3);
  await publishEdition(room, edition, () => {});
  await publishEdition(room, edition, () => {});
  assert.equal(told().length, 1);
  assert.match(told()[0] ?? '', /没有送到 wecom\n\nchannel-unreachable/);
  assert.ok(!JSON.stringify(chats.seen).includes('0123456789'));
});

test('a run that breaks off is told with what to do; what an editor does on purpose is not', async (t) => {
  const { room, told } = await newsroomOn(t);
  await alertTrouble(room, new Problem({ code: 'store-full', message: '磁盘满了', fix: '腾出空间' }));
  await alertTrouble(room, new Problem({ code: 'already-running', message: '忙', fix: '等' }));
  assert.deepEqual(told(), ['2026-03-10 的日报没有做成（store-full）\n\n磁盘满了\n\n腾出空间']);
});

test('an alert that could not be sent goes out with the next', async (t) => {
  const { room, chats, told } = await newsroomOn(t);
  chats.sabotage('ntfy', { status: 429, body: '', headers: { 'Retry-After': '3600' } });
  await alertTrouble(room, new Problem({ code: 'store-full', message: '磁盘满了', fix: '腾出空间' }));
  assert.deepEqual(told(), []);
  const [row] = await room.store.deliveries('alerts');
  assert.equal(row?.state.kind, 'failed');
  await room.store.recordDelivery(row?.key ?? '', { kind: 'planned' });
  await alertTrouble(room, new Problem({ code: 'store-busy', message: '忙', fix: '再试' }));
  assert.deepEqual(
    told().map((text) => /（(.*)）/.exec(text)?.[1]),
    ['store-full', 'store-busy'],
  );
});

test('sources that fell ill in a run, or got well again, are one alert; one that is merely quiet is none', () => {
  const event = (sourceId: string, before: Health, after: Health) =>
    ({ at: 1, sourceId, before, after, why: '三天没有新文' }) as const;
  const told = (events: readonly SourceEvent[], rests: HostRest[] = []) =>
    alertsOf({ run: { id: 'r7', date: '2026-03-10' }, failures: [], events, rests, zone: 'Asia/Shanghai' });
  assert.deepEqual(
    told([
      event('甲', 'healthy', 'silent'),
      event('乙', 'blocked', 'healthy'),
      event('丙', 'healthy', 'blocked'),
      event('丁', 'healthy', 'quiet'),
    ]),
    [
      {
        key: 'sources/r7',
        title: '2 个来源出了问题，1 个来源恢复了',
        lines: ['甲：久无新文。三天没有新文', '丙：被对方拦下。三天没有新文', '乙：已恢复（此前被对方拦下）'],
      },
    ],
  );
  assert.deepEqual(told([event('丁', 'healthy', 'quiet'), event('戊', 'quiet', 'healthy')]), []);
  const rest = { host: 'mp.example', until: Date.UTC(2026, 2, 10, 10), why: '微信要求人机验证' };
  const [alert] = told([], [rest]);
  assert.equal(alert?.key, 'rest/2026-03-10/mp.example', 'one a day and host');
  assert.match(`${alert?.title} ${alert?.lines.join()}`, /mp\.example.*微信要求人机验证.*18:00/);
});

test('alerts cannot go into files, and a wrong key is shown where it stands', () => {
  const config = (alerts: object) =>
    stringify({ sources: [{ id: 'a', name: '甲', url: 'https://a.example' }], alerts });
  const mistakes = (alerts: object) => {
    const checked = checkConfig(config(alerts), { folder: '/', env: {} });
    return checked.kind === 'invalid' ? checked.mistakes.map(({ message }) => message) : [];
  };
  assert.match(mistakes({ kind: 'markdown', folder: 'x' })[0] ?? '', /收消息的渠道/);
  assert.match(mistakes({ kind: 'ntfy', topic: 't', tokn: 'x' })[0] ?? '', /token/);
  assert.match(mistakes({ kind: 'ntfy', topic: 'env:NOT_SET' })[0] ?? '', /NOT_SET/);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseFeed } from 'feedsmith';
import { stringify } from 'yaml';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { anEdition } from './support/an-edition.ts';
import { SECRETS, serveChats } from './support/chat-double.ts';

const BIN = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));
const DATE = '2026-03-10';
const URL_1 = 'https://lab1.example/model?id=1';
const NOTE = '参数是 3 亿，不是 1 亿';

/** A daily that was published to outlets of every sort. */
async function published(t: TestContext) {
  const chats = await serveChats(t);
  const folder = mkdtempSync(join(tmpdir(), 'ribao-correct-'));
  const at = (path: string) => readFileSync(join(folder, path), 'utf8');
  writeFileSync(
    join(folder, 'ribao.yaml'),
    stringify({
      store: 'ribao.db',
      sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }],
      channels: [
        { kind: 'markdown', folder: 'editions' },
        { kind: 'page', folder: 'pages' },
        { kind: 'site', folder: 'site' },
        { kind: 'feeds', folder: 'feeds', url: 'https://d.example' },
        { kind: 'telegram', token: '1:t', chat: '@daily', apiBase: `${chats.url}/telegram` },
        { kind: 'discord', webhook: `${chats.url}/discord/api/webhooks/1/t` },
        { kind: 'slack', token: 'xoxb-1', channel: 'C1', apiBase: `${chats.url}/slack/api` },
        { kind: 'feishu', webhook: `${chats.url}/feishu/h`, secret: SECRETS.feishu, corrections: true },
        { kind: 'wecom', webhook: `${chats.url}/wecom/send` },
        { kind: 'webhook', url: `${chats.url}/webhook`, secret: SECRETS.webhook, corrections: true },
      ],
    }),
  );
  const ribao = async (...args: string[]) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd: folder });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece));
    const code = await new Promise((ended) => child.on('close', ended));
    return { code, said: Buffer.concat(said).toString('utf8') };
  };
  const seen = (outlet: string) => chats.seen.filter((one) => one.outlet === outlet).map(({ text }) => text);
  writeFileSync(join(folder, 'edition.md'), renderMarkdown(anEdition(4)));
  assert.equal((await ribao('import', 'edition.md')).code, 0);
  const first = await ribao('publish', '--date', DATE);
  assert.equal(first.code, 0, first.said);
  return { chats, folder, at, ribao, seen };
}

test('a correction is seen wherever the edition is, once', async (t) => {
  const { at, ribao, seen } = await published(t);
  const correct = [
    'correct',
    URL_1,
    '--date',
    DATE,
    '--headline',
    '一号实验室的模型有3亿参数',
    '--note',
    NOTE,
  ];
  const made = await ribao(...correct);
  assert.equal(made.code, 0, made.said);
  assert.match(
    made.said,
    /unchanged on wecom:|^wecom 上还是原来的样子/m,
    'only this outlet keeps the old words',
  );
  assert.match(made.said, /没有核对事实/, 'the fact check says what it could not do');
  for (const file of [
    `editions/${DATE}.md`,
    `pages/${DATE}.html`,
    'site/2026/03/10.html',
    'site/corrections.html',
    'feeds/atom.xml',
  ])
    assert.match(at(file), /一号实验室的模型有3亿参数/, file);
  for (const file of [
    `editions/${DATE}.md`,
    `pages/${DATE}.html`,
    'site/2026/03/10.html',
    'feeds/briefs.xml',
  ])
    assert.match(at(file), /更正（\d+月\d+日）：参数是3亿，不是1亿。/, file);
  assert.match(at('site/corrections.html'), /原标题：<del>第1号实验室开源检索模型<\/del>/);
  for (const outlet of ['telegram', 'discord', 'slack']) {
    assert.equal(seen(outlet).length, 1, outlet);
    assert.match(seen(outlet)[0] ?? '', /一号实验室的模型有3亿参数/, outlet);
  }
  assert.equal(seen('feishu').length, 2);
  assert.match(seen('feishu')[1] ?? '', /更正：3月10日《一号实验室的模型有3亿参数》[\s\S]*参数是3亿/);
  assert.match(seen('webhook')[1] ?? '', /"type":"edition.corrected"/);
  assert.equal(seen('wecom').length, 1, 'its config does not want corrections');
  const again = await ribao(...correct);
  assert.equal(again.code, 1, 'it says so already');
  assert.equal((await ribao('publish', '--date', DATE)).code, 0);
  assert.deepEqual([seen('feishu').length, seen('telegram').length, seen('webhook').length], [2, 1, 2]);
});

test('the feeds keep their ids, say what is newer, and tell who read it that a brief is taken back', async (t) => {
  const { at, ribao } = await published(t);
  const entries = (file: string) => {
    const { format, feed } = parseFeed(at(file));
    return format === 'atom' ? (feed.entries ?? []) : assert.fail(format);
  };
  const before = entries('feeds/briefs.atom');
  await ribao('correct', URL_1, '--date', DATE, '--withdraw', '--note', '原文已被发布者撤下');
  const after = entries('feeds/briefs.atom');
  assert.deepEqual(after.map(({ id }) => id).toSorted(), before.map(({ id }) => id).toSorted());
  const gone = after.find(({ title }) => title?.value?.startsWith('撤回：'));
  const was = before.find(({ id }) => id === gone?.id);
  assert.ok(gone && was);
  assert.equal(String(gone.published), String(was.published));
  assert.ok(String(gone.updated) > String(was.updated));
  assert.ok(String(entries('feeds/atom.xml')[0]?.updated) > String(was.updated));
});

test('what is withdrawn is taken out everywhere, and comes back when that is undone', async (t) => {
  const { at, ribao, seen } = await published(t);
  await ribao('correct', URL_1, '--date', DATE, '--withdraw', '--note', '原文已被发布者撤下');
  const page = at('site/2026/03/10.html');
  assert.doesNotMatch(page, /参数1亿/);
  assert.match(page, /撤回（\d+月\d+日）「第1号实验室开源检索模型」：原文已被发布者撤下。/);
  assert.match(at(`editions/${DATE}.md`), /## 更正与撤回\n\n- 撤回/);
  assert.doesNotMatch(seen('telegram')[0] ?? '', /参数1亿/);
  assert.match(seen('telegram')[0] ?? '', /撤回/);
  const undone = await ribao('correct', 'undo', '1');
  assert.equal(undone.code, 0, undone.said);
  assert.match(at('site/2026/03/10.html'), /参数1亿/);
  assert.doesNotMatch(at('site/corrections.html'), /撤回，原载/);
  assert.match(seen('telegram')[0] ?? '', /参数1亿/);
});

test('a look changes nothing, and a correction needs its reason', async (t) => {
  const { folder, ribao } = await published(t);
  const look = await ribao('correct', URL_1, '--date', DATE, '--headline', '另一个标题', '--dry-run');
  assert.match(look.said, /标题 5 字[\s\S]*另一个标题[\s\S]*nothing was changed/);
  const bare = await ribao('correct', URL_1, '--date', DATE, '--headline', '另一个标题');
  assert.match(bare.said, /Say what was wrong/);
  assert.equal((await ribao('correct', 'nobody', '--date', DATE, '--withdraw', '--note', 'x')).code, 2);
  const store = openSqliteStore(join(folder, 'ribao.db'));
  t.after(() => store.close());
  assert.deepEqual([(await store.edition(DATE))?.revision, (await store.rulings()).length], [1, 0]);
});

test('an editor who looked says what became of a delivery', async (t) => {
  const { chats, folder, ribao, seen } = await published(t);
  chats.sabotage('wecom', { status: 500, body: 'oops' });
  writeFileSync(join(folder, 'next.md'), renderMarkdown(anEdition(2, { date: '2026-03-11' })));
  await ribao('import', 'next.md');
  assert.equal((await ribao('publish', '--date', '2026-03-11', '--channel', 'wecom')).code, 4);
  const key = '2026-03-11/r1/wecom/1';
  assert.match((await ribao('deliveries', '--date', '2026-03-11', '--open')).said, new RegExp(key));
  assert.equal((await ribao('deliveries', '--again', key)).code, 0);
  assert.equal((await ribao('publish', '--date', '2026-03-11', '--channel', 'wecom')).code, 0);
  assert.equal(seen('wecom').length, 2);
  assert.equal((await ribao('deliveries', '--sent', key)).code, 2, 'delivered already');
});

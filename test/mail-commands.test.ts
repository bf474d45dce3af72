import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { main } from '../src/cli/main.ts';
import { openOutlet } from '../src/publish/channels/registry.ts';
import { sealToken } from '../src/publish/mail/tokens.ts';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { anEdition } from './support/an-edition.ts';
import { emailConfig, MAIL_SECRET } from './support/letter-desk.ts';
import { openLetter, serveSmtp } from './support/serve-smtp.ts';

const DATE = '2026-03-10';
const smtp = (port: number) => ({ host: '127.0.0.1', port, from: '远帆日报 <desk@daily.example>' });

/** A newsroom with these channels and one edition in its archive; `ribao` runs a command in it. */
async function aRoom(t: TestContext, channels: object[], more: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-mail-commands-'));
  const sources = [{ id: 'a', name: '甲', url: 'https://a.example/feed' }];
  writeFileSync(join(folder, 'ribao.yaml'), stringify({ store: 'ribao.db', sources, channels, ...more }));
  writeFileSync(join(folder, 'edition.md'), renderMarkdown(anEdition(6)));
  const ribao = async (...args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const stopper = new AbortController();
    t.after(() => stopper.abort());
    const code = await main(args, {
      tongue: 'zh',
      env: {},
      cwd: folder,
      terminal: false,
      out: (text) => void out.push(text),
      raw: (text) => void out.push(text),
      err: (text) => void err.push(text),
      stop: () => stopper.signal,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  assert.equal((await ribao('import', 'edition.md')).code, 0);
  return { folder, ribao };
}

test('a list is imported, listed half hidden, sent to, exported whole and taken off again', async (t) => {
  const mail = await serveSmtp(t, {
    recipient: (to) => (to.startsWith('gone') ? '550 5.1.1 no such user' : undefined),
  });
  const { ribao, folder } = await aRoom(t, [emailConfig(mail.port)]);
  writeFileSync(
    join(folder, 'list.csv'),
    'name,email\n甲,anna@home.example\n乙,gone@home.example\n丙,没有\n',
  );
  const imported = await ribao('subscribers', 'import', 'list.csv', '--confirmed');
  assert.deepEqual([imported.code, imported.out], [0, '2 行里没有地址，已略过\n2  已订阅']);
  const listed = await ribao('subscribers');
  assert.match(listed.out, /已订阅 {2}a\*\*\*@home\.example/);
  assert.doesNotMatch(listed.out, /anna/);

  const shown = await ribao('publish', '--date', DATE, '--dry-run');
  assert.match(shown.out, /── email · \d+ B\nSubject: AI日报：/);
  const sent = await ribao('publish', '--date', DATE);
  assert.deepEqual([sent.code, sent.out], [0, '  email 1/2（1 封退回或退订） → 127.0.0.1']);
  assert.equal(mail.taken.length, 1);
  const status = await ribao('status');
  assert.match(status.out, /邮件订阅者 2 人，待确认 0/);
  const open = await ribao('deliveries', '--date', DATE);
  assert.match(open.out, /mail-bounced：这个地址收不到信/);
  for (const { out, err } of [imported, listed, sent, status, open])
    assert.doesNotMatch(out + err, /anna@|gone@/, 'no whole address anywhere');

  assert.equal((await ribao('subscribers', 'export', 'out.csv')).code, 0);
  assert.match(
    readFileSync(join(folder, 'out.csv'), 'utf8'),
    /^address,state,since\nanna@home\.example,active,/,
  );
  if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'out.csv')).mode & 0o077, 0);
  assert.equal((await ribao('subscribers', 'remove', 'anna@home.example')).code, 0);
  assert.equal((await ribao('subscribers', 'remove', 'anna@home.example')).code, 1);
  assert.match((await ribao('subscribers', 'add', 'anna@home.example')).out, /本人退订过/);
  assert.equal(
    (await ribao('subscribers', 'add', 'new@home.example')).out,
    '1  已登记，待本人确认\n寄出 1 封确认信',
  );
  assert.match((await ribao('subscribers', 'list')).out, /已订阅 1，待确认 1，停寄 0，已退订 1$/);
});

test('a hundred letters that arrived are one line of the deliveries', async (t) => {
  const mail = await serveSmtp(t);
  const { ribao, folder } = await aRoom(t, [emailConfig(mail.port)]);
  const list = Array.from({ length: 100 }, (_, n) => `r${n}@home.example`).join('\n');
  writeFileSync(join(folder, 'list.txt'), list);
  await ribao('subscribers', 'import', 'list.txt', '--confirmed');
  await ribao('publish', '--date', DATE);
  const { out } = await ribao('deliveries', '--date', DATE);
  assert.match(out, /^\d{4}-\d\d-\d\d \d\d:\d\d {2}2026-03-10\/r1\/email\/\* {2}→ 100 封已送达$/);
  const json = await ribao('deliveries', '--date', DATE, '--json');
  assert.equal(JSON.parse(json.out).length, 100);
  assert.equal(json.out.split('第1号实验室周二').length, 3, 'the text once, as text and as HTML');
});

test('without a channel of letters, or a mailbox of returned ones, the command says what is missing', async (t) => {
  const bare = await aRoom(t, [{ kind: 'page', folder: 'editions' }]);
  const { err, code } = await bare.ribao('subscribers', 'add', 'a@home.example');
  assert.ok(code === 1 && err.includes('email'));
  assert.equal((await bare.ribao('serve', '--port', '0')).code, 2);
  const { ribao } = await aRoom(t, [emailConfig(1)]);
  assert.match((await ribao('subscribers', 'bounces')).err, /returnFolder/);
  assert.equal((await ribao('subscribers', 'dance')).code, 2);
});

test('returned letters in a folder are counted by the command', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-returned-'));
  mkdirSync(join(folder, 'new'));
  writeFileSync(join(folder, 'new', '1'), 'From: a@b.example\r\nSubject: hello\r\n\r\nx');
  const { ribao } = await aRoom(t, [emailConfig(1, { returnFolder: folder })]);
  assert.match((await ribao('subscribers', 'bounces')).out, /^读了 1 封：退信 0，来信退订 0/);
});

test('the returned letters are read before an edition goes out: who left by letter gets none', async (t) => {
  const mail = await serveSmtp(t);
  const inbox = mkdtempSync(join(tmpdir(), 'ribao-returned-'));
  const { ribao, folder } = await aRoom(t, [emailConfig(mail.port, { returnFolder: inbox })]);
  for (const name of ['anna', 'ben'])
    await ribao('subscribers', 'add', `${name}@home.example`, '--confirmed');
  const store = openSqliteStore(join(folder, 'ribao.db'));
  const anna = (await store.subscribers()).find(({ address }) => address.startsWith('anna'));
  await store.close();
  const token = sealToken(MAIL_SECRET, 'leave', [anna?.id ?? '']);
  writeFileSync(join(inbox, '1.eml'), `From: anna@home.example\r\nSubject: unsubscribe ${token}\r\n\r\n`);
  const { code, out } = await ribao('publish', '--date', DATE);
  assert.deepEqual([code, out], [0, '  email 1/2（1 封退回或退订） → 127.0.0.1']);
  assert.deepEqual(
    mail.taken.map(({ to }) => to),
    ['ben@home.example'],
  );
});

test('an edition goes to one mailbox once, and alerts do', async (t) => {
  const mail = await serveSmtp(t);
  const config = { kind: 'mailbox', ...smtp(mail.port), to: 'team@home.example' };
  const { ribao } = await aRoom(t, [config], { alerts: config });
  assert.deepEqual((await ribao('publish', '--date', DATE)).code, 0);
  assert.deepEqual((await ribao('publish', '--date', DATE)).code, 0);
  assert.deepEqual(
    mail.taken.map(({ to }) => to),
    ['team@home.example'],
  );
  const letter = await openLetter(mail.taken[0]);
  assert.match(letter.html ?? '', /第1号实验室开源检索模型/);
  assert.doesNotMatch(letter.html ?? '', /退订/);
  const outlet = openOutlet(config);
  assert.ok(outlet.form === 'messages' && outlet.notice !== undefined);
  const notice = outlet.notice('日报被扣下', ['只有 2 条', 'ribao show 看这一期']);
  const outside = { post: () => assert.fail('no HTTP'), now: () => 0, key: 'alerts/x' };
  assert.equal((await outlet.send(notice, outside)).kind, 'delivered');
  const told = await openLetter(mail.taken[1]);
  assert.equal(told.subject, '日报被扣下');
  assert.match(told.text ?? '', /只有 2 条/);
});

test('a secret that is too short, or a sender that is none, is a mistake of the config, not shown', async (t) => {
  const { ribao, folder } = await aRoom(t, [{ kind: 'page', folder: 'editions' }]);
  writeFileSync(join(folder, 'key'), 'hunter2');
  const sources = [{ id: 'a', name: '甲', url: 'https://a.example/feed' }];
  const tell = (...channels: object[]) => {
    writeFileSync(join(folder, 'ribao.yaml'), stringify({ sources, channels }));
    return ribao('subscribers');
  };
  const from = await tell(emailConfig(1, { from: 'nobody' }));
  assert.ok(from.code === 2 && from.err.includes('channels.0.from'));
  const twice = await tell(emailConfig(1), emailConfig(2));
  assert.ok(twice.code === 2 && twice.err.includes('只能有一个'));
  const short = await tell(emailConfig(1, { secret: 'file:key' }));
  assert.ok(short.code === 2 && short.err.includes('channels.0.secret'));
  assert.doesNotMatch(short.err, /hunter2/);
});

test('doctor says whether the mail server lets ribao in', async (t) => {
  const login = { user: 'desk', password: 'sesame' };
  const mail = await serveSmtp(t, { login });
  const { ribao } = await aRoom(t, [emailConfig(mail.port, login)]);
  assert.match((await ribao('doctor')).out, /发信服务器 127\.0\.0\.1:\d+ 可以登录/);
  const { ribao: other } = await aRoom(t, [emailConfig(mail.port, { ...login, password: 'hunter22' })]);
  const { out } = await other('doctor');
  assert.match(out, /不接受这个用户名或密码/);
  assert.doesNotMatch(out, /hunter22/);
});

test('serve answers until it is asked to stop, then ends well', async (t) => {
  const { folder } = await aRoom(t, [{ kind: 'site', folder: 'site' }, emailConfig(1)]);
  mkdirSync(join(folder, 'site'), { recursive: true });
  writeFileSync(join(folder, 'site', 'index.html'), '<p>今日</p>');
  const bin = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, RIBAO_LANG: 'zh' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  const base = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said))?.[0] ?? '';
  assert.equal(await (await fetch(base)).text(), '<p>今日</p>');
  assert.match(await (await fetch(`${base}/subscribe`)).text(), /邮箱地址/);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  assert.ok(existsSync(join(folder, 'ribao.db')));
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { serveMailbox } from '../../../test/support/serve-mailbox.ts';
import { WEEKLY, writeLetter } from '../../../test/support/write-letter.ts';
import { fetchLetters } from './imap-letters.ts';
import { newsletter } from './newsletter.ts';

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-mail-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('letters in a folder', () => {
  it('become entries, linked where a browser shows them, each once whatever a mail program renames', async (t) => {
    const folder = folderFor(t);
    for (const room of ['new', 'cur', 'tmp']) mkdirSync(join(folder, room));
    writeFileSync(join(folder, 'new', '100.desk'), writeLetter());
    const now = Date.now();
    const first = await askSource(t, newsletter, { settings: { folder }, now });
    const [entry, ...more] = entriesOf(first);
    assert.equal(more.length, 0);
    assert.deepEqual(
      [entry?.url, entry?.title, entry?.author, entry?.publishedAt],
      ['https://letters.example/p/12', '本周智能体', '灯塔周报', Date.UTC(2026, 2, 10)],
    );
    assert.match(entry?.text ?? '', /远帆发布了新模型。/);
    renameSync(join(folder, 'new', '100.desk'), join(folder, 'cur', '100.desk:2,S'));
    const memory = first.kind === 'listed' && first.memory;
    assert.equal(
      codeOf(await askSource(t, newsletter, { settings: { folder }, state: { memory }, now })),
      'unchanged',
    );
  });

  it('give each article they link, without buttons, shares and the way out', async (t) => {
    const folder = folderFor(t);
    writeFileSync(join(folder, 'a.eml'), writeLetter());
    const entries = entriesOf(
      await askSource(t, newsletter, { settings: { folder, links: true }, now: Date.now() }),
    );
    assert.deepEqual(
      entries.map((entry) => [entry.url, entry.title]),
      [
        ['https://a.example/lumen', '远帆科技发布新一代大模型Lumen 3，权重同日开放'],
        ['https://b.example/relay', 'Relay points make prefill five times faster'],
      ],
    );
  });

  it('that no browser shows, and what is no letter, are counted and lose nothing else', async (t) => {
    const folder = folderFor(t);
    writeFileSync(join(folder, 'a.eml'), writeLetter({ html: '<p>只给你看</p>' }));
    writeFileSync(join(folder, 'b.eml'), Buffer.from([0, 255, 13, 10, 0]));
    writeFileSync(join(folder, 'c.eml'), writeLetter({ id: '3' }));
    const answer = await askSource(t, newsletter, { settings: { folder }, now: Date.now() });
    assert.equal(entriesOf(answer).length, 1);
    assert.match(
      answer.kind === 'listed' ? (answer.note ?? '') : '',
      /1 封信没有网页可看，已略去；1 封读不懂/,
    );
    assert.equal(
      codeOf(await askSource(t, newsletter, { settings: { folder: join(folder, 'none') } })),
      'source-file',
    );
    assert.equal(codeOf(await askSource(t, newsletter, {})), 'source-settings');
  });
});

describe('a folder of letters', () => {
  it('may hold a letter that vanishes while it is read: the others are listed', async (t) => {
    const folder = folderFor(t);
    for (const room of ['new', 'cur', 'tmp']) mkdirSync(join(folder, room));
    symlinkSync(join(folder, 'moved-away'), join(folder, 'cur', '1.desk'));
    writeFileSync(join(folder, 'new', '2.desk'), writeLetter());
    const answer = await askSource(t, newsletter, { settings: { folder }, now: Date.now() });
    assert.equal(entriesOf(answer).length, 1);
  });

  it('may be an old mailbox of thousands: the old ones are never taken for news, what is new is', async (t) => {
    const folder = folderFor(t);
    const old = Date.now() / 1000 - 30 * 86_400;
    for (let n = 0; n < 5200; n += 1) {
      const path = join(folder, `${String(n).padStart(5, '0')}.eml`);
      writeFileSync(path, 'x');
      utimesSync(path, old, old);
    }
    const now = Date.now();
    const first = await askSource(t, newsletter, { settings: { folder }, now });
    assert.equal(first.kind, 'unchanged');
    const memory = first.kind === 'unchanged' ? first.memory : undefined;
    const second = await askSource(t, newsletter, { settings: { folder }, state: { memory }, now });
    assert.deepEqual(second.kind === 'unchanged' && second.note, undefined);
    writeFileSync(join(folder, 'today.eml'), writeLetter());
    const third = await askSource(t, newsletter, { settings: { folder }, state: { memory }, now });
    assert.equal(entriesOf(third).length, 1);
  });

  it('gives only letters of the sender that was asked for, and no one’s private mail', async (t) => {
    const folder = folderFor(t);
    for (const room of ['new', 'cur', 'tmp']) mkdirSync(join(folder, room));
    writeFileSync(join(folder, 'new', '1'), writeLetter());
    writeFileSync(
      join(folder, 'new', '2'),
      writeLetter({ id: '2', from: 'Heron <h@heron.example>', headers: [] }),
    );
    const ask = (settings: object) =>
      askSource(t, newsletter, { settings: { folder, links: true, ...settings }, now: Date.now() });
    const all = await ask({});
    assert.equal(entriesOf(all).length, 2);
    assert.match(all.kind === 'listed' ? (all.note ?? '') : '', /1 封不是邮件列表寄来的/);
    assert.match(entriesOf(await ask({ from: 'heron.example' }))[0]?.author ?? '', /Heron/);
    assert.equal(codeOf(await ask({ from: 'nobody.example' })), 'unchanged');
  });
});

describe('a letter that goes through a click counter', () => {
  it('links the articles themselves, never an address that names the subscriber', async (t) => {
    const folder = folderFor(t);
    const site = await serveDouble(t, ({ path }) =>
      path === '/ls/click'
        ? { status: 302, headers: { location: '/story/lumen?utm_source=mail&ck_subscriber_id=77' } }
        : path === '/story/lumen'
          ? { body: '<html>story</html>' }
          : { status: 404 },
    );
    const opaque = 'Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZg2Zm9v';
    const html = `<a href="${site}/ls/click?upn=${opaque}">远帆科技发布新一代大模型Lumen 3，权重同日开放</a>
<a href="${site}/ls/click/gone?upn=${opaque}">Relay points make prefill five times faster</a>
<a href="https://go.letters.example/r?url=https%3A%2F%2Fb.example%2Fsparse%3Futm_source%3Dx%26email%3Dme%40desk.example">稀疏注意力把长文推理的开销减半</a>`;
    writeFileSync(join(folder, 'a.eml'), writeLetter({ html }));
    const answer = await askSource(t, newsletter, { settings: { folder, links: true }, now: Date.now() });
    assert.deepEqual(
      entriesOf(answer).map(({ url }) => url),
      [`${site}/story/lumen`, 'https://b.example/sparse'],
    );
    assert.match(answer.kind === 'listed' ? (answer.note ?? '') : '', /1 个链接只有点击计数的地址/);
  });
});

describe('letters in an IMAP mailbox', { timeout: 60_000 }, () => {
  it('are read once, only new ones are fetched, and nothing is changed there', async (t) => {
    const letters = new Map([[41, writeLetter()]]);
    const { settings, told, dealAnew } = await serveMailbox(t, letters);
    const first = await askSource(t, newsletter, { settings });
    assert.equal(entriesOf(first)[0]?.url, 'https://letters.example/p/12');
    const memory = first.kind === 'listed' ? first.memory : undefined;
    assert.equal(codeOf(await askSource(t, newsletter, { settings, state: { memory } })), 'unchanged');
    letters.set(42, writeLetter({ html: WEEKLY.replaceAll('/p/12', '/p/13') }));
    const third = await askSource(t, newsletter, { settings, state: { memory } });
    assert.deepEqual(
      entriesOf(third).map(({ url }) => url),
      ['https://letters.example/p/13'],
    );
    assert.ok(told.some((line) => /^EXAMINE/.test(line)));
    assert.ok(!told.some((line) => /STORE|EXPUNGE|COPY|MOVE|DELETE|SELECT/.test(line)));
    // Letters dealt new numbers are looked at again: better twice than never.
    dealAnew();
    const dealt = third.kind === 'listed' ? third.memory : undefined;
    assert.equal(entriesOf(await askSource(t, newsletter, { settings, state: { memory: dealt } })).length, 2);
  });

  it('whose password is refused, or whose server is away, end in words without the password', async (t) => {
    const { settings } = await serveMailbox(t, new Map());
    const refused = await askSource(t, newsletter, { settings: { ...settings, password: 'wrong-one' } });
    assert.equal(codeOf(refused), 'source-imap-login');
    assert.ok(refused.kind === 'failed' && !refused.message.includes('wrong-one') && !refused.retryable);
    assert.equal(
      codeOf(await askSource(t, newsletter, { settings: { ...settings, port: 9 } })),
      'source-imap',
    );
  });

  it('whose password would cross the network unencrypted are not asked for', {
    skip: process.platform === 'win32' && '0.0.0.0 leads nowhere there',
  }, async (t) => {
    const { settings, told } = await serveMailbox(t, new Map([[1, writeLetter()]]), { everywhere: true });
    // Leads to this machine, but is not one of its loopback addresses.
    const answer = await askSource(t, newsletter, { settings: { ...settings, host: '0.0.0.0' } });
    assert.equal(codeOf(answer), 'source-imap');
    assert.ok(answer.kind === 'failed' && /加密/.test(answer.message));
    assert.ok(!told.some((line) => /LOGIN|AUTHENTICATE/.test(line)));
  });

  it('that are not where the config says, or are deleted meanwhile, lose nothing else', async (t) => {
    const { settings } = await serveMailbox(t, new Map([[4, writeLetter()]]), { lost: 5 });
    assert.equal(entriesOf(await askSource(t, newsletter, { settings })).length, 1);
    const nowhere = await askSource(t, newsletter, { settings: { ...settings, mailbox: 'Nowhere' } });
    assert.equal(codeOf(nowhere), 'source-imap');
  });

  it('on a server that falls silent end as a failure to try again, not as a day that waits', async (t) => {
    const { settings } = await serveMailbox(t, new Map(), { mute: true });
    const wanted = { ...settings, mailbox: 'INBOX', since: 0, memory: undefined, timeoutMs: 300 };
    const visit = await fetchLetters(wanted, async () => assert.fail('read'));
    assert.ok(visit.kind === 'failed' && visit.code === 'source-imap' && visit.retryable);
  });
});

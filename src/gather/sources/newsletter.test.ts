import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { askSource, codeOf, entriesOf } from '../../../test/support/ask-source.ts';
import { newsletter } from './newsletter.ts';

const HTML = `<p><a href="https://letters.example/p/12?utm_source=mail">View this email in your browser</a></p>
<h1>本周智能体</h1><p>远帆发布了新模型。</p>
<a href="https://a.example/lumen?utm_medium=email">远帆科技发布新一代大模型Lumen 3，权重同日开放</a>
<a href="https://b.example/relay">Relay points make prefill five times faster</a>
<a href="https://c.example/unsubscribe">点击这里退订，不再接收我们的邮件</a>
<a href="https://twitter.com/intent/x">Share this week’s letter with your friends</a>`;

function letter({ subject = '=?utf-8?B?5pys5ZGo5pm66IO95L2T?=', html = HTML, id = '1' } = {}): string {
  return [
    'From: =?utf-8?B?54Gv5aGU5ZGo5oql?= <weekly@letters.example>',
    'To: editor@desk.example',
    `Subject: ${subject}`,
    'Date: Tue, 10 Mar 2026 08:00:00 +0800',
    `Message-ID: <${id}@letters.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'plain words',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(html).toString('base64'),
    '--b--',
    '',
  ].join('\r\n');
}

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-mail-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('letters in a folder', () => {
  it('become entries, linked where a browser shows them, each once whatever a mail program renames', async (t) => {
    const folder = folderFor(t);
    for (const room of ['new', 'cur', 'tmp']) mkdirSync(join(folder, room));
    writeFileSync(join(folder, 'new', '100.desk'), letter());
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
    writeFileSync(join(folder, 'a.eml'), letter());
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
    writeFileSync(join(folder, 'a.eml'), letter({ html: '<p>只给你看</p>' }));
    writeFileSync(join(folder, 'b.eml'), Buffer.from([0, 255, 13, 10, 0]));
    writeFileSync(join(folder, 'c.eml'), letter({ id: '3' }));
    const answer = await askSource(t, newsletter, { settings: { folder }, now: Date.now() });
    assert.equal(entriesOf(answer).length, 1);
    assert.match(answer.kind === 'listed' ? (answer.note ?? '') : '', /2 封信没有网页可看/);
    assert.equal(
      codeOf(await askSource(t, newsletter, { settings: { folder: join(folder, 'none') } })),
      'source-file',
    );
    assert.equal(codeOf(await askSource(t, newsletter, {})), 'source-settings');
  });
});

/** A mailbox that speaks as much IMAP4rev1 (RFC 3501) as reading takes, and writes down what it was told. */
async function serveMailbox(t: TestContext, letters: Map<number, string>, password = 'invented') {
  const told: string[] = [];
  let uidValidity = 7;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    let pending = '';
    socket.on('data', (data) => {
      pending += data;
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        const [tag = '', ...words] = line.split(' ');
        const command = words.join(' ');
        told.push(command);
        const done = (text = 'done') => socket.write(`${tag} OK ${text}\r\n`);
        const uids = [...letters.keys()];
        if (/^CAPABILITY/i.test(command)) {
          socket.write('* CAPABILITY IMAP4rev1\r\n');
          done();
        } else if (/^LOGIN/i.test(command)) {
          if (command.includes(password)) done();
          else socket.write(`${tag} NO [AUTHENTICATIONFAILED] wrong password\r\n`);
        } else if (/^LIST|^LSUB/i.test(command)) {
          socket.write('* LIST (\\HasNoChildren) "/" INBOX\r\n');
          done();
        } else if (/^(EXAMINE|SELECT)/i.test(command)) {
          socket.write(
            `* ${uids.length} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY ${uidValidity}] v\r\n* OK [UIDNEXT ${Math.max(0, ...uids) + 1}] n\r\n`,
          );
          done('[READ-ONLY] done');
        } else if (/^UID SEARCH/i.test(command)) {
          const [, from] = /UID (\d+):\*/i.exec(command) ?? [];
          const found = uids.filter((uid) => from === undefined || uid >= Number(from));
          socket.write(`* SEARCH ${(found.length > 0 ? found : uids.slice(-1)).join(' ')}\r\n`);
          done();
        } else if (/^UID FETCH/i.test(command)) {
          const [, set = ''] = /^UID FETCH (\S+)/i.exec(command) ?? [];
          for (const [n, uid] of uids.entries()) {
            if (!set.split(',').some((part) => within(uid, part))) continue;
            const raw = Buffer.from(letters.get(uid) ?? '');
            socket.write(`* ${n + 1} FETCH (UID ${uid} BODY[]<0> {${raw.length}}\r\n`);
            socket.write(raw);
            socket.write(')\r\n');
          }
          done();
        } else if (/^LOGOUT/i.test(command)) {
          socket.write('* BYE\r\n');
          done();
          socket.end();
        } else done();
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => server.close());
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  const settings = { host: '127.0.0.1', port: bound.port, secure: false, user: 'desk', password };
  return {
    settings,
    told,
    dealAnew: () => {
      uidValidity += 1;
    },
  };
}

function within(uid: number, part: string): boolean {
  const [from = '', to = from] = part.split(':');
  return uid >= Number(from) && (to === '*' || uid <= Number(to));
}

describe('letters in an IMAP mailbox', { timeout: 60_000 }, () => {
  it('are read once, only new ones are fetched, and nothing is changed there', async (t) => {
    const letters = new Map([[41, letter()]]);
    const { settings, told, dealAnew } = await serveMailbox(t, letters);
    const first = await askSource(t, newsletter, { settings });
    assert.equal(entriesOf(first)[0]?.url, 'https://letters.example/p/12');
    const memory = first.kind === 'listed' ? first.memory : undefined;
    assert.equal(codeOf(await askSource(t, newsletter, { settings, state: { memory } })), 'unchanged');
    letters.set(42, letter({ html: HTML.replaceAll('/p/12', '/p/13') }));
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
});

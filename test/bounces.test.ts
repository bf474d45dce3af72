import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Subscriber } from '../src/domain/subscriber.ts';
import { readReturned } from '../src/newsroom/bounces.ts';
import { sealToken } from '../src/publish/mail/tokens.ts';
import { anEdition } from './support/an-edition.ts';
import { aLetterDesk, MAIL_SECRET } from './support/letter-desk.ts';
import { serveMailbox } from './support/serve-mailbox.ts';
import { headerOf, serveSmtp } from './support/serve-smtp.ts';

/** An invented report as a mail server writes it (RFC 3464). */
function report({
  messageId = '',
  to = 'desk@daily.example',
  action = 'failed',
  status = '5.1.1',
  original = 'text/rfc822-headers',
}): string {
  return [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'I am sorry to have to inform you.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; reader@home.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 <reader@home.example> unknown',
    '--b',
    `Content-Type: ${original}`,
    '',
    'From: desk@daily.example',
    `Message-ID:`,
    ` <${messageId}>`,
    'Subject: daily',
    '',
    '--b--',
    '',
  ].join('\r\n');
}

const letterMark = (reader: Subscriber | undefined, date: string) =>
  sealToken(MAIL_SECRET, 'letter', [reader?.id ?? '', date]);

async function aMaildir(t: TestContext, port = 1) {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-bounces-'));
  mkdirSync(join(folder, 'new'));
  mkdirSync(join(folder, 'cur'));
  const letters = await aLetterDesk(t, port, { returnFolder: folder });
  // The age of files is looked at.
  letters.time.now = Date.now();
  await letters.subscribe('reader@home.example');
  const [reader] = await letters.store.subscribers();
  let count = 0;
  const arrive = (raw: string) => {
    count += 1;
    writeFileSync(join(folder, 'new', `${count}.host`), raw);
  };
  const state = async () => (await letters.store.subscribers())[0]?.state;
  const look = () => readReturned(letters.desk, letters.desk);
  return { ...letters, reader, arrive, state, look };
}

test('a reader whose letters of three days came back gets no more, however the reports name them', async (t) => {
  const { reader, arrive, state, look } = await aMaildir(t);
  arrive(report({ messageId: `${letterMark(reader, '20260310')}@daily.example` }));
  arrive(report({ messageId: `${letterMark(reader, '20260310')}@daily.example` }));
  arrive(
    report({ to: `bounces+${letterMark(reader, '20260311').toUpperCase()}@daily.example`, status: '5.1.2' }),
  );
  assert.deepEqual(await look(), { read: 3, bounces: 3, left: 0, disabled: 0 });
  assert.equal(await state(), 'active', 'the same letter counts once');
  assert.deepEqual(await look(), { read: 0, bounces: 0, left: 0, disabled: 0 });
  arrive(
    report({ messageId: `${letterMark(reader, '20260312')}@daily.example`, original: 'message/rfc822' }),
  );
  assert.equal((await look()).disabled, 1);
  assert.equal(await state(), 'disabled');
});

test('a weekly edition that came back counts, too', async (t) => {
  const mail = await serveSmtp(t);
  const { store, look, send, arrive } = await aMaildir(t, mail.port);
  await send(anEdition(6, { date: '2026-W11' }));
  const [sent] = mail.taken;
  arrive(report({ messageId: headerOf(sent, 'Message-ID').slice(1, -1) }));
  assert.equal((await look()).bounces, 1);
  assert.equal((await store.bounces(0)).size, 1);
});

test('delays, full mailboxes, block lists, forged marks, absences and rubbish count against nobody', async (t) => {
  const { reader, arrive, state, look, store } = await aMaildir(t);
  const mark = letterMark(reader, '20260310');
  arrive(report({ messageId: `${mark}@daily.example`, action: 'delayed', status: '4.4.1' }));
  arrive(report({ messageId: `${mark}@daily.example`, status: '5.2.2' }));
  arrive(report({ messageId: `${mark}@daily.example`, status: '5.7.1' }));
  arrive(report({ messageId: `${mark.replace('20260310', '20260311')}@daily.example` }));
  arrive(`From: a@b.example\r\nTo: bounces+${mark}@daily.example\r\nSubject: 我在休假\r\n\r\n下周回来`);
  arrive('\0\0\0');
  arrive(report({}));
  assert.equal((await look()).bounces, 0);
  assert.equal((await store.bounces(0)).size, 0);
  assert.equal(await state(), 'active');
});

test('a letter with the mark of the way out is a wish to leave; a report that gives it back is not', async (t) => {
  const { reader, arrive, look, store } = await aMaildir(t);
  const leave = sealToken(MAIL_SECRET, 'leave', [reader?.id ?? '']);
  arrive(report({ to: `desk@daily.example, x+${leave}@daily.example` }));
  assert.equal((await look()).left, 0);
  arrive(`From: reader@home.example\r\nTo: desk@daily.example\r\nSubject: unsubscribe ${leave}\r\n\r\n`);
  assert.equal((await look()).left, 1);
  assert.deepEqual(await store.subscribers(), []);
  assert.equal(await store.hasLeft('reader@home.example'), true);
});

test('returned letters are read from an IMAP mailbox, and the marks of letters that went out are found again', async (t) => {
  const mail = await serveSmtp(t);
  const inbox = new Map<number, string>();
  const { settings } = await serveMailbox(t, inbox);
  const { desk, send, subscribe, store } = await aLetterDesk(t, mail.port, {
    returnHost: settings.host,
    returnPort: settings.port,
    returnSecure: settings.secure,
    returnUser: settings.user,
    returnPassword: settings.password,
  });
  await subscribe('reader@home.example');
  await send(anEdition(2));
  inbox.set(1, report({ messageId: headerOf(mail.taken[0], 'Message-ID').replace(/[<>]/g, '') }));
  assert.equal((await readReturned(desk, desk)).bounces, 1);
  const [[about] = []] = (await store.bounces(0)).values();
  assert.equal(about?.about, '20260310');
  assert.equal((await readReturned(desk, desk)).read, 0, 'what was read is remembered');
});

test('a mailbox that cannot be read is said, and forgets nothing', async (t) => {
  const { desk } = await aLetterDesk(t, 1, { returnFolder: '/nowhere/at/all' });
  const { failure } = await readReturned(desk, desk);
  assert.deepEqual([failure?.code, failure?.subject], ['source-file', 'email']);
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { LOOPBACK_CA, serveSmtp } from '../../../test/support/serve-smtp.ts';
import { letterOutcome } from './letter-outcome.ts';
import { openSmtp, type SmtpServer } from './smtp.ts';

const LETTER = Buffer.from('Subject: x\r\n\r\nhello\r\n');
const FROM = 'desk@daily.example';
const READER = 'reader@home.example';

function lineTo(t: TestContext, port: number, given: Partial<SmtpServer> = {}) {
  const line = openSmtp({
    host: '127.0.0.1',
    port,
    encryption: 'none',
    user: '',
    password: '',
    ca: LOOPBACK_CA,
    patienceMs: 2000,
    ...given,
  });
  t.after(() => line.close());
  return line;
}

async function sendOne(t: TestContext, port: number, to = READER) {
  const line = lineTo(t, port);
  assert.equal(await line.ready(), undefined);
  return line.send({ from: FROM, to }, LETTER);
}

for (const encryption of ['tls', 'starttls', 'none'] as const)
  test(`a letter goes out with a password over a line of kind ${encryption}`, async (t) => {
    const login = encryption === 'none' ? {} : { login: { user: 'desk', password: 'sesame' } };
    const mail = await serveSmtp(t, { encryption, ...login });
    const as = encryption === 'none' ? {} : { user: 'desk', password: 'sesame' };
    const line = lineTo(t, mail.port, { encryption, ...as });
    assert.equal(await line.ready(), undefined);
    assert.deepEqual(await line.send({ from: FROM, to: READER }, LETTER), { kind: 'taken' });
    assert.deepEqual(
      mail.taken.map(({ from, to }) => [from, to]),
      [[FROM, READER]],
    );
  });

test('a wrong password is told apart from a server that is not there, a certificate nobody knows and no STARTTLS', async (t) => {
  const login = { user: 'desk', password: 'sesame' };
  const strict = await serveSmtp(t, { encryption: 'tls', login });
  const as = { encryption: 'tls', user: 'desk', password: 'sesame' } as const;
  const why = async (port: number, given: Partial<SmtpServer>) => (await lineTo(t, port, given).ready())?.why;
  assert.equal(await why(strict.port, { ...as, password: 'wrong' }), 'login');
  assert.equal(await why(1, {}), 'unreachable');
  const doubting = openSmtp({ host: '127.0.0.1', port: strict.port, ...as });
  assert.equal((await doubting.ready())?.why, 'tls');
  const plain = await serveSmtp(t, { encryption: 'none' });
  assert.equal(await why(plain.port, { encryption: 'starttls' }), 'tls');
  assert.deepEqual([strict.taken, plain.taken], [[], []]);
});

test('the words of a server are passed on without the addresses in them', async (t) => {
  const mail = await serveSmtp(t, { recipient: (to) => `550 5.1.1 <${to}>: no such user` });
  const answer = await sendOne(t, mail.port);
  assert.deepEqual(answer, {
    kind: 'refused',
    what: 'recipient',
    code: 550,
    status: '5.1.1',
    words: '550 5.1.1 <***>: no such user',
  });
});

test('each refusal means what it says about address, letter, sender and time', async (t) => {
  const meaning = async (manners: Parameters<typeof serveSmtp>[1]) => {
    const mail = await serveSmtp(t, manners);
    const outcome = letterOutcome(await sendOne(t, mail.port), 'mx');
    return [
      outcome.kind === 'delivered' ? 'delivered' : outcome.code,
      outcome.kind === 'failed' && outcome.retryable,
      outcome.line,
      outcome.bounce,
    ];
  };
  const rcpt = (answer: string) => meaning({ recipient: () => answer });
  assert.deepEqual(await rcpt('550 5.1.1 no such user'), ['mail-bounced', false, 'up', '5.1.1']);
  assert.deepEqual(await rcpt('550 no such user'), ['mail-bounced', false, 'up', '550']);
  assert.deepEqual(await rcpt('550 5.7.1 you are on a list'), ['mail-refused', false, 'up', undefined]);
  assert.deepEqual(await rcpt('552 5.2.2 mailbox full'), ['mail-refused', false, 'up', undefined]);
  assert.deepEqual(await rcpt('451 4.7.1 greylisted'), ['mail-later', true, 'up', undefined]);
  assert.deepEqual(await rcpt('421 4.3.2 closing'), ['channel-rate', true, 'down', undefined]);
  const sender = (answer: string) => meaning({ sender: () => answer });
  assert.deepEqual(await sender('550 5.7.1 not you'), ['channel-refused', false, 'down', undefined]);
  assert.deepEqual(await sender('452 4.3.1 later'), ['channel-rate', true, 'down', undefined]);
  const letter = (answer: string) => meaning({ letter: () => answer });
  assert.deepEqual(await letter('554 5.7.1 spam'), ['mail-refused', false, 'up', undefined]);
  assert.deepEqual(await letter('451 4.3.0 try later'), ['mail-later', true, 'up', undefined]);
});

test('a line cut before the letter is under way failed, cut behind it is unclear', async (t) => {
  const before = await serveSmtp(t, { cutBefore: () => true });
  const early = letterOutcome(await sendOne(t, before.port), 'mx');
  assert.deepEqual([early.kind, early.line], ['failed', 'down']);
  const after = await serveSmtp(t, { cutAfter: () => true });
  const late = letterOutcome(await sendOne(t, after.port), 'mx');
  assert.deepEqual([late.kind, late.line], ['unclear', 'up']);
  assert.equal(after.taken.length, 1, 'it had arrived');
});

test('a server that takes the letter and says nothing in time leaves it unclear', async (t) => {
  const slow = await serveSmtp(t, { slowMs: () => 60_000 });
  const line = lineTo(t, slow.port, { patienceMs: 300 });
  await line.ready();
  const answer = await line.send({ from: FROM, to: READER }, LETTER);
  assert.deepEqual([answer.kind, answer.kind === 'cut' && answer.sent], ['cut', true]);
});

test('many letters share a conversation, a refused one does not end it, and a hundred are enough for one', async (t) => {
  const mail = await serveSmtp(t, {
    recipient: (to) => (to.startsWith('gone') ? '550 5.1.1 no such user' : undefined),
  });
  const line = lineTo(t, mail.port);
  for (let n = 0; n < 120; n += 1) {
    assert.equal(await line.ready(), undefined);
    const to = `${n % 10 === 3 ? 'gone' : 'reader'}${n}@home.example`;
    assert.equal((await line.send({ from: FROM, to }, LETTER)).kind, n % 10 === 3 ? 'refused' : 'taken');
  }
  assert.equal(mail.taken.length, 108);
  assert.equal(mail.conversations(), 2);
});

test('after a cut the next letter goes over a new line', async (t) => {
  const mail = await serveSmtp(t, { cutBefore: (_to, times) => times === 1 });
  const line = lineTo(t, mail.port);
  await line.ready();
  assert.equal((await line.send({ from: FROM, to: READER }, LETTER)).kind, 'cut');
  assert.equal(await line.ready(), undefined);
  assert.deepEqual(await line.send({ from: FROM, to: READER }, LETTER), { kind: 'taken' });
});

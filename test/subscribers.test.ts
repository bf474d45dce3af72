import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  addressesIn,
  addSubscriber,
  confirm,
  leave,
  readAddress,
  removeSubscriber,
  sendConfirmations,
} from '../src/newsroom/subscribers.ts';
import { openToken, sealToken } from '../src/publish/mail/tokens.ts';
import { serve } from '../src/server/serve.ts';
import { aLetterDesk } from './support/letter-desk.ts';
import { headerOf, openLetter, serveSmtp, type TakenLetter } from './support/serve-smtp.ts';

const READER = 'reader@home.example';

/** A reader's way: the server up, a mailbox to look into. */
async function aServer(t: TestContext, manners: Parameters<typeof serveSmtp>[1] = {}) {
  const mail = await serveSmtp(t, manners);
  const letters = await aLetterDesk(t, mail.port);
  const told: string[] = [];
  const serving = await serve({
    host: '127.0.0.1',
    port: 0,
    desk: letters.desk,
    tell: (trouble) => told.push(trouble),
  });
  t.after(() => serving.stop());
  const base = `http://127.0.0.1:${serving.port}`;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const subscribe = (address: string, from = '203.0.113.7') =>
    post('/subscribe', new URLSearchParams({ address }).toString(), { 'x-forwarded-for': from });
  const untilLetters = async (count: number) => {
    for (let look = 0; look < 200 && mail.taken.length < count; look += 1)
      await new Promise((later) => setTimeout(later, 20));
    assert.equal(mail.taken.length, count);
  };
  return { ...letters, mail, serving, told, base, post, subscribe, untilLetters };
}

async function confirmPath(letter: TakenLetter | undefined): Promise<string> {
  const { text } = await openLetter(letter);
  return /https:\/\/daily\.example(\/confirm\?t=[0-9a-z-]+)/.exec(text ?? '')?.[1] ?? '';
}

test('a reader subscribes, confirms by pressing, gets the way out in a letter and leaves with one press', async (t) => {
  const { base, subscribe, untilLetters, mail, post, store } = await aServer(t);
  const form = await (await fetch(`${base}/subscribe`)).text();
  assert.match(form, /<form method="post" action="subscribe">/);
  assert.equal((await subscribe(READER)).status, 200);
  await untilLetters(1);
  assert.equal((await store.subscribers())[0]?.state, 'pending');
  assert.equal(headerOf(mail.taken[0], 'Auto-Submitted'), 'auto-generated');

  const path = await confirmPath(mail.taken[0]);
  const shown = await fetch(base + path);
  assert.match(await shown.text(), /<button>确认/);
  await fetch(base + path, { method: 'HEAD' });
  assert.equal((await store.subscribers())[0]?.state, 'pending', 'looking at a link confirms nothing');
  assert.equal((await post(path, '')).status, 200);
  assert.equal((await post(path, '')).status, 200, 'pressing twice is pressing');
  const [reader] = await store.subscribers();
  assert.equal(reader?.state, 'active');

  const out = `/unsubscribe?t=${sealToken('an invented secret of some length', 'leave', [reader?.id ?? ''])}`;
  assert.match(await (await fetch(base + out)).text(), /<button>退订/);
  assert.equal((await store.subscribers()).length, 1, 'looking at a link leaves nothing');
  const left = await post(out, 'List-Unsubscribe=One-Click');
  assert.deepEqual([left.status, left.headers.get('location')], [200, null]);
  assert.deepEqual(await store.subscribers(), []);
  assert.equal(await store.hasLeft(READER), true);
  assert.equal((await post(out, 'List-Unsubscribe=One-Click')).status, 200, 'leaving twice is leaving');
  assert.equal((await post(path, '')).status, 410, 'the old confirmation brings nobody back');
});

test('the answer to an address says nothing of whether it is known', async (t) => {
  const { subscribe, untilLetters, desk } = await aServer(t);
  await addSubscriber(desk, 'known@home.example', true);
  const [known, unknown] = await Promise.all(
    ['known@home.example', 'new@home.example'].map(async (address) => {
      const answer = await subscribe(address);
      const { date: _, ...headers } = Object.fromEntries(answer.headers);
      return { status: answer.status, headers, body: await answer.text() };
    }),
  );
  assert.deepEqual(known, unknown);
  await untilLetters(2);
});

test('tokens that were made elsewhere, for another purpose or too long ago do nothing', async (t) => {
  const { post, desk, store, time, mail } = await aServer(t);
  await addSubscriber(desk, READER, false);
  await sendConfirmations(desk);
  const path = await confirmPath(mail.taken.at(-1));
  const token = path.split('=')[1] ?? '';
  for (const bad of [
    '',
    'x',
    `${token}0`,
    token.replace(/^./, '0').slice(0, -1),
    '真-'.repeat(20),
    'a'.repeat(9000),
  ])
    assert.notEqual((await post(`/confirm?t=${encodeURIComponent(bad)}`, '')).status, 200, bad);
  assert.equal((await post(`/unsubscribe?t=${token}`, '')).status, 400);
  const [reader] = await store.subscribers();
  const leaving = sealToken('an invented secret of some length', 'leave', [reader?.id ?? '']);
  assert.equal((await post(`/confirm?t=${leaving}`, '')).status, 410);
  assert.equal(reader?.state, 'pending');
  time.now += 8 * 86_400_000;
  assert.equal((await post(path, '')).status, 410);
  await sendConfirmations(desk);
  assert.deepEqual(await store.subscribers(), [], 'who never confirmed is forgotten');
});

test('a token names its fields to the holder of the secret only', () => {
  const token = sealToken('secret one', 'letter', ['abc', '20260310']);
  assert.deepEqual(openToken('secret one', 'letter', token.toUpperCase()), ['abc', '20260310']);
  assert.equal(openToken('secret two', 'letter', token), undefined);
  assert.equal(openToken('secret one', 'leave', token), undefined);
  assert.equal(openToken('secret one', 'letter', token.replace('abc', 'abd')), undefined);
});

test('an address gets no second letter within the hour, whoever types it, and a robot none', async (t) => {
  const { subscribe, untilLetters, post, time, desk, mail } = await aServer(t);
  for (let n = 0; n < 4; n += 1) await subscribe(READER, `203.0.113.${n}`);
  await untilLetters(1);
  await post('/subscribe', 'address=robot@home.example&homepage=x', { 'x-forwarded-for': '203.0.113.9' });
  await sendConfirmations(desk);
  assert.equal(mail.taken.length, 1);
  time.now += 3_700_000;
  await subscribe(READER);
  await untilLetters(2);
});

test('whoever asks too often is told to wait; what is no address is said at once', async (t) => {
  const { subscribe, post } = await aServer(t);
  const statuses = [];
  for (let n = 0; n < 7; n += 1) statuses.push((await subscribe(`r${n}@home.example`)).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429]);
  assert.equal((await subscribe('other@home.example', '203.0.113.99')).status, 200);
  assert.equal((await subscribe('no address', '198.51.100.1')).status, 400);
  assert.equal((await post('/subscribe', `address=${'x'.repeat(10_000)}`)).status, 413);
});

test('a letter to confirm that could not go out stays owed and goes out later', async (t) => {
  let mood: string | undefined = '451 4.3.0 later';
  const { subscribe, mail, desk, told, store } = await aServer(t, { recipient: () => mood });
  await subscribe(READER);
  for (let look = 0; look < 100 && told.length === 0; look += 1)
    await new Promise((later) => setTimeout(later, 20));
  assert.match(told[0] ?? '', /mail-later/);
  assert.doesNotMatch(told.join(), /reader|home\.example/, 'no address in what is told');
  assert.equal(mail.taken.length, 0);
  assert.equal((await store.subscribers())[0]?.letterDue, true);
  mood = undefined;
  assert.equal((await sendConfirmations(desk)).sent, 1);
  assert.equal((await store.subscribers())[0]?.letterDue, false);
});

test('an editor adds, imports and removes; who left comes back by asking only', async (t) => {
  const mail = await serveSmtp(t);
  const { desk, store } = await aLetterDesk(t, mail.port);
  assert.equal(await addSubscriber(desk, ' One@Home.Example ', true), 'active');
  assert.equal(await addSubscriber(desk, 'one@home.example', true), 'known');
  assert.equal(await addSubscriber(desk, 'two@home.example', false), 'asked');
  assert.equal(await addSubscriber(desk, 'not an address', true), 'invalid');
  assert.equal(await removeSubscriber(desk, 'ONE@home.example'), true);
  assert.equal(await removeSubscriber(desk, 'one@home.example'), false);
  assert.equal(await addSubscriber(desk, 'one@home.example', true), 'left');
  assert.equal((await sendConfirmations(desk)).sent, 1);
  const token = (await confirmPath(mail.taken[0])).split('=')[1] ?? '';
  assert.equal(await confirm(desk, token), 'confirmed');
  assert.equal(await leave(desk, 'x-y'), false);
  assert.deepEqual(
    (await store.subscribers()).map(({ address, state }) => [address, state]),
    [['two@home.example', 'active']],
  );
});

test('addresses are found in lists and tables, and what is none is not taken for one', () => {
  const text =
    'email,name\n"A <a@home.example>",甲\nb@home.example;乙\r\n\nc@home.example\n没有地址\na@home.example\n';
  assert.deepEqual(addressesIn(text), {
    addresses: ['a@home.example', 'b@home.example', 'c@home.example'],
    without: 2,
  });
  assert.equal(readAddress('读者@例子.example'), undefined, 'letters go out in ASCII');
  assert.equal(readAddress('a@例子.example'), 'a@xn--fsqu00a.example');
  for (const bad of [
    'a@b@c.example',
    'a@b.example\r\nBcc: x@y.example',
    'a b@c.example',
    '@c.example',
    'a@',
    `${'a'.repeat(250)}@b.example`,
  ])
    assert.equal(readAddress(bad), undefined, bad);
});

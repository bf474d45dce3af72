import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Edition } from '../src/domain/edition.ts';
import { anEdition } from './support/an-edition.ts';
import { aLetterDesk } from './support/letter-desk.ts';
import { headerOf, openLetter, serveSmtp } from './support/serve-smtp.ts';

const EDITION = anEdition(6);
const DATE = EDITION.date;

test('every subscriber gets one letter of the edition, with the way out of it', async (t) => {
  const mail = await serveSmtp(t);
  const { send, subscribe, states, time } = await aLetterDesk(t, mail.port, { site: 'https://site.example' });
  await subscribe('one@home.example', 'Two@Home.example');
  assert.deepEqual(await send(EDITION), { done: 2, failures: [] });
  assert.deepEqual(await send(EDITION), { done: 0, failures: [] });
  assert.deepEqual(await send({ ...EDITION, revision: 2 }), { done: 0, failures: [] });
  assert.deepEqual(await states(DATE), ['delivered', 'delivered']);
  assert.deepEqual(mail.taken.map(({ to }) => to).toSorted(), ['Two@home.example', 'one@home.example']);

  const [raw] = mail.to('one@home.example');
  const letter = await openLetter(raw);
  assert.equal(letter.from?.address, 'desk@daily.example');
  assert.equal(letter.from?.name, '远帆日报');
  assert.match(letter.subject ?? '', /^AI日报：第1号实验室开源检索模型/);
  assert.match(headerOf(raw, 'Subject'), /^=\?UTF-8\?[BQ]\?/i, 'encoded words');
  assert.equal(new Date(headerOf(raw, 'Date')).getTime(), time.now);
  assert.match(headerOf(raw, 'Content-Type'), /^multipart\/alternative;/);
  assert.ok((raw?.raw.indexOf('text/plain') ?? 0) < (raw?.raw.indexOf('text/html') ?? 0), 'text first');
  assert.equal(headerOf(raw, 'List-Id'), '<ribao.daily.example>');
  assert.equal(headerOf(raw, 'List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click');
  const out = /^<(https:\/\/daily\.example\/unsubscribe\?t=[0-9a-f-]+)>$/.exec(
    headerOf(raw, 'List-Unsubscribe'),
  )?.[1];
  assert.ok(out !== undefined);
  for (const { brief } of EDITION.sections.flatMap(({ items }) => items)) {
    assert.ok(letter.text?.includes(brief.summary) && letter.text.includes(brief.url));
    assert.ok(letter.html?.includes(brief.summary));
  }
  assert.ok(letter.text?.includes(out) && letter.html?.includes(out));
  assert.ok(letter.html?.includes('href="https://site.example/2026/03/10.html"'));
});

/** The edition after a correction of its second item. */
function corrected(ruling = 3): Edition {
  const [printed] = EDITION.sections.flatMap(({ items }) => items.slice(1));
  const headline = '二号实验室的模型有3亿参数';
  const was = { headline: printed?.brief.headline ?? '', summary: printed?.brief.summary ?? '' };
  const { title } = EDITION;
  return {
    ...EDITION,
    revision: 2,
    sections: EDITION.sections.map((section) => ({
      ...section,
      items: section.items.map((item) =>
        item === printed ? { ...item, brief: { ...item.brief, headline } } : item,
      ),
    })),
    corrections: {
      printed: { title },
      made: [
        {
          kind: 'corrected',
          ruling,
          at: Date.parse('2026-03-11T01:00:00Z'),
          on: '2026-03-11',
          note: '参数是 3 亿，不是 2 亿',
          storyId: printed?.brief.storyId ?? '',
          headline,
          was,
        },
      ],
    },
  };
}

test('who got the edition before a correction is told of it once; who did not gets the corrected edition', async (t) => {
  const mail = await serveSmtp(t, {
    recipient: (to, times) => (to.startsWith('late') && times <= 3 ? '451 4.7.1 come back' : undefined),
  });
  const { send, subscribe, store } = await aLetterDesk(t, mail.port, { corrections: true });
  await subscribe('one@home.example', 'two@home.example', 'late@home.example');
  assert.equal((await send(EDITION)).done, 2);
  await subscribe('new@home.example');
  const leaver = (await store.subscribers()).find(({ address }) => address.startsWith('two'));
  await store.forgetSubscriber(leaver?.id ?? '', 1);

  assert.deepEqual(await send(corrected()), { done: 2, failures: [] });
  assert.deepEqual(await send(corrected()), { done: 0, failures: [] });
  assert.equal(mail.to('two@home.example').length, 1, 'who left is not written to again');
  assert.equal(mail.to('new@home.example').length, 0, 'a new reader never got what was wrong');
  const [late, ...moreLate] = mail.to('late@home.example');
  assert.match((await openLetter(late)).text ?? '', /二号实验室的模型有3亿参数/);
  assert.deepEqual(moreLate, []);
  const [edition, note, ...more] = mail.to('one@home.example');
  assert.deepEqual(more, []);
  const letter = await openLetter(note);
  assert.equal(letter.subject, '更正：3月10日《二号实验室的模型有3亿参数》');
  for (const words of [letter.text, letter.html])
    assert.match(words ?? '', /参数是 3 亿，不是 2 亿[\s\S]*https:\/\/daily\.example\/unsubscribe\?t=/);
  assert.notEqual(headerOf(note, 'Message-ID'), headerOf(edition, 'Message-ID'));
  assert.equal(headerOf(note, 'List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click');
});

test('without the wish for it, and when it was taken back, nobody is written to about a correction', async (t) => {
  const mail = await serveSmtp(t);
  const plain = await aLetterDesk(t, mail.port);
  await plain.subscribe('one@home.example');
  await plain.send(EDITION);
  assert.deepEqual(await plain.send(corrected()), { done: 0, failures: [] });

  let mood: string | undefined;
  const down = await serveSmtp(t, { sender: () => mood });
  const { send, subscribe } = await aLetterDesk(t, down.port, { corrections: true });
  await subscribe('one@home.example');
  await send(EDITION);
  mood = '451 4.3.0 later';
  assert.equal((await send(corrected())).done, 0);
  mood = undefined;
  assert.deepEqual(await send({ ...EDITION, revision: 3 }), { done: 0, failures: [] });
  assert.equal(down.taken.length, 1);
});

test('two readers share all but their own way out, Message-ID and address', async (t) => {
  const mail = await serveSmtp(t);
  const { send, subscribe } = await aLetterDesk(t, mail.port);
  await subscribe('one@home.example', 'two@home.example');
  await send(EDITION);
  const [one, two] = await Promise.all(mail.taken.map(openLetter));
  const token = /t=([0-9a-f-]+)/;
  const [first, second] = [one, two].map((letter) => token.exec(letter?.html ?? '')?.[1] ?? '');
  assert.ok(first && second && first !== second);
  assert.equal(one?.html?.replaceAll(first, ''), two?.html?.replaceAll(second, ''));
  assert.notEqual(one?.messageId, two?.messageId);
});

test('who leaves between planning and sending gets nothing more', async (t) => {
  const mail = await serveSmtp(t);
  const { send, subscribe, states, store } = await aLetterDesk(t, mail.port);
  await subscribe('one@home.example', 'two@home.example');
  const [, second] = await store.subscribers();
  const { planDeliveries } = store;
  store.planDeliveries = async (rows) => {
    await planDeliveries(rows);
    await store.forgetSubscriber(second?.id ?? '', 1);
  };
  assert.deepEqual(await send(EDITION), { done: 1, failures: [] });
  assert.deepEqual((await states(DATE)).toSorted(), ['delivered', 'mail-left']);
  assert.equal(mail.taken.length, 1);
});

test('a reader whose address is dead does not keep the others from their letters, and does not fail the run', async (t) => {
  const mail = await serveSmtp(t, {
    recipient: (to) => (to.startsWith('gone') ? '550 5.1.1 no such user' : undefined),
  });
  const { send, subscribe, states } = await aLetterDesk(t, mail.port);
  await subscribe('one@home.example', 'gone@home.example', 'two@home.example');
  assert.deepEqual(await send(EDITION), { done: 2, failures: [] });
  assert.deepEqual((await states(DATE)).toSorted(), ['delivered', 'delivered', 'mail-bounced']);
  assert.deepEqual(await send(EDITION), { done: 0, failures: [] }, 'and is not tried again');
});

test('three editions that came back stop the letters to an address; the same one does not count twice', async (t) => {
  const mail = await serveSmtp(t, { recipient: () => '550 5.1.1 no such user' });
  const { send, subscribe, store, time } = await aLetterDesk(t, mail.port);
  await subscribe('gone@home.example');
  const state = async () => (await store.subscribers())[0]?.state;
  for (const date of ['2026-03-10', '2026-03-11']) {
    await send({ ...EDITION, date });
    await send({ ...EDITION, date });
    time.now += 86_400_000;
  }
  assert.equal(await state(), 'active');
  await send({ ...EDITION, date: '2026-03-12' });
  assert.equal(await state(), 'disabled');
  assert.deepEqual(await send({ ...EDITION, date: '2026-03-13' }), { done: 0, failures: [] });
  assert.deepEqual(await store.deliveries('2026-03-13'), [], 'no letter is even planned');
});

test('a server that puts letters off is asked again, with pauses', async (t) => {
  const mail = await serveSmtp(t, {
    recipient: (to, times) => (to.startsWith('grey') && times < 3 ? '451 4.7.1 come back' : undefined),
  });
  const { send, subscribe, pauses } = await aLetterDesk(t, mail.port);
  await subscribe('grey@home.example', 'one@home.example');
  assert.deepEqual(await send(EDITION), { done: 2, failures: [] });
  assert.deepEqual(
    pauses.filter((ms) => ms > 100),
    [5000, 60_000],
  );
  const busy = await serveSmtp(t, { recipient: () => '451 4.7.1 come back' });
  const other = await aLetterDesk(t, busy.port);
  await other.subscribe('a@home.example', 'b@home.example');
  const { failures } = await other.send(EDITION);
  assert.deepEqual(
    failures.map(({ code, retryable }) => [code, retryable]),
    [['mail-later', true]],
  );
});

test('a letter that may have arrived is never sent again by itself, and the others go on', async (t) => {
  const mail = await serveSmtp(t, { cutAfter: (to) => to === 'one@home.example' });
  const { send, subscribe, states, store } = await aLetterDesk(t, mail.port);
  await subscribe('one@home.example', 'two@home.example', 'three@home.example');
  const { done, failures } = await send(EDITION);
  assert.equal(done, 2);
  assert.deepEqual(
    failures.map(({ code, subject }) => [code, subject]),
    [['channel-unclear', 'email']],
  );
  await send(EDITION);
  assert.equal(mail.to('one@home.example').length, 1);
  const open = (await store.deliveries(DATE)).find(({ state }) => state.kind === 'unclear');
  await store.recordDelivery(open?.key ?? '', { kind: 'delivered', at: 1, where: '看过日志' });
  assert.deepEqual(await send(EDITION), { done: 0, failures: [] });
  assert.deepEqual(new Set(await states(DATE)), new Set(['delivered']));
});

test('a letter that a killed process was sending is unclear', async (t) => {
  const mail = await serveSmtp(t);
  const { send, subscribe, store } = await aLetterDesk(t, mail.port);
  await subscribe('one@home.example', 'two@home.example');
  const { planDeliveries } = store;
  store.planDeliveries = async (rows) => {
    await planDeliveries(rows);
    await store.recordDelivery(rows[0]?.key ?? '', { kind: 'sending', at: 1 });
  };
  const { done, failures } = await send(EDITION);
  assert.deepEqual([done, failures.map(({ code }) => code)], [1, ['channel-unclear']]);
});

test('a mail server that is down or refuses the sender stops the channel, not the readers; later all goes out', async (t) => {
  let mood: string | undefined = '550 5.7.1 not you';
  const mail = await serveSmtp(t, { sender: () => mood });
  const { send, subscribe, states } = await aLetterDesk(t, mail.port);
  await subscribe('one@home.example', 'two@home.example', 'three@home.example');
  const { done, failures } = await send(EDITION);
  assert.deepEqual([done, failures.map(({ code }) => code)], [0, ['channel-refused']]);
  assert.deepEqual(await states(DATE), ['channel-refused', 'planned', 'planned']);
  mood = undefined;
  assert.deepEqual(await send(EDITION), { done: 3, failures: [] });
});

test('a server that ends its conversations early does not keep letters from going', async (t) => {
  const mail = await serveSmtp(t, {
    recipient: (_to, times) => (times === 1 ? '421 4.7.0 enough for this conversation' : undefined),
  });
  const { send, subscribe } = await aLetterDesk(t, mail.port);
  await subscribe('one@home.example', 'two@home.example', 'three@home.example');
  assert.deepEqual(await send(EDITION), { done: 3, failures: [] });
  assert.equal(mail.taken.length, 3);
});

test('when everybody is refused it is about the sender, and the rest is not tried', async (t) => {
  const mail = await serveSmtp(t, { recipient: () => '550 5.7.1 blocked' });
  const { send, subscribe, states, store } = await aLetterDesk(t, mail.port);
  await subscribe(...Array.from({ length: 50 }, (_, n) => `r${n}@home.example`));
  const { failures } = await send(EDITION);
  assert.match(failures[0]?.message ?? '', /连着 20 个/);
  assert.equal((await states(DATE)).filter((state) => state === 'planned').length, 30);
  assert.deepEqual((await store.bounces(0)).size, 0, 'nobody is to blame for a block list');
});

test('no address stands in deliveries, journal or failures, and a text for thousands is kept once', async (t) => {
  const mail = await serveSmtp(t, { recipient: (to) => `550 5.7.1 <${to}> refused` });
  const { send, subscribe, store } = await aLetterDesk(t, mail.port);
  await subscribe('private-person@home.example');
  const { failures } = await send(EDITION);
  const kept = JSON.stringify([failures, await store.deliveries(DATE), await store.journal(`run-${DATE}`)]);
  assert.doesNotMatch(kept, /private-person/i);

  const many = await aLetterDesk(t, 1);
  await many.subscribe(...Array.from({ length: 400 }, (_, n) => `r${n}@home.example`));
  const before = (await many.store.inspect()).bytes;
  await many.send(anEdition(100));
  const rows = await many.store.deliveries(DATE);
  assert.equal(rows.length, 400);
  assert.equal(new Set(rows.map(({ message }) => message?.body)).size, 1);
  const grown = (await many.store.inspect()).bytes - before;
  assert.ok(grown < 1_500_000, `${grown} bytes for 400 letters`);
});

test('the sender is paced, and bounced letters name their reader in the envelope', async (t) => {
  const mail = await serveSmtp(t);
  const { send, subscribe, pauses, desk } = await aLetterDesk(t, mail.port, {
    perMinute: 120,
    returnTo: 'bounces+*@daily.example',
    returnFolder: '/nowhere',
  });
  await subscribe('one@home.example', 'two@home.example');
  await send(EDITION);
  assert.deepEqual(pauses, [500, 500]);
  const reader = (await desk.store.subscribers()).find(({ address }) => address === 'one@home.example');
  const [letter] = mail.to('one@home.example');
  const mark = /^bounces\+([0-9a-z-]+)@daily\.example$/.exec(letter?.from ?? '')?.[1] ?? '';
  assert.deepEqual(desk.outlet.openToken('letter', mark), { id: reader?.id, about: '20260310' });
  assert.ok((letter?.from.split('@')[0]?.length ?? 99) <= 64, 'RFC 5321 4.5.3.1.1');
  assert.match(
    headerOf(letter, 'List-Unsubscribe'),
    /, <mailto:bounces\+[0-9a-f-]+@daily\.example\?subject=/,
  );
});

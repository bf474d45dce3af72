import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Run } from '../src/domain/run.ts';
import { bring, type NamedOutlet, type Outbox, plan } from '../src/newsroom/outbox.ts';
import type { DeliveryOutcome, Outlet } from '../src/publish/channels/channel.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { anEdition } from './support/an-edition.ts';
import { aroundWith } from './support/around.ts';

type Messages = Extract<Outlet, { form: 'messages' }>;

const EDITION = anEdition(3);
const RUN: Run = { id: 'r', date: EDITION.date, startedAt: 0, cutoffAt: 0, state: 'running' };

/** An outlet of three parts that answers as it is told, and remembers what it was sent. */
function anOutlet(answers: (part: string, time: number) => DeliveryOutcome, given: Partial<Messages> = {}) {
  const sent: string[] = [];
  const outlet: Messages = {
    form: 'messages',
    gapMs: 50,
    repeatable: false,
    compose: ({ revision }) => ['1', '2', '3'].map((id) => ({ id, body: `r${revision} ${id}` })),
    async send({ id, body }) {
      sent.push(body);
      return answers(id, sent.filter((one) => one === body).length);
    },
    notice: (title) => ({ id: 'notice', body: title }),
    ...given,
  };
  return { named: { channel: 'chat', outlet } satisfies NamedOutlet<Messages>, sent };
}

const delivered: DeliveryOutcome = { kind: 'delivered', where: '群里', ref: 'm1' };
const busy = (retryAfterMs?: number): DeliveryOutcome => ({
  kind: 'failed',
  code: 'channel-rate',
  message: '太快了，钥匙是 sesame-open',
  retryable: true,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const unclear: DeliveryOutcome = { kind: 'unclear', code: 'channel-unclear', message: '没有回音' };

async function anOutbox(t: TestContext) {
  const store = openSqliteStore(join(mkdtempSync(join(tmpdir(), 'ribao-outbox-')), 'ribao.db'));
  t.after(() => store.close());
  await store.openRun(RUN);
  const pauses: number[] = [];
  let now = 1000;
  const box: Outbox = {
    store,
    post: () => assert.fail('nothing is sent over the wire here'),
    clock: () => now,
    secrets: ['sesame-open'],
    pause: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  };
  const send = async (named: NamedOutlet<Messages>, edition = EDITION) => {
    const rows = await plan(box, edition, named);
    return bring(box, RUN, edition, named, rows, aroundWith());
  };
  const states = async () => (await store.deliveries(EDITION.date)).map(({ state }) => state.kind);
  return { box, store, send, states, pauses };
}

test('parts go in order, with the pause the outlet wants, and never again', async (t) => {
  const { send, states, pauses } = await anOutbox(t);
  const { named, sent } = anOutlet(() => delivered);
  assert.deepEqual(await send(named), { done: 3, failures: [] });
  assert.deepEqual(await send(named), { done: 0, failures: [] });
  assert.deepEqual(sent, ['r1 1', 'r1 2', 'r1 3']);
  assert.deepEqual(pauses, [50, 50]);
  assert.deepEqual(await states(), ['delivered', 'delivered', 'delivered']);
});

test('a later revision sends no second edition, and ends what an earlier one began', async (t) => {
  const { send } = await anOutbox(t);
  let open = false;
  const { named, sent } = anOutlet((id) => (id === '1' || open ? delivered : busy(600_000)));
  await send(named);
  open = true;
  await send(named, { ...EDITION, revision: 2 });
  assert.equal(sent.filter((one) => one.startsWith('r2')).length, 0, 'what was planned is what is sent');
});

test('a busy outlet is tried again after the time it asks for, three times in a run', async (t) => {
  const { send, states, pauses } = await anOutbox(t);
  const { named, sent } = anOutlet((id, time) => (id === '2' && time < 3 ? busy(3000) : delivered));
  assert.deepEqual(await send(named), { done: 3, failures: [] });
  assert.deepEqual(sent, ['r1 1', 'r1 2', 'r1 2', 'r1 2', 'r1 3']);
  assert.deepEqual(pauses, [50, 3000, 5000, 50]);
  const { named: never, sent: tried } = anOutlet(() => busy(), {});
  const { failures } = await send({ ...never, channel: 'other' });
  assert.equal(tried.length, 3);
  assert.deepEqual(failures, [
    { code: 'channel-rate', subject: 'other', message: '太快了，钥匙是 ***', retryable: true },
  ]);
  assert.deepEqual((await states()).slice(3), ['failed', 'planned', 'planned']);
});

test('an outlet that wants a long rest is left alone until then', async (t) => {
  const { send, box } = await anOutbox(t);
  const { named, sent } = anOutlet((id, time) => (id === '1' && time === 1 ? busy(600_000) : delivered));
  assert.equal((await send(named)).failures.length, 1);
  assert.equal((await send(named)).failures.length, 1);
  assert.equal(sent.length, 1);
  await box.pause?.(600_000);
  assert.deepEqual(await send(named), { done: 3, failures: [] });
});

test('what may have arrived is not sent again until a person looked', async (t) => {
  const { send, states, store } = await anOutbox(t);
  const { named, sent } = anOutlet((id, time) => (id === '2' && time === 1 ? unclear : delivered));
  assert.equal((await send(named)).failures[0]?.code, 'channel-unclear');
  assert.equal((await send(named)).failures[0]?.code, 'channel-unclear');
  assert.deepEqual(sent, ['r1 1', 'r1 2']);
  assert.deepEqual(await states(), ['delivered', 'unclear', 'planned']);
  await store.recordDelivery(`${EDITION.date}/r1/chat/2`, { kind: 'planned' });
  assert.deepEqual(await send(named), { done: 2, failures: [] });
  assert.deepEqual(sent, ['r1 1', 'r1 2', 'r1 2', 'r1 3']);
});

test('a part that a killed process was sending is unclear, unless sending twice does no harm', async (t) => {
  const { box, send, states, store } = await anOutbox(t);
  const { named, sent } = anOutlet(() => delivered);
  const [first] = await plan(box, EDITION, named);
  await store.recordDelivery(first?.key ?? '', { kind: 'sending', at: 1 });
  assert.equal((await send(named)).failures.length, 1);
  assert.deepEqual(sent, []);
  assert.deepEqual(await states(), ['unclear', 'planned', 'planned']);
  const safe = anOutlet(() => delivered, { repeatable: true });
  assert.deepEqual(await send(safe.named), { done: 3, failures: [] });
});

test('an outlet that can be looked through settles what was unclear', async (t) => {
  const { send, states } = await anOutbox(t);
  for (const [answer, times] of [
    ['there', 1],
    ['absent', 2],
  ] as const) {
    const { named, sent } = anOutlet((id, time) => (id === '1' && time === 1 ? unclear : delivered), {
      find: async () => answer,
    });
    const channel = `chat-${answer}`;
    if (answer === 'absent') await send({ ...named, channel });
    assert.deepEqual((await send({ ...named, channel })).failures, []);
    assert.equal(sent.filter((one) => one === 'r1 1').length, times);
  }
  assert.deepEqual(new Set(await states()), new Set(['delivered']));
});

test('a refusal stands and the parts behind it wait', async (t) => {
  const { send, states } = await anOutbox(t);
  const refused: DeliveryOutcome = {
    kind: 'failed',
    code: 'channel-auth',
    message: '钥匙不对',
    retryable: false,
  };
  const { named, sent } = anOutlet(() => refused);
  assert.equal((await send(named)).failures[0]?.retryable, false);
  assert.deepEqual(sent, ['r1 1']);
  assert.deepEqual(await states(), ['failed', 'planned', 'planned']);
});

test('a later revision is edited into the messages that are there, where the outlet edits', async (t) => {
  const { send, states } = await anOutbox(t);
  const edited: string[] = [];
  const { named, sent } = anOutlet((id) => ({ kind: 'delivered', where: '群里', ref: `m${id}` }), {
    // The second part says the same in every revision.
    compose: ({ revision }) =>
      ['1', '2', '3'].map((id) => ({ id, body: id === '2' ? '同一段' : `r${revision} ${id}` })),
    edit: async (ref, { body }) => {
      edited.push(`${ref}: ${body}`);
      return delivered;
    },
  });
  await send(named);
  assert.deepEqual(await send(named, { ...EDITION, revision: 2 }), { done: 2, failures: [] });
  assert.deepEqual(await send(named, { ...EDITION, revision: 2 }), { done: 0, failures: [] });
  assert.deepEqual(edited, ['m1: r2 1', 'm3: r2 3']);
  await send(named, { ...EDITION, revision: 3 });
  assert.deepEqual(edited.slice(2), ['m1: r3 1', 'm3: r3 3']);
  assert.equal(sent.length, 3, 'nothing was sent anew');
  assert.deepEqual(new Set(await states()), new Set(['delivered']));
});

test('a revision with more parts than were sent leaves the messages as they are', async (t) => {
  const { send, states } = await anOutbox(t);
  const { named } = anOutlet(() => delivered, {
    compose: ({ revision }) =>
      ['1', '2', '3'].slice(0, revision + 1).map((id) => ({ id, body: `r${revision} ${id}` })),
    edit: async () => assert.fail('nothing to edit'),
  });
  await send(named);
  assert.deepEqual(await send(named, { ...EDITION, revision: 2 }), { done: 0, failures: [] });
  assert.equal((await states()).length, 2);
});

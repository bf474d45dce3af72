import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Subscriber } from '../../src/domain/subscriber.ts';
import type { Store } from '../../src/store/store.ts';

const ONE: Subscriber = {
  id: 'aaaa000000000001',
  address: 'One@home.example',
  state: 'pending',
  askedAt: 5,
  asks: 1,
  letterDue: true,
  changedAt: 5,
};
const TWO: Subscriber = { ...ONE, id: 'aaaa000000000002', address: 'two@home.example', askedAt: 6 };
const bounce = (about: string, subscriberId = TWO.id) => ({ subscriberId, about, at: 10, status: '5.1.1' });

/** What any Store must do with readers by letter. */
export function subscriberContract(
  name: string,
  open: () => Promise<{ store: Store; reopen: () => Promise<Store> }>,
) {
  describe(`${name} keeps the readers by letter`, () => {
    let store: Store;
    let second: Store;
    before(async () => {
      const opened = await open();
      store = opened.store;
      second = await opened.reopen();
    });
    after(async () => {
      await second.close();
      await store.close();
    });

    it('gives them back as they were put in, by when they asked', async () => {
      for (const one of [TWO, ONE]) await store.changeSubscriber({ address: one.address }, () => one);
      assert.deepEqual(await second.subscribers(), [ONE, TWO]);
      assert.deepEqual(await second.subscriber(ONE.id), ONE);
      assert.equal(await second.subscriber('nobody'), undefined);
    });

    it('changes one from what is kept, finds an address in whatever case, and leaves it where nothing is to change', async () => {
      const active = await second.changeSubscriber({ address: 'ONE@HOME.example' }, (known) => {
        assert.deepEqual(known, ONE);
        return known && { ...known, state: 'active', letterDue: false };
      });
      assert.deepEqual(active, { ...ONE, state: 'active', letterDue: false });
      assert.deepEqual(await store.changeSubscriber({ id: ONE.id }, () => undefined), active);
      assert.equal(await store.changeSubscriber({ id: 'nobody' }, (known) => known), undefined);
    });

    it('gives one address to one reader only', async () => {
      await assert.rejects(store.changeSubscriber({ id: 'other' }, () => ({ ...ONE, id: 'other' })));
      assert.equal((await store.subscribers()).length, 2);
    });

    it('counts a letter that came back once, and only of readers it knows', async () => {
      await store.recordBounces([bounce('20260310'), bounce('20260310'), bounce('20260310', 'stranger')]);
      await second.recordBounces([bounce('20260311')], { channel: 'email', memory: { lastUid: 7 } });
      const counted = await store.bounces(10);
      assert.deepEqual([...counted], [[TWO.id, [bounce('20260310'), bounce('20260311')]]]);
      assert.deepEqual(await store.mailboxMemory('email'), { lastUid: 7 });
      assert.equal(await store.mailboxMemory('email-2'), undefined);
      assert.equal((await store.bounces(11)).size, 0);
      await store.forgetBounces(TWO.id);
      assert.equal((await second.bounces(0)).size, 0);
    });

    it('forgets who leaves, with all about them, and remembers only that the address left', async () => {
      await store.recordBounces([bounce('20260312')]);
      await store.forgetSubscriber(TWO.id, 20);
      assert.deepEqual(
        (await second.subscribers()).map(({ id }) => id),
        [ONE.id],
      );
      assert.equal((await second.bounces(0)).size, 0);
      assert.equal(await second.hasLeft('TWO@home.example'), true);
      assert.equal(await second.hasLeft(ONE.address), false);
      assert.equal(await second.countLeft(), 1);
      await store.welcomeBack(TWO.address);
      assert.equal(await second.hasLeft(TWO.address), false);
      await store.forgetSubscriber(ONE.id);
      assert.equal(await second.hasLeft(ONE.address), false, 'who never confirmed did not leave');
    });

    it('keeps one text for the letters of an edition, and every letter has it', async () => {
      const body = '同一封信'.repeat(5000);
      const rows = Array.from({ length: 300 }, (_, n) => ({
        key: `2026-03-20/r1/email/${n}`,
        date: '2026-03-20',
        revision: 1,
        channel: 'email',
        message: { part: String(n), body },
        state: { kind: 'planned' as const },
      }));
      const empty = (await store.inspect()).bytes;
      await store.planDeliveries(rows);
      await store.planDeliveries(rows);
      assert.deepEqual(await second.deliveries('2026-03-20'), rows);
      assert.ok((await store.inspect()).bytes - empty < 1_000_000);

      const [stays, ...rest] = rows.toReversed();
      await store.recordDelivery(stays?.key ?? '', { kind: 'delivered', at: 1, where: 'a' });
      await store.unplanDeliveries(rows.map(({ key }) => key));
      const [left, ...more] = await second.deliveries('2026-03-20');
      assert.deepEqual(left?.message, stays?.message, 'whoever held the text');
      assert.deepEqual([more.length, rest.length], [0, 299]);
    });
  });
}

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSampleNewsroom, prepareDemo } from '../src/newsroom/demo.ts';
import type { Newsroom } from '../src/newsroom/newsroom.ts';
import { ruleOn } from '../src/newsroom/rulings.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';
import { serveSampleDays } from '../src/newsroom/sample-day/serve-sample-days.ts';

const DATE = '2026-03-10';

describe('an editor rules on the sample day', () => {
  let room: Newsroom;
  let stop: () => Promise<void>;
  const run = async () => (await runEdition(room, { date: DATE }, () => {})).edition;
  const itemsOf = (edition: Awaited<ReturnType<typeof run>>) =>
    edition.sections.flatMap(({ name, items }) => items.map((item) => ({ name, id: item.brief.storyId })));

  before(async () => {
    ({ room, stop } = await openDay());
  });
  after(async () => {
    await room.close();
    await stop();
  });

  it('what is rejected goes, what is accepted comes, what is moved stands elsewhere; undoing restores it', async () => {
    const first = await run();
    const [chosen] = itemsOf(first);
    const [left] = first.leftOut.filter(({ why }) => why.startsWith('价值') || /^广告|^活动|^招聘/.test(why));
    const moved = itemsOf(first).find(({ name }) => name === '新闻资讯');
    assert.ok(chosen && left && moved);
    const rejected = await ruleOn(room, { kind: 'reject', storyId: chosen.id }, '写过了');
    await ruleOn(room, { kind: 'accept', storyId: left.storyId }, '');
    if (moved.id !== chosen.id)
      await ruleOn(room, { kind: 'move', storyId: moved.id, section: '推荐文章' }, '');
    const second = await run();
    assert.equal(second.revision, first.revision + 1);
    assert.equal(second.leftOut.find(({ storyId }) => storyId === chosen.id)?.why, '编辑不要：写过了');
    assert.ok(itemsOf(second).some(({ id }) => id === left.storyId));
    if (moved.id !== chosen.id)
      assert.equal(itemsOf(second).find(({ id }) => id === moved.id)?.name, '推荐文章');
    await room.store.undoRuling(rejected.n, room.clock());
    assert.ok(itemsOf(await run()).some(({ id }) => id === chosen.id));
  });

  it('a merge and a split survive further runs, and are recorded', async () => {
    const edition = await run();
    const [one, other] = itemsOf(edition).slice(0, 2);
    assert.ok(one && other);
    await ruleOn(room, { kind: 'merge', storyId: one.id, otherId: other.id }, '同一件事');
    const merged = (await room.store.story(other.id))?.story;
    assert.equal(merged?.id, (await room.store.story(one.id))?.story.id);
    const gone = other.id === merged?.id ? one.id : other.id;
    assert.ok(!itemsOf(await run()).some(({ id }) => id === gone));
    const [, ...rest] = merged?.joins ?? [];
    const apart = rest.at(-1)?.articleId;
    assert.ok(merged && apart);
    await ruleOn(room, { kind: 'split', storyId: merged.id, articleIds: [apart] }, '');
    await run();
    assert.notEqual(await room.store.storyOf(apart), merged.id);
    const kinds = (await room.store.storyChanges(merged.id)).map(({ kind, by }) => `${by} ${kind}`);
    assert.deepEqual(kinds, ['editor merge', 'editor split']);
  });

  it('refuses what cannot be, with words', async () => {
    const [one] = itemsOf(await run());
    assert.ok(one);
    const refused = { name: 'Problem', code: 'ruling-invalid' };
    await assert.rejects(ruleOn(room, { kind: 'accept', storyId: 'snone' }, ''), refused);
    await assert.rejects(ruleOn(room, { kind: 'move', storyId: one.id, section: '八卦' }, ''), refused);
    await assert.rejects(ruleOn(room, { kind: 'split', storyId: one.id, articleIds: ['none'] }, ''), refused);
    await assert.rejects(ruleOn(room, { kind: 'merge', storyId: one.id, otherId: one.id }, ''), refused);
  });
});

async function openDay(): Promise<{ room: Newsroom; stop: () => Promise<void> }> {
  const server = await serveSampleDays({ through: 1 });
  const config = await prepareDemo(mkdtempSync(join(tmpdir(), 'ribao-rulings-')));
  return { room: openSampleNewsroom(config, DATE, server), stop: () => server.close() };
}

import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { loadConfig } from './config/load-config.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';
import { dueEdition, type WatchNews, watch } from './watch.ts';

const at = (beijing: string) => Date.parse(`${beijing}:00+08:00`);

/** A newsroom with one source that is never there, and a clock that the test sets. */
function newsroomAt(beijing: string): Newsroom & { set(beijing: string): void } {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-watch-'));
  const sources = [{ id: 'a', name: '甲', url: 'http://a.example/feed' }];
  writeFileSync(join(folder, 'ribao.yaml'), stringify({ schedule: '30 8 * * *', sources }));
  let now = at(beijing);
  const room = openNewsroom(loadConfig(join(folder, 'ribao.yaml')), {
    clock: () => now,
    connectTo: { address: '127.0.0.1', port: 9 },
  });
  return Object.assign(room, {
    set(time: string) {
      now = at(time);
    },
  });
}

async function ranFor(
  room: Newsroom,
  date: string,
  beijing: string,
  state: 'published' | 'held' | 'running' = 'published',
) {
  const startedAt = at(beijing);
  await room.store.openRun({
    id: `r-${date}-${startedAt}`,
    date,
    startedAt,
    cutoffAt: startedAt,
    state: 'running',
  });
  if (state !== 'running') await room.store.endRun(`r-${date}-${startedAt}`, state, startedAt);
}

test('a new newsroom makes today’s edition when its time has passed, and none for days before', async () => {
  const room = newsroomAt('2026-03-10T12:00');
  assert.equal(await dueEdition(room), at('2026-03-10T08:30'));
  room.set('2026-03-10T07:00');
  assert.equal(await dueEdition(room), undefined);
  await room.close();
});

test('a time missed while asleep is caught up once, and only the latest', async () => {
  const room = newsroomAt('2026-03-10T09:00');
  await ranFor(room, '2026-03-07', '2026-03-07T08:30');
  assert.equal(await dueEdition(room), at('2026-03-10T08:30'));
  await ranFor(room, '2026-03-10', '2026-03-10T09:00');
  assert.equal(await dueEdition(room), undefined);
  room.set('2026-03-11T02:00');
  assert.equal(await dueEdition(room), undefined);
  room.set('2026-03-11T08:30');
  assert.equal(await dueEdition(room), at('2026-03-11T08:30'));
  await room.close();
});

test('after midnight, yesterday’s missed edition is still yesterday’s', async () => {
  const room = newsroomAt('2026-03-11T00:30');
  await ranFor(room, '2026-03-09', '2026-03-09T08:30');
  assert.equal(await dueEdition(room), at('2026-03-10T08:30'));
  await room.close();
});

test('a held edition is not tried again until the next time, a run that was killed is', async () => {
  const room = newsroomAt('2026-03-10T09:00');
  await ranFor(room, '2026-03-10', '2026-03-10T08:30', 'held');
  assert.equal(await dueEdition(room), undefined);
  await room.close();
  const killed = newsroomAt('2026-03-10T09:00');
  await ranFor(killed, '2026-03-10', '2026-03-10T08:30', 'running');
  assert.equal(await dueEdition(killed), at('2026-03-10T08:30'));
  await killed.close();
});

test('it collects through the day, makes the edition on time, once, and stops when asked', async () => {
  const room = newsroomAt('2026-03-10T08:00');
  const stop = new AbortController();
  const news: WatchNews[] = [];
  await watch(room, {
    stop: stop.signal,
    tell: () => {},
    lookEveryMs: 5,
    announce(one) {
      news.push(one);
      if (one.kind === 'waiting' && news.length === 2) room.set('2026-03-10T08:30');
      if (one.kind === 'edition') {
        room.set('2026-03-10T08:45');
        setTimeout(() => stop.abort(), 60);
      }
    },
  });
  const [collected, waiting, edition] = news;
  assert.equal(collected?.kind, 'collected');
  assert.deepEqual(waiting, { kind: 'waiting', editionAt: at('2026-03-10T08:30') });
  assert.equal(edition?.kind === 'edition' ? edition.report.run.date : '', '2026-03-10');
  // The only source is never there, so the guard holds it: held is announced, not repeated.
  assert.equal(edition?.kind === 'edition' ? edition.report.run.state : '', 'held');
  assert.equal(news.filter((one) => one.kind === 'edition').length, 1);
  await room.close();
});

test('a second watch is refused while the first is up', async () => {
  const room = newsroomAt('2026-03-10T07:00');
  const stop = new AbortController();
  const first = watch(room, { stop: stop.signal, tell: () => {}, announce: () => {}, lookEveryMs: 5 });
  const other = { ...room, owner: `elsewhere:1:x` };
  await assert.rejects(watch(other, { stop: stop.signal, tell: () => {}, announce: () => {} }), {
    code: 'already-running',
  });
  stop.abort();
  await first;
  await room.close();
});

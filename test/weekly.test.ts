import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stringify } from 'yaml';
import type { Edition } from '../src/domain/edition.ts';
import { Problem } from '../src/domain/problem.ts';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { importEdition } from '../src/newsroom/import-edition.ts';
import { newRun } from '../src/newsroom/new-run.ts';
import { openNewsroom } from '../src/newsroom/newsroom.ts';
import { runWeekly } from '../src/newsroom/run-weekly.ts';
import { dueWeekly } from '../src/newsroom/watch.ts';
import { anEdition } from './support/an-edition.ts';
import { listen } from './support/listen.ts';

const WEEK = '2026-W11';
const MONDAY_AFTER = Date.parse('2026-03-16T02:00:00Z');

/** A newsroom with these dailies made, a folder of files, and a bot that counts what it is sent. */
async function aWeek(t: TestContext, dates: readonly string[], now = MONDAY_AFTER) {
  const received: string[] = [];
  const bot = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      received.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0,"errmsg":"ok"}');
    });
  });
  const port = await listen(t, bot);
  const folder = mkdtempSync(join(tmpdir(), 'ribao-weekly-'));
  const config = {
    store: 'ribao.db',
    weekly: {},
    channels: [
      { kind: 'markdown', folder: 'editions' },
      { kind: 'page', folder: 'editions' },
      { kind: 'site', folder: 'site', url: 'https://daily.example' },
      { kind: 'feeds', folder: 'site', url: 'https://daily.example', page: '{year}/{month}/{day}.html' },
      { kind: 'wecom', webhook: `http://127.0.0.1:${port}/send?key=k` },
    ],
    sources: [{ id: 'qingshi', name: '青石日报', url: 'http://news.example/feed' }],
  };
  writeFileSync(join(folder, 'ribao.yaml'), stringify(config));
  const room = openNewsroom(loadConfig(join(folder, 'ribao.yaml')), { clock: () => now });
  t.after(() => room.close());
  for (const date of dates) {
    const edition: Edition = anEdition(8, { date, composedAt: Date.parse(`${date}T00:00:00Z`) });
    const run = newRun(date, edition.composedAt, edition.composedAt);
    await room.store.openRun(run);
    await room.store.recordEdition(edition, {
      ...{ runId: run.id, step: 'compose', subject: date, outcome: 'done', note: '', at: 0 },
    });
    await room.store.endRun(run.id, 'published', edition.composedAt);
  }
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  return { room, folder, received, read };
}

const DATES = ['2026-03-09', '2026-03-10', '2026-03-12', '2026-03-15'];

test('a week becomes one edition and goes everywhere, once', async (t) => {
  const { room, received, read } = await aWeek(t, DATES);
  const first = await runWeekly(room, undefined, () => {});
  assert.deepEqual([first.run.state, first.edition.date, first.edition.revision], ['published', WEEK, 1]);
  assert.match(first.edition.title, /^AI周报：/);
  const sent = received.length;
  assert.ok(sent > 0);
  const again = await runWeekly(room, WEEK, () => {});
  assert.deepEqual([again.run.state, again.edition.revision, received.length], ['unchanged', 1, sent]);
  const keys = (await room.store.deliveries(WEEK)).map(({ key }) => key);
  assert.ok(keys.includes(`${WEEK}/r1/wecom/1`) && new Set(keys).size === keys.length);
  assert.match(read(`editions/${WEEK}.md`), /^---\ndate: 2026-03-15\nweek: 2026-W11\ntitle: AI周报/);
  assert.match(read(`editions/${WEEK}.md`), /^# 2026年第11周 3月9日至15日 资讯周报$/m);
  // Each story was told on four days: the last telling, and three before it.
  assert.equal(read(`editions/${WEEK}.md`).match(/本周经过：/g)?.length, 8);
});

test('on the site it has a page, stands in the archive and is found; in no list of dailies does it count', async (t) => {
  const { room, read, folder } = await aWeek(t, DATES);
  await runWeekly(room, WEEK, () => {});
  assert.match(read('site/2026/W11.html'), /4 期日报里最要紧的 8 条/);
  assert.match(read('site/2026/W11.html'), /href="03\/10.html"/);
  assert.match(read('site/archive.html'), /共 4 期[\s\S]*周报[\s\S]*2026\/W11\.html/);
  assert.match(read('site/index.html'), /第 <span class="n">4<\/span> 期[\s\S]*2026\/W11\.html/);
  // Four dailies and, on the Sunday of the last, the weekly.
  assert.match(read('site/search.html'), /"from":"2026-03-09","editions":\[0,\d+,1,\d+,2,\d+,3,\d+,0,-1\]/);
  assert.match(read('site/search/editions/week-2026-03-15.json'), /"2026\/W11\.html"/);
  assert.ok(existsSync(join(folder, 'site/search/editions/2026-03-09.json')));
  const feed = read('site/feed.xml');
  assert.equal(feed.match(/<item>/g)?.length, 5);
  assert.match(feed, /https:\/\/daily\.example\/2026\/W11\.html/);
  assert.equal(read('site/briefs.xml').match(/W11/g), null);
});

test('a weekly is no telling: the next daily’s look back does not meet it', async (t) => {
  const { room } = await aWeek(t, DATES);
  await runWeekly(room, WEEK, () => {});
  const dates = (await room.store.editions('2026-01-01', '2027-01-01')).map(({ date }) => date);
  assert.deepEqual(dates, DATES);
});

test('a week of too few dailies is held, recorded and sent nowhere', async (t) => {
  const { room, received, folder } = await aWeek(t, ['2026-03-10']);
  const { run, edition } = await runWeekly(room, WEEK, () => {});
  assert.equal(run.state, 'held');
  const { status } = edition;
  assert.ok(status.kind === 'held' && status.reasons.some(({ code }) => code === 'too-few-days'));
  assert.equal(received.length, 0);
  assert.ok(!existsSync(join(folder, 'editions')));
});

test('a week that is not over cannot be made', async (t) => {
  const { room } = await aWeek(t, DATES, Date.parse('2026-03-14T02:00:00Z'));
  await assert.rejects(
    runWeekly(room, WEEK, () => {}),
    (error) => error instanceof Problem && error.code === 'date-future',
  );
});

test('watch owes it from its hour on until it is made', async (t) => {
  const { room } = await aWeek(t, DATES);
  // Monday 9:00 in Shanghai is 1:00 UTC.
  assert.equal(await dueWeekly(room), WEEK);
  await runWeekly(room, WEEK, () => {});
  assert.equal(await dueWeekly(room), undefined);
  const early = await aWeek(t, ['2026-03-10'], Date.parse('2026-03-15T23:00:00Z'));
  assert.equal(await dueWeekly(early.room), undefined);
});

test('its Markdown can be taken into another archive and comes back byte for byte', async (t) => {
  const { room, read } = await aWeek(t, DATES);
  await runWeekly(room, WEEK, () => {});
  const text = read(`editions/${WEEK}.md`);
  const other = await aWeek(t, []);
  const imported = await importEdition(other.room, text, false);
  assert.ok(imported.kind === 'imported' && imported.date === WEEK);
  const edition = await other.room.store.edition(WEEK);
  assert.equal(edition?.asWritten ?? '', text);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogOf } from './catalog.ts';
import type { EditionDigest, ItemDigest } from './digest.ts';

function item(story: string, given: Partial<ItemDigest> = {}): ItemDigest {
  return {
    story,
    headline: `${story}之题`,
    section: '新闻资讯',
    publisher: '青石日报',
    outlets: 0,
    names: [],
    ...given,
  };
}

function digest(date: string, items: ItemDigest[]): EditionDigest {
  return { date, stamp: date, title: '', items, deepReads: [], leftOut: 0, noise: 0 };
}

test('a follow-up belongs to what it continues, even when the story has another id by now', () => {
  const catalog = catalogOf([
    digest('2026-03-12', [item('s9', { before: { date: '2026-03-11', headline: 's1之题' } })]),
    digest('2026-03-10', [item('s1'), item('s2')]),
    digest('2026-03-11', [item('s1', { before: { date: '2026-03-10', headline: 's1之题' } })]),
  ]);
  assert.deepEqual(
    [...catalog.threads].map(([key, entries]) => [key, entries.map(({ date }) => date.slice(8))]),
    [['s1', ['10', '11', '12']]],
  );
  assert.equal(catalog.threadOf('s9'), 's1');
  assert.equal(catalog.threadOf('s2'), undefined);
});

test('a follow-up of an edition that is not there stands alone', () => {
  const catalog = catalogOf([
    digest('2026-03-10', [item('s1', { before: { date: '2026-03-01', headline: '很早' } })]),
  ]);
  assert.equal(catalog.threads.size, 0);
});

test('a story that three publishers tell has a page on its first day', () => {
  const catalog = catalogOf([digest('2026-03-10', [item('s1', { outlets: 2 }), item('s2', { outlets: 1 })])]);
  assert.deepEqual([...catalog.threads.keys()], ['s1']);
});

test('a name has a page from its third story; tellings of one story count once', () => {
  const named = (story: string, names: string[], before?: ItemDigest['before']) =>
    item(story, { names, ...(before ? { before } : {}) });
  const catalog = catalogOf([
    digest('2026-03-10', [
      named('s1', ['Tidal', 'Harbor']),
      named('s2', ['Tidal', 'Harbor']),
      named('s3', ['Tidal']),
    ]),
    digest('2026-03-11', [named('s1', ['Harbor'], { date: '2026-03-10', headline: 's1之题' })]),
  ]);
  assert.deepEqual([...catalog.names.keys()], ['Tidal']);
});

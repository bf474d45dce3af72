import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { searchScript } from './browser.ts';
import { rankHits } from './rank.ts';
import { searchIndexOf, segmentsOf } from './segments.ts';
import { collectPostings, readPostings, type Vocabulary } from './shards.ts';
import { queryTerms, shardOf, termsOf } from './terms.ts';

test('a Chinese word of two characters is a term, a Latin word is one in lower case, versions stay apart', () => {
  assert.deepEqual(termsOf('青石开源'), ['青石', '石开', '开源']);
  assert.deepEqual(termsOf('发布Lantern3.5，ＧＰＴ'), ['发布', 'lantern', '3.5', 'gpt']);
  assert.deepEqual(termsOf('光'), []);
});

test('a long run of characters asks for every second pair only, and nothing else than what is indexed', () => {
  assert.deepEqual(queryTerms('开源模型'), ['开源', '模型']);
  assert.deepEqual(queryTerms('多模态大模型'), ['多模', '态大', '模型']);
  assert.deepEqual(queryTerms('智能体平台'), ['智能', '体平', '平台']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const indexed = new Set(termsOf(text));
      assert.deepEqual(
        queryTerms(text).filter((term) => !indexed.has(term)),
        [],
      );
    }),
  );
});

test('what is written into shards is read from them, for all terms and texts; segments share words, not places', () => {
  const texts = fc.array(
    fc.string({ unit: fc.constantFrom(...'青石开源模型发布lantern 35.x𠮷'), maxLength: 30 }),
  );
  fc.assert(
    fc.property(texts, texts, fc.integer({ min: 1, max: 9 }), (earlier, all, shards) => {
      const vocabulary: Vocabulary = { words: [], numbers: new Map() };
      const before = collectPostings(vocabulary);
      for (const [doc, text] of earlier.entries()) before.post(doc, termsOf(text), new Set());
      const postings = collectPostings(vocabulary);
      const expected = new Map<string, number[]>();
      for (const [doc, text] of all.entries()) {
        const title = new Set(termsOf(text.slice(0, 9)));
        postings.post(doc * 97, termsOf(text), title);
        postings.post(doc * 97, termsOf(text), title);
        for (const term of termsOf(text))
          expected.set(term, [...(expected.get(term) ?? []), doc * 97 * 2 + (title.has(term) ? 1 : 0)]);
      }
      const written = postings.write(shards);
      for (const term of ['没有', ...vocabulary.words])
        assert.deepEqual(
          readPostings(written[shardOf(term, shards)] ?? new Uint8Array(), term),
          expected.get(term) ?? [],
        );
    }),
  );
});

test('all words beat some, the headline beats the text, the newer of equals comes first', () => {
  const [all, titled] = [
    [10, 20, 30],
    [11, 21],
  ];
  const hits = rankHits([all, titled], (doc) => (doc === 10 ? 4000 : doc));
  assert.deepEqual(
    hits.toSorted((a, b) => b.score - a.score).map(({ doc, whole }) => [doc, whole]),
    [
      [5, true],
      [10, true],
    ],
  );
});

test('a year that is over is one stretch, so is the present year before its present month; a weekly stands by its Sunday', () => {
  const dates = ['2024-12-31', '2025-01-01', '2026-03-31', '2026-04-01', '2026-05-02', '2026-W18'];
  const digests = dates.map((date) => ({
    date,
    stamp: '',
    title: '',
    items: [],
    deepReads: [],
    leftOut: 0,
    noise: 0,
  }));
  const segments = segmentsOf(digests).map((segment) => ({ segment, key: `v${segment.id}` }));
  const index = searchIndexOf(segments, { months: { id: 'months', shards: 2 }, key: 'y' });
  assert.deepEqual(
    [index.past, index.now].map((stretches) => stretches.map(({ id }) => id)),
    [
      ['2024', '2025'],
      ['2026', '2026-05'],
    ],
  );
  assert.deepEqual(index.now.at(-1), {
    id: '2026-05',
    version: 'v2026-05',
    shards: 1,
    from: '2026-05-02',
    editions: [0, 0, 1, -1],
  });
});

test('the script for readers is sound JavaScript that names nothing from outside', () => {
  const script = searchScript();
  assert.doesNotMatch(script, /\bimport\b|\brequire\b|\beval\b|innerHTML/);
  // Without a page it must fail at the first thing of the page, not before.
  assert.throws(
    () => runInNewContext(script.replace('startSearch(globalThis);', 'startSearch.missing.it')),
    /missing|undefined/,
  );
});

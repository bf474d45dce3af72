import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBrief } from '../../test/support/invent.ts';
import type { EditionContent } from '../domain/edition.ts';
import { type GuardLimits, guardEdition } from './guard-edition.ts';

const limits: GuardLimits = {
  minItems: 3,
  minPublishers: 2,
  maxFailedSources: 0.5,
  minSummaryLength: 30,
  maxShortBriefs: 0.4,
};
const wellSources = { asked: 10, failed: 5 };

function edition(summaries: (string | undefined)[], publishers = ['甲', '乙']): EditionContent {
  const items = summaries.map((summary, n) => ({
    brief: aBrief(`sa${n}`, summary === undefined ? {} : { summary }),
    worth: 50,
    publisher: publishers[n % publishers.length] ?? '',
    outlets: [],
    parts: [],
  }));
  return { date: '2026-03-10', title: '', tagline: '', sections: [{ name: '新闻资讯', items }] };
}

const codes = (content: EditionContent, sources = wellSources) =>
  guardEdition(content, sources, limits).map(({ code }) => code);

test('a sound edition may go out', () => {
  assert.deepEqual(codes(edition([undefined, undefined, undefined])), []);
});

test('an empty edition is held', () => {
  assert.deepEqual(codes({ date: '2026-03-10', title: '', tagline: '', sections: [] }), [
    'too-few-items',
    'too-few-publishers',
  ]);
});

test('one voice is not a daily', () => {
  assert.deepEqual(codes(edition([undefined, undefined, undefined], ['甲'])), ['too-few-publishers']);
});

test('a day on which most sources failed is held', () => {
  assert.deepEqual(codes(edition([undefined, undefined, undefined]), { asked: 10, failed: 6 }), [
    'sources-failed',
  ]);
});

test('hollow briefs are held: one may be short, half may not; none may be missing', () => {
  assert.deepEqual(codes(edition(['太短。', undefined, undefined])), []);
  assert.deepEqual(codes(edition(['太短。', '也短。', undefined])), ['briefs-too-short']);
  assert.deepEqual(codes(edition(['', undefined, undefined])), ['briefs-missing']);
});

test('reasons say the number and the limit', () => {
  const [reason] = guardEdition(edition([undefined]), wellSources, limits);
  assert.equal(reason?.message, '只有 1 条，至少要 3 条');
});

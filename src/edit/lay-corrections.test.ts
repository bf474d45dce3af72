import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anEdition } from '../../test/support/an-edition.ts';
import type { DeepRead } from '../domain/deep-read.ts';
import type { EditionContent } from '../domain/edition.ts';
import type { Decision, Ruling } from '../domain/ruling.ts';
import { layCorrections } from './lay-corrections.ts';

const { date, title, tagline, sections } = anEdition(4);
const PRINTED: EditionContent = { date, title, tagline, sections };
const ruling = (n: number, decision: Decision, more: Partial<Ruling> = {}): Ruling => ({
  n,
  at: n,
  decision,
  note: `第 ${n} 处写错`,
  traits: {},
  ...more,
});
const correct = (storyId: string, headline: string): Decision => ({
  kind: 'correct',
  storyId,
  date,
  headline,
  summary: `${headline}的摘要`,
});
const withdraw = (storyId: string): Decision => ({ kind: 'withdraw', storyId, date });
const lay = (content: EditionContent, rulings: Ruling[], now?: Map<string, string>) =>
  layCorrections(content, rulings, () => '2026-03-12', now);
const headlines = (content: EditionContent) =>
  content.sections.flatMap(({ items }) => items.map(({ brief }) => brief.headline));

test('a correction changes the item and the title, and says so beside it and at the end', () => {
  const laid = lay(PRINTED, [ruling(1, correct('s1', '第一号改了题'))]);
  const [item] = laid.sections[0]?.items ?? [];
  assert.equal(item?.brief.headline, '第一号改了题');
  assert.deepEqual(item?.corrected, [{ on: '2026-03-12', note: '第 1 处写错' }]);
  assert.match(laid.title, /^AI日报：第一号改了题; 第2号/);
  assert.deepEqual(
    laid.corrections?.made.map(({ kind, ruling: n, headline }) => [kind, n, headline]),
    [['corrected', 1, '第一号改了题']],
  );
});

test('what is withdrawn is gone from its section and from the title', () => {
  const laid = lay(PRINTED, [
    ruling(1, withdraw('s2')),
    ruling(2, withdraw('s3')),
    ruling(3, withdraw('s4')),
  ]);
  assert.deepEqual(headlines(laid), ['第1号实验室开源检索模型']);
  assert.equal(laid.title, 'AI日报：第1号实验室开源检索模型');
  assert.deepEqual(
    laid.sections.map(({ name }) => name),
    ['新闻资讯'],
  );
});

test('what is withdrawn takes its deep read along, and brings it back', () => {
  const deep = (storyId: string): DeepRead => ({
    storyId,
    articleId: 'a1',
    url: 'https://a.example/1',
    publisher: '青石',
    headline: '深读一篇',
    date,
    told: [],
    figures: [],
    matters: [],
    doubts: [],
    further: [],
    writer: 'extractive-deep/1',
  });
  const printed: EditionContent = { ...PRINTED, opening: '三件事。', deepReads: [deep('s1'), deep('s2')] };
  const laid = lay(printed, [ruling(1, withdraw('s2'))]);
  assert.deepEqual(
    laid.deepReads?.map(({ storyId }) => storyId),
    ['s1'],
  );
  assert.deepEqual(lay(laid, []), printed);
  const { deepReads, ...none } = lay(printed, [ruling(1, withdraw('s1')), ruling(2, withdraw('s2'))]);
  assert.equal(deepReads, undefined);
  assert.deepEqual(lay(none, []), printed);
});

test('laying twice is laying once, and what is undone leaves no trace', () => {
  const rulings = [
    ruling(1, correct('s1', '改一次')),
    ruling(2, withdraw('s3')),
    ruling(3, correct('s1', '改两次')),
    ruling(4, withdraw('s1')),
  ];
  const once = lay(PRINTED, rulings);
  assert.deepEqual(lay(once, rulings), once);
  const three = lay(
    once,
    rulings.map((one) => (one.n === 4 ? { ...one, undoneAt: 9 } : one)),
  );
  assert.equal(headlines(three)[0], '改两次');
  assert.equal(three.sections[0]?.items[0]?.corrected?.length, 2);
  assert.deepEqual(
    lay(
      three,
      rulings.map((one) => ({ ...one, undoneAt: 9 })),
    ),
    PRINTED,
  );
});

test('a section that lost its only item comes back with it', () => {
  const one = { ...PRINTED, sections: PRINTED.sections.map((s) => ({ ...s, items: s.items.slice(0, 1) })) };
  const gone = lay(one, [ruling(1, withdraw('s3'))]);
  assert.equal(gone.sections.length, 1);
  assert.deepEqual(lay(gone, []), one);
});

test('corrections of other days, and of what is not there, change nothing', () => {
  const other: Decision = { kind: 'withdraw', storyId: 's1', date: '2026-03-11' };
  assert.deepEqual(lay(PRINTED, [ruling(1, other), ruling(2, withdraw('s99'))]), PRINTED);
});

test('a correction follows its story into the one it was merged with', () => {
  const laid = lay(PRINTED, [ruling(1, correct('s77', '合并之后'))], new Map([['s77', 's2']]));
  assert.equal(headlines(laid)[1], '合并之后');
});

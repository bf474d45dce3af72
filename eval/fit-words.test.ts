import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createWordScorer } from '../src/sift/word-model.ts';
import { createNameFinder } from '../src/text/names.ts';
import { fitWords, type WordExample } from '../train/fit-words.ts';

const findNames = createNameFinder([{ name: '青灯', kind: 'company', ai: 1, fame: 1, aliases: [] }]);
const segment = (text: string) => text.split(/[\s，]+/).filter((word) => word !== '');

/** Ten days: what is sold says 抢购 or has the trait, what is told says 发布; 青灯 sells only, 灯展 was on one day. */
const examples = Array.from({ length: 10 }, (_, day) => [
  example(day, '抢购 青灯 今天', 0, 1),
  example(day, '台灯 今天', 1, 1),
  example(day, '发布 台灯 今天', 0, 0),
  example(day, day === 0 ? '灯展 今天' : '今天', 0, 0),
]).flat();

function example(day: number, title: string, trait: number, sold: 0 | 1): WordExample {
  return { day: `day ${day}`, piece: { title, text: '' }, values: Float64Array.of(trait), labels: { sold } };
}

const fitted = fitWords(examples, ['trait'], ['sold'], { segment, findNames });

it('learns words and traits that tell, from whatever several days have', () => {
  assert.deepEqual(Object.keys(fitted.words).toSorted(), ['今天', '发布', '台灯', '抢购']);
  const score = createWordScorer(fitted, ['trait']);
  const of = (title: string, trait: number) =>
    score({ title, text: '' }, Float64Array.of(trait)).score('sold') ?? 0;
  assert.ok(of('抢购 台灯', 0) > 0);
  assert.ok(of('今天', 1) > 0);
  assert.ok(of('发布 今天', 0) < 0);
});

it('leaves names to the table, which knows what each is', () => {
  assert.equal(fitted.words.青灯, undefined);
});

it('learns nothing of a model from what says nothing about it', () => {
  const silent = examples.map((one) => ({ ...one, labels: { ...one.labels, other: undefined } }));
  const both = fitWords(silent, ['trait'], ['sold', 'other'], { segment, findNames });
  assert.ok(Object.values(both.words).every(([, other]) => other === 0));
  assert.deepEqual(both.models.sold, fitted.models.sold);
});

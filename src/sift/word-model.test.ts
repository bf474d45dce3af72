import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createWordScorer } from './word-model.ts';

const score = createWordScorer(
  {
    models: {
      advert: { intercept: -2, traits: { 叹号: 1, unheard: 5 } },
      invitation: { intercept: -1, traits: {} },
    },
    words: { 灯笼: [2, 0.5], lantern: [1, 0], 灯笼节: [0, 3] },
  },
  ['叹号', '问号'],
);
const none = Float64Array.of(0, 0);

it('adds what traits and words weigh; in the text a word counts half, and once', () => {
  assert.equal(score({ title: '灯笼', text: '' }, Float64Array.of(1, 1)).score('advert'), 1);
  assert.equal(score({ title: '', text: '灯笼，灯笼' }, none).score('advert'), -1);
  assert.equal(score({ title: '灯笼', text: '灯笼' }, none).score('advert'), 0);
  assert.equal(score({ title: '灯笼', text: '' }, none).score('nobody trained this'), undefined);
});

it('takes the longer word, and Latin words whole in any case', () => {
  assert.equal(score({ title: '灯笼节', text: '' }, none).score('invitation'), 2);
  assert.equal(score({ title: 'Lantern lanterns', text: '' }, none).score('advert'), -1);
});

it('reads no further than a text’s first sentences', () => {
  assert.equal(score({ title: '', text: `${'。'.repeat(400)}灯笼` }, none).score('advert'), -2);
});

it('hears a long text no louder than a short one', () => {
  const many = Array.from({ length: 20 }, (_, at) => String.fromCharCode(0x4e00 + at));
  const words = Object.fromEntries(many.map((word) => [word, [1]]));
  const loud = createWordScorer({ models: { advert: { intercept: 0, traits: {} } }, words }, []);
  const said = (count: number) =>
    loud({ title: '', text: many.slice(0, count).join('，') }, Float64Array.of()).score('advert');
  assert.deepEqual([said(2), said(8), said(16)], [1, 4, 4]);
});

it('says which word gave how much', () => {
  assert.deepEqual(score({ title: '灯笼', text: 'a lantern' }, none).words('advert'), [
    { signal: '用词：正文有“lantern”', weight: 0.5 },
    { signal: '用词：标题有“灯笼”', weight: 2 },
  ]);
});

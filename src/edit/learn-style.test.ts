import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { StylePair, StyleRule } from '../domain/house-style.ts';
import { layRules, placesOf, wordsOf } from '../text/lay-rules.ts';
import { createSegmenter } from '../text/segment.ts';
import { learnStyle } from './learn-style.ts';

const segment = createSegmenter([]);
const house = { headline: { least: 11, most: 20 }, summary: { least: 70, most: 95 } };
const tools = { segment, isSafe: () => true, house };

let day = 0;
function pair(
  before: string,
  after: string,
  headline: [string, string] = ['青石有新消息', '青石有新消息'],
): StylePair {
  day += 1;
  return {
    at: day,
    date: `2026-03-${String((day % 28) + 1).padStart(2, '0')}`,
    storyId: `s${day}`,
    before: { headline: headline[0], summary: before },
    after: { headline: headline[1], summary: after },
  };
}

const firms = ['青石', '远帆', '松枝', '灰雁', '衡芯', '南屿', '暮云'];
const rulesOf = (pairs: StylePair[], known: StyleRule[] = []) =>
  learnStyle(pairs, known, tools).map(({ rule, kept, of }) => [rule, kept, of]);

describe('what an editor does again and again', () => {
  it('a word always said in another way is a rule, with how often and the newest example', () => {
    const pairs = firms
      .slice(0, 4)
      .map((firm) => pair(`${firm}昨天表示要扩建工厂。`, `${firm}昨天说要扩建工厂。`));
    assert.deepEqual(rulesOf(pairs), [[{ kind: 'replace', from: '表示', to: '说' }, 4, 4]]);
    const [proposal] = learnStyle(pairs, [], tools);
    assert.equal(proposal?.example.after, '灰雁昨天说要扩建工厂。');
  });

  it('a phrase always left out is a rule', () => {
    const pairs = firms
      .slice(0, 3)
      .map((firm) => pair(`值得一提的是，${firm}扩建了工厂。`, `${firm}扩建了工厂。`));
    const [[rule] = []] = rulesOf(pairs);
    assert.deepEqual(rule, { kind: 'drop', phrase: '值得一提的是' });
  });

  it('what was changed twice, or left alone as often, is none', () => {
    const twice = firms.slice(0, 2).map((firm) => pair(`${firm}表示要扩建。`, `${firm}说要扩建。`));
    assert.deepEqual(rulesOf(twice), []);
    const changed = firms.slice(0, 3).map((firm) => pair(`${firm}表示要扩建。`, `${firm}说要扩建。`));
    const left = firms
      .slice(3, 6)
      .map((firm) => pair(`${firm}表示要减产，不再招人。`, `${firm}表示要减产。`));
    assert.ok(!JSON.stringify(rulesOf([...changed, ...left])).includes('表示'));
  });

  it('numbers, news and whole sentences are no wording', () => {
    const pairs = firms
      .slice(0, 5)
      .flatMap((firm) => [
        pair(`${firm}投资三千万扩建工厂。`, `${firm}投资5000万扩建工厂。`),
        pair(`${firm}扩建工厂。新厂明年三月投产，全部用于出口。`, `${firm}扩建工厂。`),
      ]);
    assert.deepEqual(rulesOf(pairs), []);
  });

  it('an unsafe rule is never proposed, a known one not again', () => {
    const pairs = firms.slice(0, 4).map((firm) => pair(`${firm}计划扩建工厂。`, `${firm}将扩建工厂。`));
    assert.equal(rulesOf(pairs).length, 1);
    assert.deepEqual(learnStyle(pairs, [], { ...tools, isSafe: () => false }), []);
    assert.deepEqual(rulesOf(pairs, [{ kind: 'replace', from: '计划', to: '将' }]), []);
  });

  it('headlines always made shorter: nine in ten are within the length proposed', () => {
    const shorter = firms
      .slice(0, 6)
      .map((firm) =>
        pair('工厂扩建。', '工厂扩建。', [`${firm}宣布将在明年扩建工厂并招人`, `${firm}明年扩建工厂并招人`]),
      );
    const lengths = learnStyle(shorter, [], tools).filter(({ rule }) => rule.kind === 'length');
    assert.deepEqual(
      lengths.map(({ rule }) => rule),
      [{ kind: 'length', of: 'headline', most: 11 }],
    );
  });

  it('the same changes give the same list, whatever the order of days', () => {
    const pairs = firms.map((firm, n) =>
      pair(`${firm}表示要扩建${n > 3 ? '，据悉' : ''}。`, `${firm}说要扩建。`),
    );
    assert.deepEqual(rulesOf(pairs), rulesOf(pairs));
    assert.deepEqual(new Set(rulesOf(pairs).map(String)), new Set(rulesOf(pairs.toReversed()).map(String)));
  });
});

describe('rules laid over a text', () => {
  const replace: StyleRule = { kind: 'replace', from: '表示', to: '说' };

  it('only whole words, and nothing inside quotations, titles or names', () => {
    assert.equal(layRules('青石表示要扩建。', [replace], segment), '青石说要扩建。');
    assert.equal(layRules('青石称“我们表示同意”。', [replace], segment), '青石称“我们表示同意”。');
    assert.equal(layRules('《表示论》出版。', [replace], segment), '《表示论》出版。');
    assert.deepEqual(placesOf('产品', '青石生产品牌服装。', segment), []);
    assert.equal(
      layRules('表示科技，昨天表示要扩建。', [replace], segment, () => [{ start: 0, end: 4 }]),
      '表示科技，昨天说要扩建。',
    );
  });

  it('marks around what went are mended', () => {
    const drop: StyleRule = { kind: 'drop', phrase: '据悉' };
    assert.equal(layRules('据悉，青石扩建工厂。', [drop], segment), '青石扩建工厂。');
    assert.equal(layRules('青石扩建工厂，据悉，明年投产。', [drop], segment), '青石扩建工厂，明年投产。');
  });

  it('words and marks joined are the text again, for all texts', () => {
    const piece = fc.constantFrom(
      '青石',
      '表示',
      'GPT-5.2',
      '3.5',
      '，',
      '“',
      '”',
      ' ',
      '\n',
      '😀',
      'Ａ',
      '𠮷',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          assert.equal(wordsOf(text, segment).join(''), text);
          const once = layRules(text, [replace], segment);
          assert.equal(layRules(once, [replace], segment), once);
        },
      ),
      { numRuns: 500 },
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { anArticle, aVerdict } from '../../test/support/invent.ts';
import type { Decision, Ruling } from '../domain/ruling.ts';
import { createNameFinder } from '../text/names.ts';
import { rulingsByStory } from './lay-rulings.ts';
import { learnTaste, sectionLean, tasteParts } from './taste.ts';
import { traitsOf } from './traits.ts';

let count = 0;
function ruling(decision: Decision, traits: Record<string, number> = {}, undone = false): Ruling {
  count += 1;
  return { n: count, at: count, decision, note: '', traits, ...(undone ? { undoneAt: count } : {}) };
}

const reject = (trait: string) => ruling({ kind: 'reject', storyId: 's1' }, { [trait]: 1 });
const points = (rulings: Ruling[], trait: string) =>
  tasteParts(learnTaste(rulings), { [trait]: 1 }).reduce((sum, { weight }) => sum + weight, 0);

describe('what an editor’s rulings teach', () => {
  it('lowers the next story of a publisher that was rejected five times, and no other', () => {
    const five = Array.from({ length: 5 }, () => reject('媒体 芦苇周报'));
    assert.ok(points(five, '媒体 芦苇周报') < -3);
    assert.equal(points(five, '媒体 青石日报'), 0);
  });

  it('learns nothing from one or two rulings', () => {
    assert.equal(points([reject('媒体 甲'), reject('媒体 甲')], '媒体 甲'), 0);
  });

  it('forgets what it is told to, and keeps learning after', () => {
    const before = Array.from({ length: 5 }, () => reject('媒体 甲'));
    assert.equal(points([...before, ruling({ kind: 'forget' })], '媒体 甲'), 0);
    const after = Array.from({ length: 4 }, () => reject('媒体 甲'));
    assert.ok(points([...before, ruling({ kind: 'forget' }), ...after], '媒体 甲') < 0);
  });

  it('leans towards the section stories were moved to', () => {
    const moves = Array.from({ length: 2 }, () =>
      ruling({ kind: 'move', storyId: 's1', section: '开源动态' }, { '名字 远帆': 1, '栏目 产品应用': 1 }),
    );
    const lean = sectionLean(learnTaste(moves), { '名字 远帆': 1 });
    assert.ok((lean.get('开源动态') ?? 0) > 0);
    assert.ok((lean.get('产品应用') ?? 0) < 0);
  });

  it('joins more easily after merges, less after splits', () => {
    const merged = learnTaste([ruling({ kind: 'merge', storyId: 's1', otherId: 's2' })]);
    const split = learnTaste([ruling({ kind: 'split', storyId: 's1', articleIds: ['a'] })]);
    assert.ok(merged.grouping > 0 && split.grouping < 0);
  });

  const traits = fc.dictionary(fc.constantFrom('媒体 甲', '媒体 乙', '名字 丙', '栏目 丁'), fc.constant(1));
  const anyRuling = fc
    .tuple(
      fc.oneof(
        fc.constantFrom<Decision>(
          { kind: 'accept', storyId: 's' },
          { kind: 'reject', storyId: 's' },
          { kind: 'move', storyId: 's', section: '新闻资讯' },
          { kind: 'merge', storyId: 's', otherId: 't' },
          { kind: 'split', storyId: 's', articleIds: ['a'] },
          { kind: 'forget' },
        ),
      ),
      traits,
      fc.boolean(),
    )
    .map(([decision, found, undone]) => ruling(decision, found, undone));

  it('never moves a story by more than its bounds, whatever was ruled', () => {
    fc.assert(
      fc.property(fc.array(anyRuling, { maxLength: 200 }), traits, (rulings, found) => {
        const taste = learnTaste(rulings);
        const sum = tasteParts(taste, found).reduce((total, { weight }) => total + weight, 0);
        assert.ok(Math.abs(sum) <= 12.3, `${sum}`);
        assert.ok(Math.abs(taste.grouping) <= 0.6);
        for (const lean of sectionLean(taste, found).values()) assert.ok(Math.abs(lean) <= 3);
      }),
    );
  });

  it('is as if an undone ruling had never been made', () => {
    fc.assert(
      fc.property(fc.array(anyRuling, { maxLength: 60 }), (rulings) => {
        assert.deepEqual(
          learnTaste(rulings),
          learnTaste(rulings.filter((one) => one.undoneAt === undefined)),
        );
      }),
    );
  });
});

it('takes the latest word on each question, and follows a story into the one it became', () => {
  const ruled = rulingsByStory(
    [
      ruling({ kind: 'accept', storyId: 's1' }),
      ruling({ kind: 'move', storyId: 's1', section: '开源动态' }),
      ruling({ kind: 'reject', storyId: 's1' }),
      ruling({ kind: 'accept', storyId: 's2' }, {}, true),
    ],
    new Map([['s1', 's9']]),
  );
  assert.deepEqual(ruled, new Map([['s9', { section: '开源动态', rejected: { note: '' } }]]));
});

it('sees a story’s section, publishers, names and kinds of signal', () => {
  const verdict = aVerdict('sa1', {
    worth: {
      score: 50,
      parts: [
        { signal: '基础分', weight: 14 },
        { signal: '开源：标题有“开源”', weight: 3 },
      ],
    },
  });
  const find = createNameFinder([{ name: 'Yuanfan', kind: 'company', ai: 3, fame: 1, aliases: ['远帆'] }]);
  assert.deepEqual(Object.keys(traitsOf(verdict, [anArticle({ title: '远帆开源' })], find)), [
    '栏目 新闻资讯',
    '媒体 青石日报',
    '名字 Yuanfan',
    '特征 开源',
  ]);
});

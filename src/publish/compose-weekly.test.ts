import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anEdition } from '../../test/support/an-edition.ts';
import { aBrief } from '../../test/support/invent.ts';
import type { Edition, Item } from '../domain/edition.ts';
import { composeWeekly, type WeeklyPlan } from './compose-weekly.ts';

const PLAN: WeeklyPlan = {
  week: '2026-W11',
  name: 'AI周报',
  tagline: '一周',
  maxItems: 15,
  sections: ['新闻资讯', '开源动态'],
  resolved: new Map(),
};

function item(story: string, worth: number, headline: string, given: Partial<Item> = {}): Item {
  const brief = aBrief(story, { headline, url: `http://news.example/${story}/${headline}` });
  return { brief, worth, publisher: '青石日报', outlets: [], parts: [], ...given };
}

function daily(date: string, items: Item[], section = '新闻资讯', given: Partial<Edition> = {}): Edition {
  return anEdition(0, { date, sections: [{ name: section, items }], ...given });
}

const after = (date: string, headline: string): Pick<Item, 'followUp'> => ({
  followUp: { label: '新进展', newSentence: '', date, headline, url: 'http://news.example/before' },
});
const headlinesIn = (editions: Edition[], plan: Partial<WeeklyPlan> = {}) =>
  composeWeekly(editions, { ...PLAN, ...plan }).content.sections.flatMap(({ items }) =>
    items.map(({ brief }) => brief.headline),
  );

test('a story told on three days stands once, by its newest telling, with its course', () => {
  const { content } = composeWeekly(
    [
      daily('2026-03-09', [item('s1', 40, '云汀起诉墨海')]),
      daily('2026-03-10', [item('s1', 30, '墨海回应', after('2026-03-09', '云汀起诉墨海'))]),
      // Two stories became one: the id is another by now.
      daily('2026-03-12', [item('s8', 30, '双方和解', after('2026-03-10', '墨海回应'))]),
    ],
    PLAN,
  );
  const [only, ...more] = content.sections.flatMap(({ items }) => items);
  assert.deepEqual(more, []);
  assert.equal(only?.brief.headline, '双方和解');
  assert.deepEqual(
    only?.course?.map(({ date, headline }) => [date, headline]),
    [
      ['2026-03-09', '云汀起诉墨海'],
      ['2026-03-10', '墨海回应'],
    ],
  );
  assert.equal(only?.followUp, undefined);
});

test('what was told before the week stays its past', () => {
  const { content } = composeWeekly(
    [
      daily('2026-03-09', [item('s1', 40, '开庭', after('2026-03-05', '立案'))]),
      daily('2026-03-10', [item('s1', 40, '宣判')]),
    ],
    PLAN,
  );
  const only = content.sections[0]?.items[0];
  assert.equal(only?.followUp?.headline, '立案');
  assert.deepEqual(
    only?.course?.map(({ headline }) => headline),
    ['开庭'],
  );
});

test('a follow-up in English gives way to the Chinese telling before it', () => {
  const english = item('s1', 40, 'Bluestone ships it', after('2026-03-09', '青石发布'));
  const later = { ...english, brief: { ...english.brief, marks: ['english' as const] } };
  assert.deepEqual(
    headlinesIn([daily('2026-03-09', [item('s1', 40, '青石发布')]), daily('2026-03-10', [later])]),
    ['青石发布'],
  );
});

test('days and coverage count beside worth; the title names the three first', () => {
  const outlets = ['甲', '乙', '丙', '丁'].map((name) => ({
    name,
    url: `http://${name}.example`,
    title: '',
  }));
  const editions = [
    daily('2026-03-09', [
      item('s1', 50, '一日之事'),
      item('s2', 46, '两日之事'),
      item('s3', 46, '四家之事', { outlets }),
    ]),
    daily('2026-03-10', [
      item('s2', 40, '两日之事又', after('2026-03-09', '两日之事')),
      item('s4', 10, '小事'),
    ]),
  ];
  assert.deepEqual(headlinesIn(editions), ['两日之事又', '四家之事', '一日之事', '小事']);
  assert.equal(composeWeekly(editions, PLAN).content.title, 'AI周报：两日之事又; 四家之事; 一日之事');
});

test('no section takes more than half of the places, and who is left out is told why', () => {
  const many = Array.from({ length: 6 }, (_, n) => item(`s${n}`, 50 - n, `事${n}`));
  const editions = [daily('2026-03-09', many), daily('2026-03-10', [item('s9', 5, '开源')], '开源动态')];
  const { content, leftOut } = composeWeekly(editions, { ...PLAN, maxItems: 4 });
  assert.deepEqual(
    content.sections.map(({ name, items }) => [name, items.length]),
    [
      ['新闻资讯', 2],
      ['开源动态', 1],
    ],
  );
  assert.deepEqual([...new Set(leftOut.map(({ why }) => why))], ['栏目「新闻资讯」在周报里已满 2 条']);
});

test('the week’s deep reads come with it, those of its first stories first, each story once', () => {
  const deep = (storyId: string, date: string) => ({
    ...{ storyId, date, articleId: 'a', url: 'http://a.example', publisher: 'p', headline: storyId },
    ...{ told: [], figures: [], matters: [], doubts: [], further: [], writer: 'w' },
  });
  const editions = [
    daily('2026-03-09', [item('s1', 20, '小'), item('s2', 60, '大')], '新闻资讯', {
      deepReads: [deep('s1', '2026-03-09'), deep('s2', '2026-03-09')],
    }),
    daily('2026-03-10', [item('s2', 50, '大又', after('2026-03-09', '大'))], '新闻资讯', {
      deepReads: [deep('s2', '2026-03-10')],
    }),
  ];
  assert.deepEqual(
    composeWeekly(editions, PLAN).content.deepReads?.map(({ storyId, date }) => [storyId, date]),
    [
      ['s2', '2026-03-10'],
      ['s1', '2026-03-09'],
    ],
  );
});

test('the same dailies give the same weekly', () => {
  const editions = [daily('2026-03-09', [item('s1', 40, '甲'), item('s2', 40, '乙')])];
  assert.deepEqual(composeWeekly(editions, PLAN), composeWeekly(structuredClone(editions), PLAN));
});

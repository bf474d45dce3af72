import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBrief, anArticle, aStoryFile, aVerdict } from '../../test/support/invent.ts';
import { type Candidate, composeEdition, type EditionPlan } from './compose-edition.ts';

const plan: EditionPlan = {
  date: '2026-03-10',
  name: 'AI日报',
  tagline: '筛掉噪音。',
  sections: [
    { name: '新闻资讯', description: '', maxItems: 3 },
    { name: '算法论文', description: '', maxItems: 2 },
  ],
  maxItems: 4,
  maxPerPublisher: 3,
  maxPerCompany: 3,
  familyOf: ({ publisher }) => publisher,
  minWorth: 20,
};

function candidate(
  n: number,
  score: number,
  given: { section?: string; publisher?: string; company?: string } = {},
): Candidate {
  const article = anArticle({ id: `a${n}`, publisher: given.publisher ?? `媒体${n}` });
  const file = aStoryFile([article]);
  return {
    file,
    verdict: aVerdict(file.story.id, { score, in: given.section ?? '新闻资讯' }),
    brief: aBrief(file.story.id),
    company: given.company,
  };
}

const headlines = (edition: ReturnType<typeof composeEdition>) =>
  edition.content.sections.map(({ name, items }) => [name, ...items.map(({ worth }) => worth)]);

test('sections keep the editor’s order, items stand by worth, empty sections are not shown', () => {
  const edition = composeEdition(
    [candidate(1, 40, { section: '算法论文' }), candidate(2, 60), candidate(3, 80)],
    plan,
  );
  assert.deepEqual(headlines(edition), [
    ['新闻资讯', 80, 60],
    ['算法论文', 40],
  ]);
  assert.deepEqual(
    composeEdition([candidate(2, 60)], plan).content.sections.map(({ name }) => name),
    ['新闻资讯'],
  );
});

test('the primary source stands beside the article, not in its place', () => {
  const primary = { label: '论文', url: 'https://arxiv.org/abs/2603.00042' };
  const itself = {
    ...candidate(2, 50),
    brief: aBrief('sa2', { headline: '另一条' }),
    primary: { label: '代码', url: aBrief('sa2').url },
  };
  const items = composeEdition([{ ...candidate(1, 60), primary }, itself], plan).content.sections[0]?.items;
  assert.deepEqual(
    items?.map((item) => item.primary),
    [primary, undefined],
  );
});

test('what only sources on trial tell is left out with that reason', () => {
  const { content, leftOut } = composeEdition(
    [candidate(1, 60), { ...candidate(2, 50), onTrial: true }],
    plan,
  );
  assert.equal(content.sections[0]?.items.length, 1);
  assert.match(leftOut[0]?.why ?? '', /观察期/);
});

test('the title names the three most important stories, uncut', () => {
  const long = aBrief('sa1', { headline: '一个很长很长很长很长很长很长很长很长的标题' });
  const first = { ...candidate(1, 90), brief: long };
  const { title } = composeEdition(
    [candidate(2, 60), first, candidate(3, 80), candidate(4, 10)],
    plan,
  ).content;
  assert.equal(title, `AI日报：${long.headline}; 青石发布模型之sa3; 青石发布模型之sa2`);
});

test('limits hold per section, per publisher and in all, and each story left out says why', () => {
  const five = [90, 80, 70, 60, 50].map((score, n) => candidate(n + 1, score));
  const whys = composeEdition(five, plan).leftOut.map(({ why }) => why);
  assert.deepEqual(whys, ['栏目「新闻资讯」已满 3 条', '栏目「新闻资讯」已满 3 条']);

  const full = [
    ...five.slice(0, 3),
    candidate(6, 45, { section: '算法论文' }),
    candidate(7, 44, { section: '算法论文' }),
  ];
  assert.deepEqual(
    composeEdition(full, plan).leftOut.map(({ why }) => why),
    ['全刊已满 4 条'],
  );
});

const wide: EditionPlan = {
  ...plan,
  sections: [{ name: '新闻资讯', description: '', maxItems: 20 }],
  maxItems: 20,
};
const eight = (given: { publisher?: string; company?: string }) =>
  [90, 85, 80, 75, 70, 65, 60, 55].map((score, n) => candidate(n + 1, score, given));

test('one company and one family of publishers have their limits, but never among the first five', () => {
  const families: EditionPlan = { ...wide, maxPerPublisher: 2, familyOf: () => '灯塔集团' };
  const { leftOut, content } = composeEdition(eight({}), families);
  assert.deepEqual(
    content.sections[0]?.items.map(({ worth }) => worth),
    [90, 85, 80, 75, 70],
  );
  assert.deepEqual([...new Set(leftOut.map(({ why }) => why))], ['「灯塔集团」已有 5 条']);
  const about = composeEdition(eight({ company: '青石智能' }), { ...wide, maxPerCompany: 6 });
  assert.deepEqual(
    about.leftOut.map(({ why }) => why),
    ['「青石智能」的消息已有 6 条', '「青石智能」的消息已有 6 条'],
  );
});

test('two stories under one headline are one to a reader: the second stays out', () => {
  const twin = { ...candidate(2, 60), brief: aBrief('sa2', { headline: aBrief('sa1').headline }) };
  const { leftOut } = composeEdition([candidate(1, 70), twin], wide);
  assert.deepEqual(
    leftOut.map(({ why }) => why),
    ['与已选的一条同题'],
  );
});

test('the title looks beyond one company when another is near', () => {
  const { title } = composeEdition(
    [
      candidate(1, 90, { company: '青石' }),
      candidate(2, 80, { company: '青石' }),
      candidate(3, 70, { company: '灯塔' }),
      candidate(4, 60, { company: '白鹭' }),
    ],
    wide,
  ).content;
  assert.equal(title, 'AI日报：青石发布模型之sa1; 青石发布模型之sa3; 青石发布模型之sa4');
});

test('an editor’s word stands above worth, noise and limits', () => {
  const dull = { ...candidate(1, 3), ruling: { accepted: { note: '' }, section: '算法论文' } };
  const fine = { ...candidate(2, 90), ruling: { rejected: { note: '写过了' } } };
  const lost = { ...candidate(3, 50), brief: undefined, ruling: { accepted: { note: '' } } };
  const made = composeEdition([dull, fine, lost], plan);
  const { leftOut } = made;
  assert.deepEqual(headlines(made), [['算法论文', 3]]);
  assert.deepEqual(leftOut.map(({ why }) => why).toSorted(), [
    '编辑不要：写过了',
    '编辑要用，但没有可用的正文，写不成简讯',
  ]);
});

test('noise, repeats, worthless and unwritten stories stay out, with the reason', () => {
  const advert = candidate(1, 90);
  const repeat = candidate(2, 90);
  const unwritten = { ...candidate(3, 90), brief: undefined };
  const told = { date: '2026-03-09', times: 1, headline: '', summary: '', url: '', articleIds: [] };
  const { content, leftOut } = composeEdition(
    [
      {
        ...advert,
        verdict: {
          ...advert.verdict,
          noise: { kind: 'advert', reasons: [{ signal: '扫码购买', weight: 2 }] },
        },
      },
      {
        ...repeat,
        file: { ...repeat.file, told },
        verdict: { ...repeat.verdict, novelty: { kind: 'repeat', reasons: [] } },
      },
      unwritten,
      { ...candidate(5, 90), brief: aBrief('sa5', { summary: '' }) },
      candidate(4, 19.6),
    ],
    plan,
  );
  assert.deepEqual(content.sections, []);
  assert.deepEqual(
    leftOut.map(({ why }) => why),
    [
      '广告或软文：扫码购买',
      '2026-03-09 已报道，没有新的事实',
      '没有可用的正文，写不成简讯',
      '没有可用的正文，写不成简讯',
      '价值 19 分，低于 20 分',
    ],
  );
});

test('one story is one item, with the other outlets listed once each and reposts not at all', () => {
  const articles = ['甲', '乙', '乙', '丙', '甲'].map((publisher, n) =>
    anArticle({ id: `a${n + 1}`, publisher }),
  );
  const file = aStoryFile(articles);
  const joins = file.story.joins.map((join) =>
    join.articleId === 'a4' ? { ...join, kind: 'repost' as const } : join,
  );
  const story = { ...file, story: { ...file.story, joins } };
  const [section] = composeEdition(
    [{ file: story, verdict: aVerdict('sa1'), brief: aBrief('sa1'), company: undefined }],
    plan,
  ).content.sections;
  assert.deepEqual(section?.items[0]?.outlets, [
    { name: '乙', url: 'http://news.example/a2', title: '青石智能发布远帆3模型' },
  ]);
});

test('a follow-up points back to what was told', () => {
  const told = {
    date: '2026-03-09',
    times: 1,
    headline: '青石将发布模型',
    summary: '',
    url: 'http://e.example/1',
    articleIds: [],
  };
  const one = candidate(1, 50);
  const { content } = composeEdition(
    [
      {
        ...one,
        file: { ...one.file, told },
        verdict: {
          ...one.verdict,
          novelty: { kind: 'follow-up', reasons: ['售价公布'], newSentence: '售价公布。' },
        },
      },
    ],
    plan,
  );
  assert.deepEqual(content.sections[0]?.items[0]?.followUp, {
    label: '新进展',
    newSentence: '售价公布。',
    date: '2026-03-09',
    headline: '青石将发布模型',
    url: 'http://e.example/1',
  });
});

test('the same table in another order gives the same edition', () => {
  const table = [50, 50, 50, 60, 70, 70].map((score, n) => candidate(n, score));
  assert.deepEqual(composeEdition(table.toReversed(), plan), composeEdition(table, plan));
});

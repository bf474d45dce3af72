import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { anArticle } from '../../test/support/invent.ts';
import type { Article } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { createFeatureReader } from '../text/features.ts';
import { createNameFinder } from '../text/names.ts';
import { createSegmenter } from '../text/segment.ts';
import { groupArticles } from './group-articles.ts';
import { backgroundSchema, sameEventSchema } from './sift-models.ts';
import { type GroupOptions, openStoryWindow } from './story-window.ts';

const weights = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8'));
const models = {
  background: backgroundSchema.parse(weights('background')),
  sameEvent: sameEventSchema.parse(weights('same-event')),
  noise: { models: {}, words: {} },
  sections: { models: {}, words: {} },
};
const tools = {
  readFeatures: createFeatureReader({
    segment: createSegmenter([]),
    findNames: createNameFinder([
      { name: 'Reed', kind: 'company', ai: 3, fame: 1, aliases: ['芦苇科技', '蘆葦科技'] },
    ]),
    concepts: [],
    common: new Set(['发布', '公司']),
  }),
  isRoundup: () => false,
  isInvitation: () => false,
};

let count = 0;
function article(title: string, text = '', given: Partial<Article> = {}): Article {
  count += 1;
  const id = count.toString(16).padStart(16, '0');
  const at = Date.UTC(2026, 2, 10) + count * 1000;
  return anArticle({
    id,
    identity: `url:x/${id}`,
    url: `https://x.example/${id}`,
    sourceId: `s${count % 7}`,
    title,
    publishedAt: at,
    firstSeenAt: at + 1,
    body: { kind: 'feed', text, why: '' },
    ...given,
  });
}

const aStory = (one: Article): Story => ({
  id: `s${one.id}`,
  openedAt: one.publishedAt,
  joins: [{ articleId: one.id, kind: 'first', score: 1, reasons: [] }],
});
const group = (fresh: Article[], options: GroupOptions = {}) =>
  groupArticles({ fresh, open: [], tools, models, options });
const sizes = (stories: Story[]) => stories.map(({ joins }) => joins.length).toSorted((a, b) => b - a);

describe('whatever a feed brings', () => {
  it('keeps empty, one-character and emoji titles apart, and loses none', () => {
    const odd = ['', ' ', '。', 'A', '芯', '🤖', '🤖🎉🚀', '\u200b', '<>&"'].map((title) => article(title));
    const { stories } = group(odd);
    assert.equal(stories.flatMap(({ joins }) => joins).length, odd.length);
    assert.equal(Math.max(...sizes(stories)), 1);
  });

  it('reads no more of a title of 100 KB than of its beginning', () => {
    const long = article('芦苇科技开源语音模型，'.repeat(5000));
    const { stories } = group([long, article('水獭乐队的夏天')]);
    assert.deepEqual(sizes(stories), [1, 1]);
  });

  it('reads a title and a text of 100 KB at the cost of their beginnings, however many come', () => {
    const huge = Array.from({ length: 20 }, (_, n) =>
      article(
        `第${n}座灯塔${'的守塔人写下今天的潮水，'.repeat(9000)}`,
        `海鸥${n}飞过${'麦田与石阶，'.repeat(17_000)}`,
      ),
    );
    let read = 0;
    const counting = {
      ...tools,
      readFeatures: (text: string) => {
        read += text.length;
        return tools.readFeatures(text);
      },
    };
    const window = openStoryWindow(counting, models);
    assert.equal(window.take(huge).stories.flatMap(({ joins }) => joins).length, 20);
    assert.ok(read <= 20 * 1000, `${read} characters read`);
  });

  it('compares each of a thousand copies with a few others, not with all', () => {
    let asked = 0;
    const decided = () => {
      asked += 1;
      return undefined;
    };
    const same = Array.from({ length: 1000 }, () => article('潮水涨到第三级石阶了'));
    assert.deepEqual(sizes(group(same, { decided }).stories), [1000]);
    assert.ok(asked <= 1000 * 20, `${asked} comparisons`);
  });

  it('loses none of a thousand items under one short standing title', () => {
    const items = Array.from({ length: 1000 }, (_, n) => article('早报', `第${n}号灯塔`.repeat(n % 3)));
    const { stories } = group(items);
    assert.equal(stories.flatMap(({ joins }) => joins).length, 1000);
  });

  it('makes one story of a thousand copies of one article', () => {
    const text = '芦苇科技今天开源了一个能听懂二十三种方言的语音模型，权重可以免费商用。'.repeat(6);
    const copies = Array.from({ length: 1000 }, () =>
      article('芦苇科技开源方言语音模型，二十三种都能听懂', text),
    );
    assert.deepEqual(sizes(group(copies).stories), [1000]);
  });

  it('takes a flood of 5,000 items, each its own', () => {
    const words = [
      '海鸥',
      '木桥',
      '竹林',
      '山雀',
      '石阶',
      '茶馆',
      '渡口',
      '麦田',
      '灯塔',
      '风车',
      '湖心',
      '古井',
    ];
    const flood = Array.from({ length: 5000 }, (_, n) =>
      article(`${words[n % 12]}旁的${words[(n * 7 + 3) % 12]}第${n}号记录簿`, '', { sourceId: 'flood' }),
    );
    let asked = 0;
    const decided = () => {
      asked += 1;
      return undefined;
    };
    const { stories } = group(flood, { decided });
    assert.equal(stories.flatMap(({ joins }) => joins).length, 5000);
    assert.ok(asked <= 5000 * 20, `${asked} comparisons`);
  });

  it('joins simplified and traditional tellings of one event', () => {
    const one = article(
      '芦苇科技发布推理芯片H9，显存192GB',
      '芦苇科技发布推理芯片H9，显存192GB，功耗350瓦，五月量产。',
    );
    const other = article(
      '蘆葦科技發布推理晶片H9，顯存192GB',
      '蘆葦科技發布推理晶片H9，顯存192GB，功耗350瓦，五月量產。',
    );
    assert.deepEqual(sizes(group([one, other]).stories), [2]);
  });

  it('groups anything without failing, each article once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { maxLength: 12 }),
        (rows) => {
          const fresh = rows.map(([title, text]) => article(title, text));
          const ids = group(fresh).stories.flatMap(({ joins }) => joins.map(({ articleId }) => articleId));
          assert.deepEqual(ids.toSorted(), fresh.map(({ id }) => id).toSorted());
        },
      ),
    );
  });
});

describe('stories that stand', () => {
  const tell = (more = '') => article(`芦苇科技开源方言语音模型，二十三种方言${more}`);
  const fileOf = (one: Article) => ({ story: aStory(one), articles: [one] });

  it('become one, on record, when a new article fits both, and the older keeps its name', () => {
    const [one, other] = [tell(), tell('都能听懂')];
    const window = openStoryWindow(tools, models);
    window.remember([fileOf(one), fileOf(other)]);
    const { stories, changes } = window.take([tell('，可以免费商用')]);
    assert.deepEqual(
      changes.map(({ kind, storyId, otherId, by }) => [kind, storyId, otherId, by]),
      [['merge', `s${one.id}`, `s${other.id}`, 'desk']],
    );
    assert.equal(stories.length, 1);
    assert.equal(stories[0]?.id, `s${one.id}`);
    assert.equal(stories[0]?.joins.length, 3);
  });

  it('keep their names when an older telling comes late', () => {
    const late = tell('都能听懂');
    const first = tell();
    const window = openStoryWindow(tools, models);
    window.remember([fileOf(first)]);
    const { stories, changes } = window.take([late]);
    assert.ok(late.publishedAt < first.publishedAt);
    assert.deepEqual(changes, []);
    assert.deepEqual(
      stories.map(({ id, joins }) => [id, joins.map(({ articleId }) => articleId)]),
      [[`s${first.id}`, [first.id, late.id]]],
    );
  });

  it('take the repost of any member, also of one that came with a story that is part of them now', () => {
    const [one, other] = [tell(), tell('都能听懂')];
    const more = Array.from({ length: 10 }, (_, n) => tell(`都能听懂，第${n}家试用者说`));
    let apart = true;
    const decided = (left: string, right: string) =>
      apart && [left, right].includes(one.id) ? false : undefined;
    const window = openStoryWindow(tools, models, { decided });
    window.remember([fileOf(one), fileOf(other)]);
    for (const telling of more) window.take([telling]);
    apart = false;
    assert.equal(window.take([tell('，可以免费商用')]).changes.length, 1);
    const reposts = more.map(({ title }) => article(title));
    assert.deepEqual(
      window.take(reposts).stories.map(({ id, joins }) => [id, joins.length]),
      [[`s${one.id}`, 23]],
    );
  });

  it('never become one again once an editor split them', () => {
    const [one, other] = [tell(), tell('都能听懂')];
    const apart = new Set([one.id, other.id]);
    const decided = (left: string, right: string) =>
      apart.has(left) && apart.has(right) ? false : undefined;
    const window = openStoryWindow(tools, models, { decided });
    window.remember([fileOf(one), fileOf(other)]);
    assert.deepEqual(window.take([tell('，可以免费商用')]).changes, []);
    assert.deepEqual(sizes(group([one, other], { decided }).stories), [1, 1]);
  });

  it('lets what is known for certain outweigh the words', () => {
    const [one, other] = [article('水獭乐队的夏天'), article('A new compiler for small machines')];
    assert.deepEqual(sizes(group([one, other]).stories), [1, 1]);
    assert.deepEqual(sizes(group([one, other, tell()], { lean: -9 }).stories), [1, 1, 1]);
  });
});

it('does not take the words of a story for common because many articles tell it', () => {
  const told = Array.from({ length: 8 }, (_, n) => article(`候鸟观测站的琉璃塔，第${n}位访客说`));
  const [first] = told;
  assert.ok(first);
  const old = new Set(told.map(({ id }) => id));
  const decided = (left: string, right: string) => (old.has(left) || old.has(right) ? false : undefined);
  const scoreAfter = (files: { story: Story; articles: Article[] }[]) => {
    const window = openStoryWindow(tools, models, { decided });
    window.remember(files);
    const { stories } = window.take([
      article('琉璃塔下的候鸟观测站开放'),
      article('候鸟观测站迎来第一批学生'),
    ]);
    return stories.find(({ joins }) => joins.length === 2)?.joins[1]?.score ?? 0;
  };
  const joins = told.map(({ id }) => ({ articleId: id, kind: 'same-event' as const, score: 1, reasons: [] }));
  const asOne = scoreAfter([{ story: { ...aStory(first), joins }, articles: told }]);
  const asEight = scoreAfter(told.map((one) => ({ story: aStory(one), articles: [one] })));
  assert.ok(asOne > asEight, `${asOne} ${asEight}`);
});

it('counts what the last days spoke of: words that all of them use say less about two articles', () => {
  const words = ['海鸥', '木桥', '竹林', '山雀', '石阶', '茶馆', '渡口', '麦田', '灯塔', '风车'];
  const days = Array.from({ length: 300 }, (_, n) =>
    article(`${words[n % 10]}旁的琉璃塔与${words[(n * 7 + 3) % 10]}，第${n}只候鸟`),
  );
  const scoreAfter = (known: readonly Article[]) => {
    const window = openStoryWindow(tools, models);
    window.remember(known.map((one) => ({ story: aStory(one), articles: [one] })));
    const { stories } = window.take([
      article('琉璃塔下的候鸟观测站开放'),
      article('候鸟观测站迎来第一批学生'),
    ]);
    return stories.find(({ joins }) => joins.length === 2)?.joins[1]?.score ?? 0;
  };
  assert.ok(scoreAfter(days) < scoreAfter([]) - 0.05);
});

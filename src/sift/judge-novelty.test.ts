import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import type { Article } from '../domain/article.ts';
import type { Told } from '../domain/story.ts';
import { createNameFinder } from '../text/names.ts';
import { judgeNovelty } from './judge-novelty.ts';
import { namesFileSchema } from './rules.ts';

const NAMES = new URL('../../editorial/names.yaml', import.meta.url);
const findNames = createNameFinder(namesFileSchema.parse(parse(readFileSync(NAMES, 'utf8'))).names);

function article(id: string, title: string, text = ''): Article {
  return {
    id,
    identity: `url:example.com/${id}`,
    sourceId: id,
    publisher: `刊物${id}`,
    url: `https://example.com/${id}`,
    title,
    language: 'zh',
    publishedAt: 0,
    firstSeenAt: 0,
    excerpt: '',
    tags: [],
    body: { kind: 'feed', text, why: '' },
  };
}

/** What is new in `later`, after an edition that told of `before`. */
function noveltyOf(before: Article, later: readonly Article[]) {
  const articles = [before, ...later];
  const joins = articles.map(({ id }, at) => ({
    articleId: id,
    kind: at === 0 ? ('first' as const) : ('same-event' as const),
    score: 1,
    reasons: [],
  }));
  const told: Told = {
    date: '2026-05-19',
    times: 1,
    headline: before.title,
    summary: '',
    url: before.url,
    articleIds: [before.id],
  };
  return judgeNovelty({ story: { id: 's', openedAt: 0, joins }, articles, told }, findNames);
}

describe('what is new since an earlier edition', () => {
  const first = article('1', '灯笼公司发布大模型 Lumen', '模型有70亿参数。');

  it('is new when it was never told', () => {
    const story = { id: 's', openedAt: 0, joins: [] };
    assert.equal(judgeNovelty({ story, articles: [first] }, findNames).kind, 'first');
  });

  it('is a repeat when nothing came since', () => {
    assert.equal(noveltyOf(first, []).kind, 'repeat');
  });

  it('is a repeat when the new article only says it again, in the other characters too', () => {
    const again = article('2', '灯笼公司的 Lumen 来了', '这个模型有70亿参数。');
    assert.equal(noveltyOf(first, [again]).kind, 'repeat');
    const before = article('1', '燈籠公司發布 Lumen', '首月已有120萬用戶付費。');
    assert.equal(noveltyOf(before, [article('2', '燈籠公司的 Lumen', '付費用戶有120萬。')]).kind, 'repeat');
    assert.equal(noveltyOf(before, [article('2', '灯笼公司的 Lumen', '付费用户有120万。')]).kind, 'repeat');
  });

  it('is a follow-up when a new number comes, and quotes its sentence', () => {
    const more = article('2', 'Lumen 定价公布', '灯笼公司说，首月已有120万用户付费。模型有70亿参数。');
    const novelty = noveltyOf(first, [more]);
    assert.equal(novelty.kind, 'follow-up');
    assert.match(novelty.reasons[0] ?? '', /120万用户付费/);
  });

  it('is a repeat when only counts of a listing have moved', () => {
    const listed = (id: string, stars: string) =>
      article(id, 'lamp/harbor', `⭐ 今日新增 ${stars} 颗星 · 总计 3,9${stars} 颗星 · 开源的代理工具`);
    assert.equal(noveltyOf(listed('1', '12'), [listed('2', '48')]).kind, 'repeat');
  });

  it('quotes the new fact as readers get it: no byline, no Markdown, the house’s characters and blanks', () => {
    const after = article(
      '2',
      'OpenAI 推理模型：定價公布',
      '灯报道 编辑：某人 【灯报导读】 **OpenAI** 公布新模型價格，首月已有120萬用戶付費。',
    );
    const novelty = noveltyOf(article('1', 'OpenAI 发布新的推理模型'), [after]);
    assert.equal(novelty.newSentence, 'OpenAI公布新模型价格，首月已有120万用户付费。');
  });

  it('quotes a sentence whole that begins in the lead, and none that begins after it', () => {
    const filler = '灯塔的看守人每天记录一次风向。'.repeat(39);
    const fact = `首月有1200万用户付费，${'比上一代高出不少，'.repeat(9)}成本降了一半。`;
    assert.equal(noveltyOf(first, [article('2', 'Lumen 的日志', filler + fact)]).newSentence, fact);
    const late = article('2', 'Lumen 的日志', filler + filler + fact);
    assert.equal(noveltyOf(first, [late]).kind, 'repeat');
  });
});

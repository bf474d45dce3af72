import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import type { Article } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import type { StoryFile, Verdict } from '../domain/story.ts';
import { createNameFinder, spellingsOf } from '../text/names.ts';
import { createFamilies } from './families.ts';
import { createNoiseJudge, createTitleTest } from './judge-noise.ts';
import { judgeStories } from './judge-stories.ts';
import { namesFileSchema, noiseRulesSchema, sectionRulesSchema, worthRulesSchema } from './rules.ts';
import { wordModelsSchema } from './word-model.ts';

const editorial = (file: string): unknown =>
  parse(readFileSync(new URL(`../../editorial/${file}.yaml`, import.meta.url), 'utf8'));
const names = namesFileSchema.parse(editorial('names'));
const noise = noiseRulesSchema.parse(editorial('noise'));
const sections = sectionRulesSchema.parse(editorial('sections'));
const worth = worthRulesSchema.parse(editorial('worth'));
const findNames = createNameFinder(names.names);
const weights = (file: string) =>
  wordModelsSchema.parse(
    JSON.parse(readFileSync(new URL(`../../models/${file}.json`, import.meta.url), 'utf8')),
  );
const models = { noise: weights('noise'), sections: weights('sections') };

const CUTOFF = Date.UTC(2026, 4, 20, 12);
let count = 0;

function article(title: string, more: Partial<Article> & { text?: string } = {}): Article {
  count += 1;
  const { text = '', ...rest } = more;
  return {
    id: count.toString(16).padStart(16, '0'),
    identity: `url:example.com/${count}`,
    sourceId: `source-${count}`,
    publisher: `刊物${count}`,
    url: `https://example.com/${count}`,
    title,
    language: 'zh',
    publishedAt: CUTOFF - 3_600_000,
    firstSeenAt: CUTOFF - 3_600_000,
    excerpt: '',
    tags: [],
    body: { kind: 'feed', text, why: '' },
    ...rest,
  };
}

function file(articles: Article[]): StoryFile {
  const joins = articles.map((one, at) => ({
    articleId: one.id,
    kind: at === 0 ? ('first' as const) : ('same-event' as const),
    score: 1,
    reasons: [],
  }));
  return {
    story: { id: `s${articles[0]?.id}`, openedAt: CUTOFF, joins },
    articles,
  };
}

function judge(files: StoryFile[], sources: Source[] = []): Verdict[] {
  return judgeStories({
    files,
    sections,
    sources: new Map(sources.map((source) => [source.id, source])),
    familyOf: createFamilies(new Map(sources.map((source) => [source.id, source])), findNames),
    cutoffAt: CUTOFF,
    models,
    rules: { noise, worth, findNames },
  });
}

function judgeOne(one: Article): Verdict {
  const [verdict] = judge([file([one])]);
  assert.ok(verdict);
  return verdict;
}

describe('noise', () => {
  const cases: [string, string | null][] = [
    ['OpenAI 发布新的推理模型', null],
    ['小镇面包店的百年配方', 'off-topic'],
    ['How we moved our database to a bigger disk', 'off-topic'],
    ['大模型应用沙龙本周六开讲，扫码报名', 'event'],
    ['AI 公司急招算法工程师｜招聘', 'recruiting'],
    ['早报｜OpenAI 融资；谷歌发布新模型；英伟达财报', 'roundup'],
    ['vLLM v0.31.2rc1', 'thin'],
    ['AI 绘画训练营限时优惠，今天领取', 'advert'],
    ['Ask HN: which LLM do you use at work?', 'thin'],
    ['Gemini 3.5 Flash', null],
    ['青燈發表新一代大型語言模型', null],
    ['Lanternworks (YC W25) Is Hiring Founding Engineers for AI agents', 'recruiting'],
    ['大模型应用交流会，首批嘉宾公布', 'event'],
    ['本周 AI 项目推荐：三个智能体', 'roundup'],
    ['「下载：城市里的智能体，以及海上风电」', 'roundup'],
    ['[AINews] The agent labs move on', 'roundup'],
    ['读者福利：大模型训练营今天开营', 'advert'],
    // What only looks like an advert, an invitation or a bare version number.
    ['青灯大模型 API 限时优惠：价格降到四分之一', null],
    ['青灯智能上市进入倒计时，估值逼近百亿美元', null],
    ['1.2B 参数的具身世界模型发布', null],
  ];
  for (const [title, kind] of cases) {
    it(`takes «${title}» for ${kind ?? 'news'}`, () => {
      const verdict = judgeOne(article(title));
      assert.equal(verdict.noise.kind, kind);
      assert.ok(verdict.noise.reasons.length > 0, 'a decision has its reasons');
    });
  }

  it('takes a page of one line for thin, and a feed’s line for what may be an article', () => {
    const line = '青灯大模型官网今天换了标识。';
    const title = '青灯大模型换标识';
    const page = article(title, { body: { kind: 'page', text: line, extractor: 'readability' } });
    const feed = article(title, { body: { kind: 'feed', text: line, why: '没有网页' } });
    assert.deepEqual([judgeOne(page).noise.kind, judgeOne(feed).noise.kind], ['thin', null]);
  });

  it('lets an editor’s strong word outweigh what a model learned', () => {
    const against = [
      ...noise.relevance.against,
      { why: '本刊不登', weight: -30, where: 'title' as const, phrases: ['墨鱼'] },
    ];
    const rules = { ...noise, relevance: { ...noise.relevance, against } };
    const piece = article('墨鱼公司发布推理大模型');
    const judged = (own: typeof noise) => createNoiseJudge(own, models.noise, findNames, [piece])(piece).kind;
    assert.deepEqual([judged(noise), judged(rules)], [null, 'off-topic']);
  });

  it('trusts a publisher that always writes about AI with a title full of nicknames', () => {
    const regular = Array.from({ length: 12 }, (_, at) =>
      article(`大模型观察第${at}篇：智能体的记忆`, { publisher: '灯下漫谈' }),
    );
    const nickname = article('它终于学会自己订外卖了', { publisher: '灯下漫谈' });
    const stranger = article('它终于学会自己订外卖了', { publisher: '美食周刊' });
    const verdicts = judge([...regular, nickname, stranger].map((one) => file([one])));
    assert.equal(verdicts.at(-2)?.noise.kind, null);
    assert.equal(verdicts.at(-1)?.noise.kind, 'off-topic');
  });

  it('marks a repost as noise inside a story that is not', () => {
    const story = file([article('OpenAI 发布新的推理模型'), article('OpenAI 发布新的推理模型')]);
    const joins = story.story.joins.map((join, at) =>
      at === 1 ? { ...join, kind: 'repost' as const } : join,
    );
    const [verdict] = judge([{ ...story, story: { ...story.story, joins } }]);
    assert.equal(verdict?.noise.kind, null);
    assert.deepEqual(
      verdict?.byArticle.map((one) => one.noise),
      [null, 'repost'],
    );
  });

  it('tells a digest by its title alone, before grouping', () => {
    const isRoundup = createTitleTest(noise, 'roundup');
    assert.ok(isRoundup({ title: '晚报：三件事' }));
    assert.ok(!isRoundup({ title: 'OpenAI 发布新的推理模型' }));
  });
});

describe('sections', () => {
  const cases: [string, string, string][] = [
    ['面向长文本的稀疏注意力', 'https://arxiv.org/abs/2601.00001', '算法论文'],
    ['someone/agent-kit', 'https://github.com/someone/agent-kit', '开源动态'],
    ['某机器人公司完成3亿美元融资', 'https://example.com/1', '新闻资讯'],
    ['ChatGPT 上线日历功能，订阅用户现已可用', 'https://example.com/2', '产品应用'],
    ['手把手教程：如何从零搭一个智能体', 'https://example.com/3', '推荐文章'],
    ['团队正式开源 7B 语言模型，权重可商用', 'https://example.com/4', '开源动态'],
  ];
  for (const [title, url, section] of cases) {
    it(`puts «${title}» into ${section}`, () => {
      assert.equal(judgeOne(article(title, { url })).section.name, section);
    });
  }

  it('listens to all tellings of a story: one that is sure outweighs one that comes first and hardly knows', () => {
    const unsure = article('青灯 AI 助手按新规标注视频');
    const sure = article('监管部门就标注新规约谈青灯智能，开出 300 万元罚款');
    const places = [[unsure], [sure], [unsure, sure], [sure, unsure]].map(
      (told) => judge([file(told)])[0]?.section.name,
    );
    assert.notEqual(places[0], places[1]);
    assert.deepEqual(places.slice(1), ['新闻资讯', '新闻资讯', '新闻资讯']);
  });

  it('are doubtful where two tellings are sure of different ones, for the second reader to look at', () => {
    const paper = article('面向长文本的稀疏注意力', { url: 'https://arxiv.org/abs/2601.00001' });
    const money = article('某机器人公司完成3亿美元融资');
    const margin = (told: Article[]) => judge([file(told)])[0]?.section.margin ?? Number.NaN;
    assert.ok(margin([paper, money]) < Math.min(margin([paper]), margin([money])) / 2);
  });
});

describe('worth', () => {
  it('rises with each independent publisher, not with each article', () => {
    const title = 'OpenAI 发布新的推理模型';
    const [one, twice, two] = judge([
      file([article(title, { publisher: '甲' })]),
      file([article(title, { publisher: '甲' }), article(title, { publisher: '甲' })]),
      file([article(title, { publisher: '甲' }), article(title, { publisher: '乙' })]),
    ]).map((verdict) => verdict.worth.score);
    assert.equal(one, twice);
    assert.ok((two ?? 0) > (one ?? 0));
  });

  it('listens to the editor: a source of double weight counts more', () => {
    const piece = article('OpenAI 发布新的推理模型');
    const source: Source = {
      id: piece.sourceId,
      kind: 'feed',
      name: '甲',
      url: 'https://a.example',
      weight: 2,
      fullText: 'feed',
    };
    const [plain] = judge([file([piece])]);
    const [trusted] = judge([file([piece])], [source]);
    assert.ok((trusted?.worth.score ?? 0) > (plain?.worth.score ?? 0));
  });

  it('rises with what readers elsewhere made of it, once per power of ten', () => {
    const title = '墨鱼编程模型的一次长跑';
    const [cold, warm, hot] = [undefined, { points: 100 }, { points: 1000, comments: 40 }].map(
      (engagement) => judgeOne(article(title, engagement === undefined ? {} : { engagement })).worth.score,
    );
    assert.ok(Math.abs((warm ?? 0) - (cold ?? 0) - worth.engagement.each) < 0.11);
    assert.ok(Math.abs((hot ?? 0) - (warm ?? 0) - worth.engagement.each) < 0.11);
  });

  it('falls where a piece is hardly about AI, and says so', () => {
    const hardly = judgeOne(article('苹果的语音助手换了图标'));
    const wholly = judgeOne(article('英伟达发布新款大模型推理芯片'));
    const why = (verdict: Verdict) => verdict.worth.parts.find(({ signal }) => signal.startsWith('与 AI'));
    assert.equal(hardly.noise.kind, null);
    assert.ok((why(hardly)?.weight ?? 0) < 0);
    assert.equal(why(wholly), undefined);
  });

  it('falls where a piece is all but an advert, not where others tell of it soberly', () => {
    const shrill = article('一起报名！自己的智能体创作，这家企业真正零门槛？！');
    const sober = article('OpenAI 发布新的推理模型');
    const [alone, together] = judge([file([shrill]), file([shrill, sober])]).map((verdict) =>
      verdict.worth.parts.find(({ signal }) => signal.startsWith('近似推广')),
    );
    assert.ok((alone?.weight ?? 0) < 0);
    assert.equal(together, undefined);
  });

  it('counts money and what a court decides as news also where no known name stands', () => {
    const [plain, money, court] = [
      '青石智能的大模型团队换了办公室',
      '青石智能的大模型团队完成3亿美元融资',
      '法院禁止青石智能的大模型收集照片',
    ].map((title) => judgeOne(article(title)).worth.score);
    assert.ok((money ?? 0) > (plain ?? 0) + 10);
    assert.ok((court ?? 0) > (plain ?? 0) + 5);
  });

  it('does not take a small update for a launch, nor a famous name alone for news', () => {
    const update = judgeOne(article('Claude 快捷键面板上线'));
    const model = judgeOne(article('Anthropic 发布 Claude 7.1'));
    const launch = (verdict: Verdict) =>
      verdict.worth.parts.some(({ signal }) => signal.startsWith('重要模型或产品发布'));
    assert.deepEqual([launch(update), launch(model)], [false, true]);
    assert.ok(model.worth.score > update.worth.score + 10);
  });

  it('adds for a person in a title, and names who it is', () => {
    const { parts } = judgeOne(article('奥特曼谈 OpenAI 的下一步')).worth;
    const who = parts.find(({ signal }) => signal.startsWith('标题说到人物'));
    assert.deepEqual(who, { signal: '标题说到人物 Sam Altman', weight: worth.entities.person });
  });

  it('takes from a piece that stands only where everybody may publish, until an outlet tells it', () => {
    const own = article('大模型智能体的记忆', { url: 'https://dev.to/someone/memory' });
    const [alone, told] = judge([file([own]), file([own, article('大模型智能体的记忆')])]);
    const why = (verdict: Verdict | undefined) =>
      verdict?.worth.parts.find(({ signal }) => signal.startsWith('只见于'))?.weight;
    assert.deepEqual([why(alone), why(told)], [worth.selfPublished.points, undefined]);
  });

  it('is the sum of the parts it shows', () => {
    const { worth: found } = judgeOne(
      article('Claude 5.1 发布：HN 上的反应', { text: 'HN 400分 · 20条评论' }),
    );
    const sum = found.parts.reduce((total, part) => total + part.weight, 0);
    assert.ok(Math.abs(sum - found.score) < 0.06);
    assert.ok(found.parts.some((part) => part.signal.includes('热度 400')));
  });
});

describe("the editor's files", () => {
  it('give each spelling to one name only', () => {
    const owners = new Map<string, string>();
    for (const name of names.names) {
      for (const spelling of spellingsOf(name)) {
        const key = name.exact === true ? spelling : spelling.toLowerCase();
        assert.ok(
          (owners.get(key) ?? name.name) === name.name,
          `${spelling}: ${owners.get(key)}, ${name.name}`,
        );
        owners.set(key, name.name);
      }
    }
  });

  it('name companies that exist in the table', () => {
    const known = new Set(names.names.map((name) => name.name));
    for (const name of names.names) assert.ok(name.of === undefined || known.has(name.of), name.of);
  });

  it('know the five sections of the daily, each with a worth', () => {
    assert.deepEqual(
      sections.sections.map((section) => section.name),
      ['新闻资讯', '产品应用', '推荐文章', '开源动态', '算法论文'],
    );
    for (const section of sections.sections) assert.ok(section.name in worth.sections, section.name);
  });
});

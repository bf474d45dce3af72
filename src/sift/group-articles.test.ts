import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Article } from '../domain/article.ts';
import type { StoryFile } from '../domain/story.ts';
import { createFeatureReader } from '../text/features.ts';
import { createNameFinder, type Name } from '../text/names.ts';
import { createSegmenter } from '../text/segment.ts';
import { groupArticles } from './group-articles.ts';
import { backgroundSchema, sameEventSchema } from './sift-models.ts';

const name = (canonical: string, ...aliases: string[]): Name => ({
  name: canonical,
  kind: 'company',
  ai: 3,
  fame: 2,
  aliases,
});

const tools = {
  readFeatures: createFeatureReader({
    segment: createSegmenter(['灯笼智能', '蒲公英云']),
    findNames: createNameFinder([
      name('Lantern', '灯笼智能'),
      name('Dandelion', '蒲公英云'),
      name('Otter'),
      { ...name('Wick'), kind: 'product', of: 'Lantern' },
    ]),
    concepts: [
      ['收购', '买下', 'acquires'],
      ['融资', 'raises'],
    ],
    common: new Set([
      '人工智能',
      '大模型',
      '模型',
      '发布',
      '推出',
      '智能体',
      '全新',
      '公司',
      'new',
      'model',
      'the',
    ]),
  }),
  isRoundup: (article: Article) => article.title.includes('早报'),
  isInvitation: (article: Article) => article.title.includes('报名'),
};

const weights = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8'));
const models = {
  background: backgroundSchema.parse(weights('background')),
  sameEvent: sameEventSchema.parse(weights('same-event')),
  noise: { models: {}, words: {} },
  sections: { models: {}, words: {} },
};

const HOUR = 3_600_000;
const DAY_START = Date.UTC(2026, 4, 20);
let count = 0;

function article(title: string, more: Partial<Article> & { text?: string } = {}): Article {
  count += 1;
  const { text = '', ...rest } = more;
  const id = count.toString(16).padStart(16, '0');
  return {
    id,
    identity: `url:example.com/${id}`,
    sourceId: `source-${count}`,
    publisher: `刊物${count}`,
    url: `https://example.com/${id}`,
    title,
    language: 'zh',
    publishedAt: DAY_START + count * 60_000,
    firstSeenAt: DAY_START + count * 60_000 + 1000,
    excerpt: '',
    tags: [],
    body: { kind: 'feed', text, why: '' },
    ...rest,
  };
}

/** Ids of the stories' articles, story by story. */
function grouped(fresh: Article[], open: StoryFile[] = []): string[][] {
  return groupArticles({ fresh, open, tools, models }).stories.map((story) =>
    story.joins.map((join) => join.articleId),
  );
}

function together(...articles: Article[]): boolean {
  return grouped(articles).length === 1;
}

describe('one event, one story', () => {
  it('puts two outlets that tell one purchase together, and says why', () => {
    const one = article('灯笼智能宣布以60亿美元收购蒲公英云');
    const other = article('60亿美元！蒲公英云被灯笼智能收购');
    const [story, ...rest] = groupArticles({ fresh: [one, other], open: [], tools, models }).stories;
    assert.equal(rest.length, 0);
    assert.equal(story?.id, `s${one.id}`);
    const [first, second] = story?.joins ?? [];
    assert.equal(first?.kind, 'first');
    assert.equal(second?.kind, 'same-event');
    assert.match(second?.reasons.join('；') ?? '', /Lantern/);
    assert.match(second?.reasons.join('；') ?? '', /收购/);
  });

  it('joins what two companies have with each other, told in other words', () => {
    const court = '法庭外的院子里种着竹子，旁听的人从清晨排到中午，书记员数了三遍座位。';
    const past = '那年渡口的茶馆还没有关门，两位创始人在账本背面写下了第一份合同，墨迹至今没有褪色。';
    const sued = article('灯笼智能把Otter告上法庭，索赔六千万', { text: court.repeat(2) });
    assert.ok(
      together(sued, article('账本背面的合同：Otter、灯笼智能与茶馆的十年', { text: past.repeat(2) })),
    );
    assert.ok(!together(sued, article('账本背面的合同：灯笼智能与茶馆的十年', { text: past.repeat(2) })));
  });

  it('meets across languages by names, numbers and versions', () => {
    const zh = article('灯笼智能以60亿美元收购蒲公英云');
    const en = article('Lantern acquires Dandelion for $6 billion', { language: 'en' });
    assert.ok(together(zh, en));
  });

  it('meets across languages by a new name that both titles have', () => {
    const zh = article('Quillowtap——备课软件');
    assert.ok(together(zh, article('Quillowtap: lesson plans', { language: 'en' })));
    assert.ok(!together(zh, article('Software: lesson plans', { language: 'en' })));
  });

  it('keeps apart what two companies do, each in its own title', () => {
    const one = article('灯笼智能质检机器人进厂一年：工人怎么看');
    assert.ok(!together(one, article('Otter质检机器人价格战开打')));
    assert.ok(together(one, article('灯笼智能质检机器人价格战开打')));
  });

  it('meets across languages by clock times and lengths of time', () => {
    const zh = article('蒲公英云宕机3小时40分', {
      text: '蒲公英云南区凌晨2时14分发生故障，到5时54分恢复，历时3小时40分。',
    });
    const en = article('A routing push took Dandelion down for 3 hours 40 minutes', {
      language: 'en',
      text: 'Dandelion lost storage in its southern region from 02:14 to 05:54 on Tuesday.',
    });
    assert.ok(together(zh, en));
  });

  it('does not meet across languages over a product and its maker alone', () => {
    const zh = article('灯笼智能的Wick悄悄换了门面');
    const en = article('Lantern Wick, evaluated', { language: 'en' });
    assert.ok(!together(zh, en));
  });

  it('meets over the paper that both are about, however differently they tell it', () => {
    const told = article('预填充快了五倍多，秘密在中继点', {
      body: {
        kind: 'page',
        text: '临江大学的一组人换了个思路：先挑出中继点，再让其余的词只看它们。',
        extractor: 'test',
        cites: ['https://arxiv.org/abs/2603.00042'],
      },
    });
    const paper = article('Sparse Relay Attention', {
      language: 'en',
      url: 'https://arxiv.org/abs/2603.00042',
      text: 'We present an attention mechanism for prefilling with relay points.',
    });
    const other = article('Forgetting One Book', {
      language: 'en',
      url: 'https://arxiv.org/abs/2603.00043',
      text: 'We study unlearning with relay points of attention for prefilling.',
    });
    assert.deepEqual(
      grouped([paper, other, told])
        .map((ids) => ids.length)
        .toSorted(),
      [1, 2],
    );
    const [story] = groupArticles({ fresh: [paper, told], open: [], tools, models }).stories;
    assert.match(story?.joins[1]?.reasons[0] ?? '', /同引 arxiv:2603\.00042/);
  });

  it('knows a repost by its title', () => {
    const one = article('灯笼智能的下一步棋该怎么走？');
    const other = article('灯笼智能的下一步棋，该怎么走');
    const [story] = groupArticles({ fresh: [one, other], open: [], tools, models }).stories;
    assert.deepEqual(story?.joins[1], {
      articleId: other.id,
      kind: 'repost',
      score: 1,
      reasons: ['标题相同'],
    });
  });

  it('knows the same text under another title', () => {
    const sentences = Array.from(
      { length: 12 },
      (_, at) => `第${at}段说明机器在仓库${at}号门如何学会搬运货物与避让行人。`,
    );
    const one = article('仓库里的新同事', { text: sentences.join('') });
    const other = article('搬运工，换了', { text: `${sentences.join('')}（转载）` });
    const [story] = groupArticles({ fresh: [one, other], open: [], tools, models }).stories;
    assert.match(story?.joins[1]?.kind ?? '', /repost|near-duplicate/);
  });

  it('joins a bare pointer to the piece it points to', () => {
    const one = article('Otter explains its memory layout', { url: 'https://otter.example/blog/memory' });
    const other = article('水獭的内存布局', { text: '392分 · 17条评论 · https://otter.example/blog/memory' });
    assert.ok(together(one, other));
  });
});

describe('what never joins', () => {
  it('keeps two versions of one model apart', () => {
    const title = (version: string) => `灯笼智能发布 Lumen ${version}，长文本榜单登顶，价格减半`;
    assert.ok(together(article(title('4.5')), article(`${title('4.5')}，开发者拍手`)));
    assert.ok(!together(article(title('4')), article(title('4.5'))));
  });

  it('keeps two papers apart, however alike their titles', () => {
    const paper = (id: string) =>
      article('面向仓库机器人的世界模型规划', { url: `https://arxiv.org/abs/${id}` });
    assert.ok(!together(paper('2601.00001'), paper('2601.00002')));
  });

  it('does not join pieces that share only the words of the field', () => {
    assert.ok(!together(article('某公司发布全新大模型'), article('人工智能公司推出全新智能体模型')));
  });

  it('does not join two short titles for one rare word', () => {
    assert.ok(!together(article('夜空极光摄影'), article('极光咖啡开业')));
  });

  it('does not join two instalments of one column that differ in the day of the week', () => {
    const [monday, tuesday] = ['Security updates for Monday', 'Security updates for Tuesday'];
    assert.equal(
      grouped([
        article(monday, { sourceId: 'herald', language: 'en' }),
        article(tuesday, { sourceId: 'herald', language: 'en' }),
      ]).length,
      2,
    );
  });

  it('does not take the name of a missing title for a title', () => {
    const texts = ['灯笼智能宣布在海边建一座数据中心', '河狸出版社招募漫画译者，报名到月底为止'];
    assert.equal(grouped(texts.map((text) => article('<translated_title>', { text }))).length, 2);
  });

  it('does not call a recording a repost of the page that shares its teaser', () => {
    const text =
      'A lighthouse keeper talks about forty years of fog, gulls and letters that came too late. '.repeat(2);
    const own = { sourceId: 'gazette', language: 'en' as const, text };
    const { stories } = groupArticles({
      fresh: [article('Forty years in a lighthouse', own), article('Listen: what the fog taught her', own)],
      open: [],
      tools,
      models,
    });
    const kinds = stories.flatMap(({ joins }) => joins.map(({ kind }) => kind));
    assert.ok(!kinds.includes('repost') && !kinds.includes('near-duplicate'), kinds.join());
  });

  it('does not join two events of one company', () => {
    assert.ok(!together(article('灯笼智能收购蒲公英云'), article('灯笼智能员工食堂开张，厨师来自北方小城')));
  });

  it('never joins a report with an invitation to talk about it', () => {
    assert.ok(
      !together(article('灯笼智能以60亿美元收购蒲公英云'), article('报名：灯笼智能以60亿美元收购蒲公英云')),
    );
  });

  it('never joins a digest with one of the events it lists', () => {
    assert.ok(
      !together(article('灯笼智能以60亿美元收购蒲公英云'), article('早报：灯笼智能以60亿美元收购蒲公英云')),
    );
  });
});

describe('stories over days', () => {
  const opener = article('灯笼智能以60亿美元收购蒲公英云');
  const open: StoryFile = {
    story: {
      id: `s${opener.id}`,
      openedAt: opener.firstSeenAt,
      joins: [{ articleId: opener.id, kind: 'first', score: 1, reasons: [] }],
    },
    articles: [opener],
  };

  it('lets a later telling join the open story, which keeps its id and its joins', () => {
    const later = article('60亿美元收购案：灯笼智能拿下蒲公英云', { publishedAt: DAY_START + 20 * HOUR });
    const { stories } = groupArticles({ fresh: [later], open: [open], tools, models });
    assert.equal(stories.length, 1);
    assert.equal(stories[0]?.id, open.story.id);
    assert.deepEqual(stories[0]?.joins[0], open.story.joins[0]);
  });

  it('takes after days only what is plainly alike', () => {
    const bamboo =
      '竹子三年成林，渡口改成了茶馆，访客可以预约。首批一百名访客来自附近的学校，茶馆的师傅教他们编竹篮、烧水、认鸟。';
    const joins = (publishedAt: number, title: string, text = '') => {
      const fresh = [article(title, { publishedAt, text })];
      const { stories } = groupArticles({ fresh, open: [open], tools, models, options: { lean: -0.5 } });
      return stories[0]?.id === open.story.id;
    };
    const at = [DAY_START + 20 * HOUR, DAY_START + 120 * HOUR];
    const plain = at.map((one) => joins(one, '60亿美元收购案：灯笼智能拿下蒲公英云'));
    const vague = at.map((one) =>
      joins(one, '北方小城的旧渡口被灯笼智能收购，竹林和茶馆明年开放，访客可以预约', bamboo + bamboo),
    );
    assert.deepEqual(
      [plain, vague],
      [
        [true, true],
        [true, false],
      ],
    );
  });

  it('gives back only stories that are new or changed', () => {
    const other = article('水獭乐队的夏天');
    assert.deepEqual(grouped([other], [open]), [[other.id]]);
    assert.deepEqual(grouped([opener], [open]), []);
  });
});

it('groups the same articles alike in whatever order they were collected', () => {
  const fresh = [
    article('灯笼智能以60亿美元收购蒲公英云'),
    article('60亿美元！蒲公英云被灯笼智能收购'),
    article('Lantern acquires Dandelion for $6 billion'),
    article('Otter raises $300 million'),
    article('Otter 融资 3 亿美元'),
    article('水獭乐队的夏天'),
  ];
  const expected = grouped(fresh);
  fc.assert(
    fc.property(fc.shuffledSubarray(fresh, { minLength: fresh.length }), (order) => {
      assert.deepEqual(grouped(order), expected);
    }),
    { numRuns: 30 },
  );
});

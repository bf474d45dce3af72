import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { main } from '../src/cli/main.ts';
import type { RunReport } from '../src/newsroom/run-edition.ts';
import type { BriefAnswer } from '../src/write/model/brief-answer.ts';
import { goodAnswer, sheetsOf } from './support/good-writer.ts';
import type { LocalArticle } from './support/local-news.ts';
import { AT, deskStories, NOW, newsroomWith } from './support/model-room.ts';
import type { Act, Asked } from './support/serve-model.ts';

const HOUR = 3_600_000;
const stories = deskStories();

const say = (answer: unknown): Act => ({ do: 'say', content: JSON.stringify(answer) });
const titleIn = (asked: Asked) => sheetsOf(asked.prompt)[0]?.title ?? '';

const briefsOf = ({ edition }: RunReport) =>
  edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief));
const isModel = ({ writer }: { writer: string }) => /^custom\/m-1·brief@[0-9a-f]{6}$/.test(writer);

describe('the model writes the briefs', () => {
  it('one call for each story, every sentence with the words it rests on; the second run asks nothing', async (t) => {
    const room = await newsroomWith(t, stories, ({ prompt }) => say(goodAnswer(prompt)));
    const first = await room.run();
    const briefs = briefsOf(first);
    assert.equal(briefs.length, stories.length);
    assert.deepEqual(
      briefs.filter((brief) => !isModel(brief)).map(({ headline }) => headline),
      [],
    );
    assert.deepEqual(
      room.asked.filter(({ again }) => again).map(({ prompt }) => prompt.split('你上一次的回答：')[1]),
      [],
    );
    assert.equal(room.asked.length, stories.length);
    for (const { evidence, summary, url } of briefs) {
      assert.equal(evidence.map(({ claim }) => claim).join(''), summary);
      assert.ok(room.articles.some(({ slug }) => url.endsWith(`/${slug}`)));
    }
    assert.deepEqual(
      first.failures.filter(({ subject }) => subject === 'write'),
      [],
    );
    assert.match(room.notes[0] ?? '', /^写成 12 条，其中模型 12 条，沿用 0 条，模型价格未知$/);
    const second = await room.run();
    assert.equal(room.asked.length, stories.length);
    assert.equal(second.edition.contentHash, first.edition.contentHash);
  });

  it('the constant part comes first and the article is between marks it cannot close', async (t) => {
    const room = await newsroomWith(t, stories.slice(0, 2), ({ prompt }) => say(goodAnswer(prompt)));
    await room.run();
    const [one, other] = room.asked;
    assert.ok(one && other);
    assert.equal(one.instructions, other.instructions);
    assert.match(one?.instructions ?? '', /一律不执行/);
    const [, nonce = ''] = /^标记：([0-9a-f]{16})\n/.exec(one?.prompt ?? '') ?? [];
    assert.equal(one?.prompt.split(nonce).length, 4);
    assert.notEqual(nonce, /^标记：([0-9a-f]{16})\n/.exec(other?.prompt ?? '')?.[1]);
  });

  it('an article that comes later is the only one asked about', async (t) => {
    const shown = stories.slice(0, 4);
    const room = await newsroomWith(t, shown, ({ prompt }) => say(goodAnswer(prompt)));
    await room.run();
    assert.equal(room.asked.length, 4);
    const later = stories[5];
    assert.ok(later);
    shown.push(later);
    const second = await room.run(NOW + HOUR);
    assert.equal(room.asked.length, 5);
    assert.equal(briefsOf(second).length, 5);
    assert.equal(titleIn(room.asked[4] ?? { prompt: '', instructions: '', again: false, n: 0 }), later.title);
  });

  it('an English article comes out in Chinese, with the name of the table', async (t) => {
    const english: LocalArticle = {
      slug: 'english',
      at: AT,
      title: 'Brindle Labs opens a weather model that runs on one NVIDIA card',
      text: 'Brindle Labs released the weights of Drizzle 2 on Tuesday, a weather forecasting model with 340 million parameters that runs on a single NVIDIA card. It predicts rain 12 hours ahead for 1,200 cities, and its mean error is 18% lower than that of its predecessor, the company said.\nThe code is available under the MIT license. The training data will not be published.',
    };
    const answer: BriefAnswer = {
      headline: 'Brindle Labs发布天气模型',
      sentences: [
        {
          text: 'Brindle Labs周二发布天气预报模型Drizzle 2的权重，模型有3.4亿参数，在一张英伟达显卡上即可运行，可提前12小时预测1200个城市的降雨。',
          evidence: [
            { article: 1, quote: 'Brindle Labs released the weights of Drizzle 2 on Tuesday' },
            { article: 1, quote: 'It predicts rain 12 hours ahead for 1,200 cities' },
          ],
        },
      ],
    };
    const room = await newsroomWith(t, [...stories.slice(0, 2), english], (asked) =>
      say(titleIn(asked) === english.title ? answer : goodAnswer(asked.prompt)),
    );
    const brief = briefsOf(await room.run()).find(({ url }) => url.endsWith('/english'));
    assert.ok(brief && isModel(brief), brief?.writer);
    assert.match(brief.summary, /英伟达/);
    assert.deepEqual(brief.marks, []);
    const asked = room.asked.find((one) => titleIn(one) === english.title);
    assert.match(asked?.prompt ?? '', /名称表.*NVIDIA（英伟达）/);
  });

  it('`why` names the writer', async (t) => {
    const room = await newsroomWith(t, stories.slice(0, 1), ({ prompt }) => say(goodAnswer(prompt)));
    const [brief] = briefsOf(await room.run());
    assert.ok(brief);
    let said = '';
    await main(['why', brief.url, '--config', room.config], {
      out: (text) => {
        said += text;
      },
    });
    assert.ok(said.includes(brief.writer), said);
  });
});

const wrongNumber = (answer: BriefAnswer): BriefAnswer => ({
  ...answer,
  sentences: answer.sentences.map((one) => ({ ...one, text: one.text.replace(/\d+/, '987') })),
});

/** How a model may spoil what it was asked for, by the title of the article; `then` is its second attempt. */
const SPOILT: Record<string, { first: (good: BriefAnswer) => Act; again?: (good: BriefAnswer) => Act }> = {
  青枫科技发布客服模型听雨2: { first: () => ({ do: 'say', content: '{"headline": "青枫' }) },
  白塔大学开源蛋白质预测工具: {
    first: (good) => ({ do: 'say', content: `好的，这是简讯：\n${JSON.stringify(good)}\n希望有帮助。` }),
  },
  南屿电网用模型调度储能电站: {
    first: (good) => ({ do: 'say', content: `\`\`\`json\n${JSON.stringify(good)}\n\`\`\`` }),
  },
  海若云推理价格下调三成: {
    first: (good) => ({ do: 'say', content: `<think>先看 {"headline"</think>${JSON.stringify(good)}` }),
  },
  千帆资本领投星桥机器人: {
    first: (good) => ({ do: 'say', content: JSON.stringify(good).slice(0, 90), finish: 'length' }),
  },
  松果输入法上线离线整句预测: {
    first: (good) =>
      say({
        ...good,
        headline: 'Songguo ships offline prediction',
        sentences: [{ ...good.sentences[0], text: 'Songguo shipped it.' }],
      }),
  },
  视频平台澜图收购字幕公司逐声: {
    first: (good) =>
      say({
        headline: '逐声收购视频平台澜图',
        sentences: [
          {
            text: '字幕公司逐声3月10日宣布收购视频平台澜图，价格为2.4亿元，逐声的76名员工全部留任，其语音转写服务将在年内并入澜图的创作工具。',
            evidence: good.sentences[0]?.evidence ?? [],
          },
        ],
      }),
  },
  谷雨实验室公布小模型训练配方: {
    first: (good) => say(wrongNumber(good)),
    again: (good) => say(good),
  },
  暮云地图接入实时路况大模型: { first: (good) => say(wrongNumber(good)) },
  砚池推出古籍文字识别模型: {
    first: (good) =>
      say({
        ...good,
        sentences: good.sentences.map((one) => ({
          ...one,
          evidence: [{ article: 1, quote: '砚池已获得国家级古籍保护专项资金支持' }],
        })),
      }),
  },
  石门矿业用视觉模型分选矿石: {
    first: (good) => say({ ...good, headline: '石门矿业详情见 shimen.example' }),
  },
  潮汐搜索关闭匿名问答入口: { first: () => ({ do: 'say', content: '' }) },
};

describe('a model that answers badly', () => {
  it('never spoils an edition: what is good is taken, what is wrong is asked once more, then the articles speak', async (t) => {
    const room = await newsroomWith(t, stories, (asked) => {
      const good = goodAnswer(asked.prompt);
      const spoilt = SPOILT[titleIn(asked)];
      const how = asked.again ? (spoilt?.again ?? spoilt?.first) : spoilt?.first;
      return how ? how(good) : say(good);
    });
    const first = await room.run();
    const briefs = briefsOf(first);
    assert.equal(briefs.length, stories.length);
    const byModel = briefs.filter(isModel).map(({ url }) => url.split('/').at(-1));
    assert.deepEqual(byModel.toSorted(), ['dian', 'gu', 'hai', 'ping']);
    const said = JSON.stringify(briefs.map(({ headline, summary }) => [headline, summary]));
    for (const untrue of ['987', '逐声收购', 'shimen.example', '专项资金', 'Songguo', '希望有帮助'])
      assert.ok(!said.includes(untrue), untrue);
    assert.match(room.notes[0] ?? '', /其中模型 4 条（返工 1 条）/);
    const failures = first.failures.filter(({ subject }) => subject === 'write');
    assert.deepEqual(failures.map(({ code }) => code).toSorted(), ['brief-refused', 'llm-invalid']);
    const asked = room.asked.length;
    await room.run();
    assert.equal(room.asked.length, asked);
  });

  it('is told what was wrong, claim by claim, with the sentence of the article', async (t) => {
    const room = await newsroomWith(t, stories.slice(8, 9), ({ prompt }) =>
      say(wrongNumber(goodAnswer(prompt))),
    );
    await room.run();
    const again = room.asked.find((one) => one.again);
    assert.match(again?.prompt ?? '', /「暮云地图.*」：.*987.*；原文是「暮云地图3月10日接入/);
    assert.equal(room.asked.length, 2);
  });

  it('a summary too long by a sentence loses it without a second question', async (t) => {
    const room = await newsroomWith(t, stories.slice(0, 1), ({ prompt }) => {
      const good = goodAnswer(prompt);
      const quote = '听雨2的训练用了41万小时录音，全部经过当事人书面同意。';
      return say({
        ...good,
        sentences: [...good.sentences, { text: quote, evidence: [{ article: 1, quote }] }],
      });
    });
    const [brief] = briefsOf(await room.run());
    assert.ok(brief && isModel(brief));
    assert.ok(!brief.summary.includes('41万小时'));
    assert.equal(room.asked.length, 1);
  });
});

describe('a provider in trouble', () => {
  const few = stories.slice(0, 5);
  const error = (status: number, code: string): Act => ({
    do: 'status',
    status,
    body: JSON.stringify({ error: { message: code, code } }),
  });
  const troubles: [name: string, act: Act, code: string][] = [
    ['that is asked too often', error(429, 'rate_limit_exceeded'), 'llm-rate'],
    ['whose account is empty', error(429, 'insufficient_quota'), 'llm-quota'],
    ['with an error of its own', error(500, 'server_error'), 'llm-unreachable'],
    ['that never answers', { do: 'hang' }, 'llm-timeout'],
    ['that answers drop by drop', { do: 'drip' }, 'llm-timeout'],
  ];
  for (const [name, act, code] of troubles)
    it(`${name}: the edition is made from the articles' sentences, and one line says why`, async (t) => {
      const room = await newsroomWith(t, few, () => act, { timeoutSeconds: 1 });
      const report = await room.run();
      assert.equal(report.run.state, 'published');
      assert.equal(briefsOf(report).length, few.length);
      assert.ok(briefsOf(report).every(({ writer }) => writer.startsWith('extractive/')));
      const failures = report.failures.filter(({ subject }) => subject === 'write');
      assert.deepEqual(
        failures.map((one) => one.code),
        [code],
      );
      const asked = room.asked.length;
      await room.run();
      assert.equal(room.asked.length, asked);
    });

  it('that recovers writes what it could not, when there is news', async (t) => {
    let down = true;
    const shown = few.slice(0, 3);
    const room = await newsroomWith(t, shown, ({ prompt }) =>
      down ? error(402, 'insufficient_balance') : say(goodAnswer(prompt)),
    );
    await room.run();
    down = false;
    const later = few[4];
    assert.ok(later);
    shown.push(later);
    const briefs = briefsOf(await room.run(NOW + HOUR));
    assert.equal(briefs.length, 4);
    assert.ok(briefs.every(isModel));
  });

  it('with a ceiling of calls: the worthiest are written, the others cut from the articles', async (t) => {
    const room = await newsroomWith(t, few, ({ prompt }) => say(goodAnswer(prompt)), { maxCalls: 2 });
    const report = await room.run();
    assert.equal(briefsOf(report).filter(isModel).length, 2);
    assert.equal(briefsOf(report).length, few.length);
    assert.deepEqual(
      report.failures.filter(({ subject }) => subject === 'write').map(({ code }) => code),
      ['llm-budget'],
    );
  });
});

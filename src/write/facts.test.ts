import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fail, hold, PUBLISHED, problems } from '../../test/support/claims.ts';
import { desk } from '../../test/support/invented-desk.ts';
import { checkFacts } from './facts.ts';

describe('a number in a brief', () => {
  it('may be written another way', () =>
    hold([
      ['青石融资5000亿美元', '青石融资5,000亿美元。'],
      ['青石融资5000亿美元', '青石融资$500 billion。'],
      ['青石融资5000亿美元', 'Bluestone raised 500 billion dollars.'],
      ['约三成用户离开', '约30%的用户离开。'],
      ['速度是前代的1.5倍', '速度是前代的一点五倍。'],
      ['售价三千二百万元', '售价3200万元。'],
      ['青石售出５０００万台', '青石售出5,000万台。'],
      ['参数为70亿', '模型有7B参数，规模不大。'],
      ['青石招聘10至20人', '青石招聘10-20人。'],
      ['青石融资10-20亿美元', '青石融资10亿至20亿美元。'],
      ['今明两年收入300亿美元和620亿美元', '今明两年收入分别为300亿和620亿美元。'],
      ['半数用户离开', '一半用户离开。'],
      ['三分之一用户离开', '33.3%的用户离开。'],
      ['有效期24小时', '有效期1天。'],
    ]));

  it('is wrong when it is another', () =>
    fail('number', [
      ['青石融资6000亿美元', '青石融资5000亿美元。'],
      ['用户增长12%', '用户增长21%。'],
      ['支持15张参考图', '支持9张参考图。'],
      ['三款模型开源', '两款模型开源。'],
      ['Bluestone cut 14 jobs', 'Bluestone cut 40 jobs.'],
      ['200万用户可用', '1,200万用户可用。'],
    ]));

  it('is wrong in another unit or currency', () =>
    fail('unit', [
      ['青石融资5000亿元', '青石融资5000亿美元。'],
      ['青石融资5000万美元', '青石融资5000亿美元。'],
      ['占比提升41%', '占比提升41个百分点。'],
      ['任务耗时20小时', '任务耗时20分钟。'],
    ]));

  it('may lose 约 and 超, but not turn them round', () => {
    hold([
      ['用户200万', '用户约200万。'],
      ['用户200万', '用户超200万。'],
      ['用户超1200万', '用户达1234万。'],
      ['用户近50%', '用户占48%。'],
    ]);
    fail('number', [
      ['用户超200万', '用户近200万。'],
      ['用户不到200万', '用户超200万。'],
      ['用户超1300万', '用户达1234万。'],
    ]);
  });

  it('is not a month, nor a month a number of months', () => {
    fail('date', [['模型3月发布', '模型3个月前发布。']]);
    fail('number', [['模型3个月后发布', '模型3月发布。']]);
  });

  it('that says nothing exact is none', () =>
    hold([
      ['数十亿次调用', '海量调用，次数以亿计。'],
      ['7×24小时在线', '全天候在线，7x24小时。'],
      ['突破十亿用户', '周活跃用户突破10亿周活大关。'],
    ]));
});

describe('a date in a brief', () => {
  it('may be said from the day of publishing', () =>
    hold([
      ['青石昨天发布模型', '青石3月9日发布模型。'],
      ['青石3月9日发布模型', '青石昨日发布模型。'],
      ['青石周三发布模型', '青石3月11日发布模型。'],
      ['本月5日开售', '3月5日开售。'],
      ['3月10日发布模型', 'The model was released on March 10.'],
      ['去年发布', '2025年发布。'],
      ['第四季度营收增长', 'Q4营收增长。'],
      ['青石3月发布模型', '青石3月9日发布模型。'],
    ]));

  it('is wrong when it is another, or more exact than the source', () =>
    fail('date', [
      ['青石昨天发布模型', '青石3月8日发布模型。'],
      ['3月11日发布模型', 'The model was released on March 10.'],
      ['青石3月9日发布模型', '青石3月发布模型。'],
      ['青石2027年发布模型', '青石2026年发布模型。'],
      ['青石明天发布模型', '青石昨天发布模型。'],
    ]));
});

describe('a name in a brief', () => {
  it('may stand in the other script', () =>
    hold([
      ['青石发布Lumen', 'Bluestone released Lumen today.'],
      ['流明发布', 'Lumen发布。'],
      ['美国用户可用', 'It is available in the US.'],
    ]));

  it('must stand in the source', () => {
    fail('name', [
      ['青石发布Tidal', '青石发布Lumen。'],
      ['流明发布新版', '青石发布新版。'],
      ['日本用户可用', '韩国用户可用。'],
      ['他在《近岸》里说', '他在《远帆》里说。'],
    ]);
  });

  it('has its own version', () => {
    hold([
      ['Lumen 4.5发布', 'Lumen-4.5发布。'],
      ['Lumen 4发布', '青石的Lumen4今天发布。'],
    ]);
    fail('version', [
      ['Lumen 4发布', 'Lumen 4.5发布。'],
      ['Lumen 4.5发布', 'Lumen发布。'],
      ['流明5.0发布', '流明4.0发布。'],
    ]);
  });
});

describe('a denial or a doubt', () => {
  it('does not vanish', () => {
    fail('negation', [
      ['青石发布模型', '青石没有发布模型。'],
      ['新版支持视频', '新版不支持视频。'],
      ['Bluestone released a model', 'Bluestone has not released a model.'],
    ]);
    fail('modality', [
      ['青石收购远帆', '青石拟收购远帆。'],
      ['青石上市', '据传青石上市。'],
      ['青石开源模型', '青石可能开源模型。'],
      ['Bluestone bought Tidal', 'Bluestone plans to buy Tidal.'],
    ]);
  });

  it('does not appear', () => {
    fail('negation', [
      ['青石否认收购远帆', '青石收购了远帆。'],
      ['新版不支持视频', '新版支持视频。'],
      ['Bluestone denies the report', 'Bluestone confirmed the report.'],
      ['青石没有宣布，新版支持视频', '青石宣布，新版支持视频。'],
      ['青石未宣布新版上线', '青石宣布新版上线。'],
    ]);
    fail('modality', [
      ['青石拟收购远帆', '青石收购了远帆。'],
      ['青石或收购远帆', '青石收购了远帆。'],
      ['据传青石上市', '青石上市了。'],
      ['青石将收购远帆', '青石已收购远帆。'],
      ['Bluestone may buy Tidal', 'Bluestone bought Tidal.'],
    ]);
  });

  it('may be said in other words', () =>
    hold([
      ['新版未能超越灯塔', '新版的推理能力落后于灯塔。'],
      ['青石不提供接口', '青石尚无计划开源模型权重或提供接口。'],
      ['青石未在发布会上公布价格', '青石在发布会上没有公布价格。'],
    ]));

  it('is not seen in words that only look like one', () =>
    hold([
      ['青石泄露未公开功能', '青石泄露了一批功能。'],
      ['青石推出漏洞赏金计划', '青石推出了一项漏洞赏金项目。'],
      ['青石推出虚拟人', '青石推出虚拟人产品。'],
      ['青石测试新模型', '青石测试新模型，据称速度仍落后。'],
      ['青石将文本转为语音', '青石把文本转为语音。'],
      ['用户可创建或发布应用', '用户可以创建应用，也可以发布应用。'],
      ['青石不断更新模型', '青石更新模型。'],
      ['青石推出无人机', '青石推出一款飞行器，即无人机。'],
    ]));
});

describe('a direction', () => {
  it('does not turn round', () =>
    fail('direction', [
      ['营收增长12%', '营收下滑12%。'],
      ['价格上调', '价格下调。'],
      ['显存占用上升', '显存占用下降。'],
      ['Revenue fell 12%', 'Revenue rose 12%.'],
    ]));

  it('may be said in another word', () =>
    hold([
      ['营收增长12%', '营收上涨12%。'],
      ['Revenue rose 12%', 'Revenue grew 12%.'],
      ['准确率提升、成本下降', '成本降低，准确率提高。'],
      ['在提升准确率的同时大幅降低了显存消耗', '平均准确率提升11%，显存消耗减少24%。'],
      ['Lumen的词错率低于同类产品', 'Lumen的词错率表现优于同类产品。'],
    ]));
});

describe('who did it to whom', () => {
  it('does not change sides', () =>
    fail('parties', [
      ['青石收购远帆', '远帆宣布收购青石。'],
      ['青石起诉Tidal', 'Tidal起诉青石。'],
      ['青石被远帆收购', '青石收购远帆。'],
      ['Lumen发布青石', '青石发布Lumen。'],
      ['Bluestone acquires Tidal', 'Tidal acquires Bluestone.'],
      ['Bluestone was acquired by Tidal', 'Bluestone acquired Tidal.'],
      ['青石为Harbor推出了Lumen文件库功能', '青石宣布在Lumen里加入名为Harbor文件库的新功能。'],
      ['Tidal推出云上版青石产品', '青石推出云上版Tidal产品，用户可以抢先体验。'],
    ]));

  it('may name a firm and what is named after it', () =>
    hold([
      ['Reka发布多模态模型Reka Edge', 'Reka官方发布了多模态模型Reka Edge，专为边缘场景设计。'],
      ['青石发布并开源Lumen世界模型', '青石Lumen团队日前发布并开源了世界模型。'],
    ]));

  it('may be said passively', () =>
    hold([
      ['青石被远帆收购', '远帆收购青石。'],
      ['青石由Tidal投资', 'Tidal投资青石。'],
      ['Tidal was acquired by Bluestone', 'Bluestone acquired Tidal.'],
    ]));
});

describe('a quotation', () => {
  it('stands letter by letter', () => {
    hold([['他说“我们不会卖掉它”', '他在会上说：“我们不会卖掉它。”']]);
    fail('quotation', [['他说“我们不卖它”', '他在会上说：“我们不会卖掉它。”']]);
  });
});

describe('a checked brief', () => {
  const article = {
    id: 'a',
    title: '青石发布远帆3',
    text: '青石今天发布远帆3。它有120亿参数。',
    publishedOn: PUBLISHED,
  };

  it('says for each claim which sentence of which article it rests on', () => {
    const other = { id: 'b', title: '远帆3上手', text: '远帆3的权重可以下载。' };
    const brief = { headline: '青石发布远帆3', summary: '它有120亿参数。远帆3的权重可以下载。' };
    assert.deepEqual(checkFacts(brief, [article, other], desk.facts), [
      { claim: '青石发布远帆3', ok: true, sentence: '青石发布远帆3', sourceId: 'a' },
      { claim: '它有120亿参数。', ok: true, sentence: '它有120亿参数。', sourceId: 'a' },
      { claim: '远帆3的权重可以下载。', ok: true, sentence: '远帆3的权重可以下载。', sourceId: 'b' },
    ]);
  });

  it('says what the source says in the place of what is wrong', () => {
    const [claim] = checkFacts({ headline: '', summary: '它有130亿参数。' }, [article], desk.facts);
    assert.ok(claim && !claim.ok);
    assert.equal(claim.problems[0]?.said, '130亿');
  });

  it('has no claim that nobody speaks of', () =>
    assert.deepEqual(problems('天气很好', article.text), ['unsupported']));

  it('without sources rests on nothing', () => {
    const [claim] = checkFacts({ headline: '青石发布远帆3', summary: '' }, [], desk.facts);
    assert.equal(claim?.ok, false);
  });
});

const subject = fc.constantFrom('青石', '远帆', '灯塔公司', 'Tidal');
const deed = fc.constantFrom('发布模型', '融资', '裁员', '没有上市', '计划开源', '营收增长', '拟收购Lumen');
const amount = fc.integer({ min: 13, max: 99_999 });
const unit = fc.constantFrom('万元', '亿美元', '%', '倍', '人', 'GB', '小时');
const sentence = fc
  .tuple(subject, deed, amount, unit, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([who, what, many, of, month, day]) => `${who}${what}，涉及${many}${of}，时间是${month}月${day}日。`);

describe('whatever the sentence', () => {
  it('it supports itself', () => {
    fc.assert(
      fc.property(sentence, sentence, (one, other) => assert.deepEqual(problems(one, `${other}${one}`), [])),
    );
  });

  it('any text supports itself in facts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const line = text.replaceAll(/[\n。！？!?….]/g, ' ');
        assert.deepEqual(
          problems(line, line).filter((kind) => kind !== 'unsupported'),
          [],
        );
      }),
    );
  });

  it('one number changed by more than a rounding is always caught', () => {
    fc.assert(
      fc.property(subject, deed, amount, amount, unit, (who, what, many, other, of) => {
        fc.pre(Math.abs(many - other) > 0.02 * Math.min(many, other));
        const found = problems(`${who}${what}，涉及${other}${of}。`, `${who}${what}，涉及${many}${of}。`);
        assert.ok(found.includes('number') || found.includes('unit'), found.join());
      }),
    );
  });

  it('one changed day is always caught', () => {
    const day = fc.integer({ min: 1, max: 28 });
    fc.assert(
      fc.property(subject, deed, day, day, (who, what, one, other) => {
        fc.pre(one !== other);
        assert.ok(problems(`${who}3月${other}日${what}。`, `${who}3月${one}日${what}。`).includes('date'));
      }),
    );
  });
});

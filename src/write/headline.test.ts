import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { desk } from '../../test/support/invented-desk.ts';
import { visibleLength } from '../text/length.ts';
import { cleanTitle } from './clean-title.ts';
import { writeHeadline } from './headline.ts';
import { shorterForms } from './shorten.ts';

describe('a title without what is not the event', () => {
  const CLEANED: readonly [string, string][] = [
    ['刚刚，青石发布远帆3', '青石发布远帆3'],
    ['【独家】青石发布远帆3', '青石发布远帆3'],
    ['青石发布远帆3大模型 - 灯报网', '青石发布远帆3大模型'],
    ['大会2026｜青石发布远帆3并开源权重', '青石发布远帆3并开源权重'],
    ['青石筹集8亿元融资 采购一万块芯片', '青石筹集8亿元融资，采购一万块芯片'],
    ['青石输入法上线离线写作 1.4亿用户可以不联网', '青石输入法上线离线写作，1.4亿用户可以不联网'],
    ['青石输入法 2026 年上线离线写作功能', '青石输入法2026年上线离线写作功能'],
    ['「青石发布远帆3大模型」', '青石发布远帆3大模型'],
    [':fire: 青石发布远帆3', '青石发布远帆3'],
    ['青石开源RAG_v2', '青石开源RAG_v2'],
    ['<some_title>', '<some_title>'],
  ];
  for (const [title, cleaned] of CLEANED)
    it(`«${title}»`, () => assert.equal(cleanTitle(title, desk), cleaned));
});

describe('a headline', () => {
  it('is as long as the house style asks', () => {
    const length = { ...desk.style.length, headline: { least: 15, most: 24 } };
    const house = { ...desk, style: { ...desk.style, length } };
    const title = '青石发布图像模型远帆3，首次支持离线运行，并开放权重下载';
    assert.equal(writeHeadline(title, '', desk), '青石发布图像模型远帆3');
    assert.equal(writeHeadline(title, '', house), '青石发布图像模型远帆3，首次支持离线运行');
  });

  const WRITTEN: readonly [story: string, title: string, headline: string][] = [
    ['that fits stays', '青石发布远帆3图像模型', '青石发布远帆3图像模型'],
    [
      'keeps who and what, drops the second clause',
      '青石发布图像模型远帆3，支持离线运行与多轮编辑',
      '青石发布图像模型远帆3',
    ],
    [
      'drops the second half after 并',
      '青石智能推出Harbor浏览器并陷入开源抄袭的争议',
      '青石智能推出Harbor浏览器',
    ],
    [
      'drops what the thing does',
      '青石研究院开源Harbor框架支持本地优先的个人应用',
      '青石研究院开源Harbor框架支持本地优先的个人应用',
    ],
    [
      'drops adverbs right before the verb',
      '青石智能今年秋天正式发布远帆3图像生成模型',
      '青石智能今年秋天发布远帆3图像生成模型',
    ],
    [
      'says 谷歌 where Google is too long',
      'Google发布Harbor研究预览版与教程',
      '谷歌发布Harbor研究预览版与教程',
    ],
    [
      'takes a name that is part of another as it is',
      'Google Cloud上线Harbor预览版',
      'Google Cloud上线Harbor预览版',
    ],
    [
      'drops the trade of a firm that is named',
      '青石智能9亿美元买下数据标注公司Tidemark，行业再洗牌',
      '青石智能9亿美元买下Tidemark',
    ],
  ];
  for (const [story, title, headline] of WRITTEN)
    it(story, () => assert.equal(writeHeadline(title, '', desk), headline));

  it('of a bare name lets the first sentence speak', () => {
    const text = '在编辑器中运行的编程代理。许可证为MIT。';
    assert.equal(writeHeadline('lamp/harbor', text, desk), 'harbor：在编辑器中运行的编程代理');
  });

  it('never is a clause that leaves out who', () => {
    const title = 'Harbor Workspace Dispatch功能向订阅用户开放，支持启动Lumen Code';
    assert.ok(writeHeadline(title, '', desk).startsWith('Harbor Workspace Dispatch'));
  });

  it('keeps what stands before the colon when the rest is said of it', () => {
    const title = '衡石N9来了：推理每词元成本降45%，云岸先订2万片';
    assert.equal(writeHeadline(title, '', desk), '衡石N9来了：推理每词元成本降45%');
  });

  it('does not tell a beginning whose turn comes after it', () => {
    const lead = '青石本周原本即将完成一轮20亿元的融资，但在远帆提出收购之后，选择暂停了谈判。';
    assert.notEqual(writeHeadline('内幕', lead, desk), '青石本周原本即将完成一轮20亿元的融资');
  });

  it('is not half a sentence', () => {
    assert.doesNotMatch(writeHeadline('Lumen在图像排版能力上，超越了所有的公开模型', '', desk), /上$/);
    assert.doesNotMatch(writeHeadline('起底青石的图像团队后，AI图像只剩下两个段位', '', desk), /后$/);
  });

  it('never is a clause that points back', () => {
    const title = '灯塔正在向全国订阅用户测试一项智能驱动的搜索功能，该功能可展示引导式答案';
    assert.ok(writeHeadline(title, '', desk).startsWith('灯塔正在'));
  });
});

describe('a shorter form', () => {
  const none = (text: string) => assert.deepEqual(shorterForms(text, 12, desk), []);
  it('keeps a denial and a turn', () => {
    none('青石承认Harbor模型出错但拒绝退还全部费用');
    none('青石发布Harbor模型并未开放下载和商业使用');
  });
  it('keeps numbers', () => none('青石上线Harbor模型并降价30%至每百万字2元'));
  it('keeps doubt', () => none('青石或将发布Lumen 3插件'));
  it('keeps words that only look like adverbs', () => none('青石智能披露训练任务成功率与非正式员工人数'));
  it('keeps what makes a thing another thing', () => none('青石智能上线Lumen插件'));
});

/** Titles in which anything may meet. */
const title = fc
  .array(
    fc.constantFrom(
      ...[
        '青石',
        'Google',
        '发布',
        '正式',
        '推出',
        '并',
        '支持',
        '开源',
        'Lumen 3',
        '模型',
        '工具',
        '或将',
        '并未',
      ],
      ...[
        '，',
        '！',
        '：',
        '？',
        '（',
        '）',
        '“',
        '”',
        ' ',
        '30%',
        '1.5亿元',
        '的',
        '-',
        '｜',
        '刚刚',
        '降价',
      ],
    ),
    { maxLength: 16 },
  )
  .map((pieces) => pieces.join(''));
const numbersIn = (text: string): string[] => text.match(/\d+(?:\.\d+)?/g) ?? [];

describe('headlines of all titles', () => {
  it('hold no number that the title has not', () => {
    fc.assert(
      fc.property(title, (one) => {
        const known = numbersIn(one);
        for (const number of numbersIn(writeHeadline(one, '', desk)))
          assert.ok(known.includes(number), number);
      }),
      { numRuns: 500 },
    );
  });

  it('keep the doubt of a clause they shorten', () => {
    fc.assert(
      fc.property(title, (one) => {
        for (const form of shorterForms(one, 8, desk))
          for (const word of ['或将', '并未', '30%', '1.5亿元'])
            if (!/[（）]/.test(one)) assert.equal(form.includes(word), one.includes(word), form);
      }),
      { numRuns: 1000 },
    );
  });

  it('exist for what is hardly a title', () => {
    for (const odd of ['', '。，！', '😀😀', '“没有关上', '啊'.repeat(5000), '甲发布乙，'.repeat(10_000)])
      assert.ok(visibleLength(writeHeadline(odd, odd, desk)) <= 120);
  });
});

describe('a shorter form', () => {
  it('never lets two Latin words grow together', () => {
    const forms = shorterForms('Tidal成为Harbor官方Provider并面向全体开发者开放', 20, desk);
    assert.ok(forms.length > 0);
    for (const form of forms) assert.doesNotMatch(form, /HarborProvider/);
  });

  it('leaves a quoted title letter by letter', () => {
    const title = '「青石与Google联合发布面向全体开发者的大语言模型工具」';
    for (const form of shorterForms(title, 20, desk)) assert.match(form, /Google|^[^「]*$/);
  });
});

it('a post without a title gets the clause that says what the post keeps saying', () => {
  const post =
    '昨晚，灯塔剧院坐满了人。有观众说，青石的翻译耳机还是慢半拍。青石的翻译耳机昨晚在这里第一次公开试用。明天还有一场。';
  const headline = writeHeadline('', post, desk);
  assert.match(headline, /翻译耳机/);
  assert.ok(post.includes(headline) || post.includes(headline.replace('：', '说，')), headline);
});

describe('a headline says whose it is', () => {
  const WRITTEN: readonly [title: string, headline: string][] = [
    ['灯会Lumen表示，超过一半的每日上传由机器生成', '灯会Lumen：超过一半的每日上传由机器生成'],
    ['一次性收费后改按量计费，Lumen月费正式结束', 'Lumen月费正式结束'],
    ['Lumen规格深度解析：算力突破一千万亿次，这是新的终极形态', 'Lumen规格深度解析：算力突破一千万亿次'],
  ];
  for (const [title, headline] of WRITTEN)
    it(`«${title}»`, () => assert.equal(writeHeadline(title, '', desk), headline));
});

describe('a headline is a whole statement', () => {
  const WRITTEN: readonly [why: string, title: string, text: string, headline: string][] = [
    [
      'the clause with a subject, not the shorter one without',
      '青石研究所所长林岚加入灯塔公司，图像组核心作者，曾主导远帆开发',
      '',
      '青石研究所所长林岚加入灯塔公司',
    ],
    [
      'what happened, not what it is like',
      '断网解题！Lumen推翻八十年猜想！比对手更短更漂亮',
      '',
      'Lumen推翻八十年猜想',
    ],
    [
      'a later clause with its subject',
      '青石智能又摊上事了，夸大宣传免费版本使用额度，被上千名用户集体起诉',
      '',
      '青石智能被上千名用户集体起诉',
    ],
    [
      'never with a subject that may be another’s',
      '青石收购三人创企远帆科技，成立仅一年，获1500万元融资',
      '',
      '青石收购三人创企远帆科技',
    ],
    ['of a firm only described', '融资700亿元的Lumen，API价格直降四分之三', '', 'Lumen API价格直降四分之三'],
    [
      'without quotation marks round all of it',
      '「Lumen语音模式支持两款新模型」',
      '',
      'Lumen语音模式支持两款新模型',
    ],
    ['with the name before what it is', '「Harbor——面向主权的图像模型」', '', 'Harbor：面向主权的图像模型'],
    [
      'of the text when the title only teases',
      '这次，太狠了！',
      '灯报报道。青石昨日收购远帆科技。双方没有公布价格。',
      '青石昨日收购远帆科技',
    ],
    ['of a repository by its name and kind', 'lamp/harbor', '开源编码代理。', 'harbor：开源编码代理'],
    [
      'with whose hearsay it is',
      '消息人士：青石估值或在两周内达到90亿元',
      '',
      '消息人士：青石估值或在两周内达到90亿元',
    ],
    [
      'with the turn that would take it back',
      '青石计划收购远帆，但监管机构叫停',
      '',
      '青石计划收购远帆，但监管机构叫停',
    ],
    [
      'not who is allowed what',
      '港务局允许七家公司，将模型部署至机密网络',
      '',
      '港务局允许七家公司，将模型部署至机密网络',
    ],
  ];
  for (const [why, title, text, headline] of WRITTEN)
    it(why, () => assert.equal(writeHeadline(title, text, desk), headline));
});

describe('a headline of a text without a title', () => {
  const WRITTEN: readonly [why: string, text: string, headline: string][] = [
    ['points to nothing', '灯塔基金会获得青石资助。该资金旨在推进开源安全。', '灯塔基金会获得青石资助'],
    [
      'is no half of two',
      '据灯塔晚报报道，港务局已通知青石领导层，将其列为供应链风险。',
      '灯塔晚报：港务局已通知青石领导层，将其列为供应链风险',
    ],
    [
      'tells whose notice it is',
      '青石（300027）在昨日收盘后发布公告称，公司拟收购远帆影视。',
      '青石：公司拟收购远帆影视',
    ],
    ['leaves out the time before a Latin name', '近日，Lumen Team发布了长文。', 'Lumen Team发布了长文'],
    ['keeps a time that is the subject', '15日是青石成立十周年纪念日。', '15日是青石成立十周年纪念日'],
    [
      'is never empty',
      '“要么认为这是一时之举，抓几个人就算，要么认为风头过去照旧，改不了什么，也没有人会在意，更没有人会真的为此改变自己过日子的办法和想法，如此而已”',
      '',
    ],
  ];
  for (const [why, text, headline] of WRITTEN)
    it(why, () => {
      const written = writeHeadline('', text, desk);
      if (headline === '') assert.notEqual(written, '');
      else assert.equal(written, headline);
    });
});

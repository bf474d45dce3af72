import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { desk } from '../../test/support/invented-desk.ts';
import { visibleLength } from '../text/length.ts';
import { repairTypography } from '../text/typography.ts';
import { writeSummary } from './summary.ts';

const HEADLINE = '青石发布图像模型远帆3';
const write = (text: string, headline = HEADLINE) =>
  writeSummary(headline, [{ articleId: 'a', text, kind: 'text', spell: String }], desk);

describe('a summary', () => {
  const lead = '青石昨日发布图像模型远帆3，参数为120亿，权重以开放许可证提供下载。';
  const more = '远帆3在一次生成中最多接受9张参考图，并支持中文与英文的排版。';

  it('is 70-95 characters of the article’s own sentences', () => {
    const { summary, evidence, thin } = write(`${lead}${more}模型已在青石官网上线，可以按张付费调用。`);
    assert.ok(visibleLength(summary) >= 70 && visibleLength(summary) <= 95, summary);
    assert.equal(thin, false);
    assert.equal(evidence.map(({ claim }) => claim).join(''), summary);
  });

  it('is as long as the house style asks, where the source has enough', () => {
    const length = { ...desk.style.length, summary: { least: 100, most: 140 } };
    const house = { ...desk, style: { ...desk.style, length } };
    const longer = (text: string) =>
      writeSummary(HEADLINE, [{ articleId: 'a', text, kind: 'text', spell: String }], house);
    const enough = longer(
      `${lead}${more}模型已在青石官网上线，可以按张付费调用。训练用了三个月，全部芯片从灯塔公司租用。`,
    );
    assert.ok(visibleLength(enough.summary) >= 100 && visibleLength(enough.summary) <= 140, enough.summary);
    assert.equal(enough.thin, false);
    assert.equal(longer(`${lead}${more}`).thin, true, 'seventy characters are few here');
  });

  it('ends a sentence after any clause that tells something, 行为 among them', () => {
    const { summary } = write(
      '据灯塔晚报报道，青石调整远帆的商业化路径，大幅缩减应用内直接购买方案的数目和金额。公司不再聚焦界面内的交易，转而优先支持外部应用处理购买行为，未来将更多依赖第三方为远帆所做的扩展和它们自己的结算渠道以及各家银行与保险公司提供的担保。',
    );
    assert.match(summary, /处理购买行为。$/);
    assert.ok(visibleLength(summary) >= 70 && visibleLength(summary) <= 95, summary);
  });

  it('does not begin with the answer to a question that nobody sees', () => {
    const { summary } = write(`可以，但要把账算清楚。${lead}${more}`);
    assert.match(summary, /^青石/);
  });

  it('may begin with who says of itself what happened', () => {
    const { summary } = write(
      '据远帆官方账号显示，该团队宣布其编码订阅正在筹备推进中。用户可通过官方渠道获取进展。',
    );
    assert.match(summary, /^据远帆官方账号显示，该团队/);
  });

  it('keeps as many things of a list as fit', () => {
    const { summary } = write(
      '灯塔基金会宣布获得来自近岸研究院、远山计算中心、苇草出版社、石桥大学实验室、北坡天文台观测站、南岭气象局数据处、西湾港务公司信息部、东篱植物园标本馆和青石等多家领先组织的1250万美元资助。',
    );
    assert.match(summary, /近岸研究院、远山计算中心、苇草出版社.*等多家领先组织的1250万美元资助。$/);
  });

  it('of a title alone has no label, no shout and no question', () => {
    const title = '历史性时刻！青石估值破万亿！首次超越远帆，还能涨吗？| 灯会2026';
    const passages = [
      { articleId: 'a', text: '', kind: 'text' as const, spell: String },
      { articleId: 'a', text: title, kind: 'title' as const, spell: String },
    ];
    assert.equal(writeSummary('青石估值', passages, desk).summary, '青石估值破万亿。');
  });

  it('asks no question where another title tells', () => {
    const passages = ['青石凭什么跻身图像模型的第一梯队？', '青石三个月融资21亿元，图像模型进入下一阶段'].map(
      (text, n) => ({ articleId: `a${n}`, text, kind: 'title' as const, spell: String }),
    );
    const { summary } = writeSummary('青石跻身第一梯队', passages, desk);
    assert.equal(summary, '青石三个月融资21亿元，图像模型进入下一阶段。');
  });

  it('takes no sentence that breaks off, and no address for one', () => {
    const text = '青石开源远帆工具，供读者免费使用。围绕它的争论，不仅……训练的模型。';
    const passages = [
      { articleId: 'a', text, kind: 'text' as const, spell: String },
      { articleId: 'a', text: 'qingshi/yuanfan', kind: 'title' as const, spell: String },
    ];
    assert.equal(writeSummary('远帆', passages, desk).summary, '青石开源远帆工具，供读者免费使用。');
  });

  it('never ends what a feed broke off', () => {
    for (const torn of [
      '它支持离线运行，最多接受9张参考图，并且在手机上也能',
      '它支持离线运行，最多接受9张参考图 [...]',
      '它支持离线运行，最多接受9张 [&#8230;]',
      '它支持离线运行……',
    ])
      assert.equal(write(`${lead}${torn}`).summary, lead, torn);
    assert.equal(
      write('青石昨日发布图像模型远帆3，参数为120亿，权重以开放许…').summary,
      '青石昨日发布图像模型远帆3，参数为120亿。',
    );
  });

  it('ends with no clause that waits for the one that broke off', () => {
    const torn = '青石负责人公布，远帆工具的手机版上线仅一周，就已经有…';
    assert.equal(write(torn).summary, '');
    assert.equal(
      write(`青石昨日发布远帆3，权重可以下载，负责人表示，将在…`).summary,
      '青石昨日发布远帆3，权重可以下载。',
    );
  });

  it('begins with who does it, and says nothing of nobody', () => {
    const { summary } = write(
      '曾在灯塔工作过十三年的时间。使训练的成本降至原来的一半。青石昨日聘请了新的负责人。',
    );
    assert.ok(summary.startsWith('青石昨日'), summary);
  });

  it('has no teasers, no quotation of nobody and nothing about the article', () => {
    for (const empty of [
      '下面这条消息可能要让所有人坐不住了。',
      '“解决问题的能力才是根本。”',
      '解析这套方案的运作原理和细节。',
      '想看的人现在就能往下看全文。',
    ])
      assert.equal(write(`${lead}${empty}`).summary, lead, empty);
  });

  it('rather begins with the event than with what the world was like before', () => {
    const world = '随着图像技术的迅速发展，辨别真伪已经成为整个行业面临的课题。';
    assert.ok(
      write(`${world}${lead}${more}模型已在青石官网上线，可以按张付费调用。`).summary.startsWith('青石昨日'),
    );
  });

  it('keeps lines that all have no full stop', () => {
    assert.equal(
      write('青石昨日开源图像模型和工具\n参数为120亿，权重可以下载').summary,
      '青石昨日开源图像模型和工具。参数为120亿，权重可以下载。',
    );
  });

  it('is marked thin when the article has one sentence', () => {
    assert.deepEqual([write(lead).summary, write(lead).thin], [lead, true]);
  });

  it('leaves out who wrote, who to follow and where to click', () => {
    const { summary } = write(`编辑｜灯笼报道组今天值班。点击关注我们的账号不迷路。${lead}${more}`);
    assert.doesNotMatch(summary, /编辑|点击|关注/);
  });

  it('takes what users click, hold and forward for news, and leaves out what it tells readers to do', () => {
    const used = '用户只需点击编辑按钮或长按电源键，就可以把长图转成远帆3的草稿。';
    assert.ok(write(`${lead}${used}`).summary.includes('点击编辑按钮'));
    for (const order of [
      '点击下载远帆3，限时三天。',
      '快来体验，欢迎留言。',
      '想知道怎么用？请扫码加入远帆3交流群。',
    ])
      assert.equal(write(`${lead}${order}`).summary, lead, order);
  });

  it('may say two things of one name', () => {
    const first = '据代码记录显示，OpenHarbor平台隐形模型Hunter Alpha与Healer Alpha实为青石的远帆系列。';
    const { summary } = write(`${first}Hunter Alpha对应远帆旗舰版，支持1M上下文。`, '隐形模型实为远帆');
    assert.match(summary, /对应远帆旗舰版/);
  });

  it('does not begin with 它, 该 or 此外', () => {
    const { summary } = write(`它还可以离线运行，占用显存不到8GB。此外，${more}${lead}`);
    assert.doesNotMatch(summary, /^(?:它|该|此外)/);
  });

  it('begins with the event, whoever reported it, and leaves hearsay as hearsay', () => {
    const heard =
      '据灯塔社报道，青石计划在年内发布图像模型远帆3，目前已经交给约三十家企业试用。该模型的参数为120亿，权重将以开放许可证提供下载，供研究者免费使用。';
    for (const by of ['据灯塔社报道', '据报道', '据灯塔社援引知情人士消息']) {
      const text = heard.replace('据灯塔社报道', by);
      assert.ok(write(text).summary.startsWith(`${by}，青石计划`), write(text).summary);
      assert.equal(write(text).thin, false);
    }
    assert.doesNotMatch(write(`据此，${more}${lead}`).summary, /^据/);
  });

  it('prefers the event a little too long to background of the right length', () => {
    const long =
      '青石宣布获得来自临江银行、东澜基金、松枝资本、远山集团、白鹭电力、观澜港务、灯塔保险、云汀置业、长桥仓储和南屿航运等十家当地机构共同出资设立的12亿元人工智能研发专项资助。';
    const { summary } = write(`${long}该资金用于推进当地的人工智能研究。`, '青石获12亿元资助');
    assert.ok(summary.startsWith('青石宣布获得'), summary);
  });

  it('never ends before the turn that takes it back', () => {
    const turned =
      '青石宣布已经完成远帆3图像模型的全部训练工作并通过内部验收测试，将在年内向所有开发者开放下载，但并未公布许可证的具体条款，也没有公布价格与训练数据来源。';
    const { summary } = write(`${turned}青石发布图像模型远帆3的消息由公司证实。`);
    if (summary.includes('开放下载')) assert.match(summary, /但并未公布/);
  });

  it('opens with the event even when it is a little short of the measure', () => {
    const event = '据灯塔社消息，青石已经通知全体股东，将在年内停止销售远帆系列的全部旧型号产品。';
    const later =
      '观察者认为这家公司的财务状况在过去三个季度里有了明显的改善迹象，其原因包括云业务的持续增长、人员规模的缩减以及海外市场的开拓等许多方面的因素。';
    assert.ok(
      write(`${event}${later}`).summary.startsWith('据灯塔社消息，青石'),
      write(`${event}${later}`).summary,
    );
  });

  it('does not open with 该工具 of a sentence before', () => {
    const text = `有开发者发现该工具会在后台上传使用记录，而且没有给出任何提示和关闭的办法。${lead}${more}`;
    assert.ok(write(text).summary.startsWith('青石'), write(text).summary);
  });

  it('tells of 这部分数据 only after what it means', () => {
    const text = `${lead}训练数据有三成来自松枝实验室自己的仓库，其中大多是合并请求与评审意见的记录。论文显示，去掉这部分数据，通过率会下降9个百分点。`;
    const { summary } = write(text);
    if (summary.includes('这部分')) assert.match(summary, /松枝实验室.*这部分/);
  });

  it('leaves out what the author says of himself, and what breaks off before its verb', () => {
    const { summary } = write(
      `说实话，我当时并不喜欢这副眼镜的显示效果。${lead}松枝报道称，网络安全机构的采购部门并未。${more}`,
    );
    assert.doesNotMatch(summary, /我当时|并未/);
  });

  it('takes nothing from an article that is of another event', () => {
    const passages = [
      { articleId: 'a', text: lead, kind: 'text' as const, spell: String },
      {
        articleId: 'b',
        text: '这家剧院今年秋天要上演三部新戏，门票从下周一开始发售。',
        kind: 'text' as const,
        spell: String,
      },
      { articleId: 'a', text: HEADLINE, kind: 'title' as const, spell: String },
    ];
    assert.doesNotMatch(writeSummary(HEADLINE, passages, desk).summary, /剧院/);
  });

  it('does not end with a preposition whose verb never comes', () => {
    const text =
      '青石今日与灯塔达成扩展的合作关系，双方将基于后者的算力平台，共同建设覆盖三个城市的训练中心，首期投入12亿元并在明年秋天以前全部完成交付工作。';
    assert.doesNotMatch(write(text).summary, /平台。$/);
  });

  it('quotes what points back only right after what it points to', () => {
    const text = `${lead}灯塔同日公布了另一项与此无关的安排。该项安排的细节尚未公开，外界只知道与算力采购有关。`;
    const { summary } = write(text);
    if (summary.includes('该项安排')) assert.match(summary, /安排。该项安排/);
  });
});

const PIECES = [
  ...[
    '青石发布远帆3',
    '灯塔融资1.5亿元',
    '该模型得分提升30%',
    '它支持离线运行',
    '点击阅读原文',
    '双方将基于平台',
  ],
  ...[
    '但并未公布价格',
    '由于成本下降',
    '公司表示',
    '用户可以免费使用该功能到2027年',
    '此外',
    '“好用”',
    'Lumen 2.5',
  ],
  ...['，', '，', '，', '。', '。', '。', '！', '；', '：', '\n', '“', '（', ' ', '😀', '……', '？'],
];
const article = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => repairTypography(pieces.join('')));
const lettersOf = (text: string): string => (text.match(/[\p{L}\p{N}%.]/gu) ?? []).join('');

/** Is the one what is left of the other when some of it goes? */
function isLeftOf(part: string, whole: string): boolean {
  let at = 0;
  for (const letter of whole) if (letter === part.charAt(at)) at += 1;
  return at === part.length;
}

describe('summaries of all articles', () => {
  it('say nothing that their sentences do not say', () => {
    fc.assert(
      fc.property(article, (text) => {
        for (const { claim, source } of write(text).evidence) {
          assert.ok(isLeftOf(lettersOf(claim), lettersOf(source)), claim);
          assert.ok(lettersOf(text).includes(lettersOf(source)), source);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('end where a sentence ends, and hold no banned phrase', () => {
    fc.assert(
      fc.property(article, (text) => {
        const { summary } = write(text);
        if (summary !== '') assert.match(summary, /[。！？…][”’」』》）]*$/u);
        for (const phrase of desk.style.summary.banned) assert.ok(!summary.includes(phrase), phrase);
      }),
      { numRuns: 400 },
    );
  });

  it('never begin with what points back, unless there is nothing else and they are marked thin', () => {
    fc.assert(
      fc.property(article, (text) => {
        const { summary, thin } = write(text);
        const dangles = desk.style.summary.danglers.some((word) => summary.startsWith(word));
        assert.ok(!dangles || thin, summary);
      }),
      { numRuns: 400 },
    );
  });

  it('exist, or are empty and thin, for what is hardly an article', () => {
    const clause = '青石发布远帆3并开放下载，';
    for (const odd of ['', '。，！？', '😀', '“青石没有关上', '啊'.repeat(5000), clause.repeat(10_000)])
      assert.ok(write(odd).summary !== '' || write(odd).thin);
    const tiny = Array.from({ length: 40 }, (_, n) =>
      `${'青石有达成出到了'.charAt(n % 8)}是${n}，`.repeat(30),
    );
    assert.ok(visibleLength(write(tiny.join('。')).summary) <= 220);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { articleWith, deepDesk as desk, storyOf } from '../../../test/support/invented-desk.ts';
import { DEEP_LENGTH, DEEP_PARTS, type DeepPart } from '../../domain/deep-read.ts';
import { visibleLength } from '../../text/length.ts';
import { checkFacts } from '../facts.ts';
import { factSourcesOf } from '../prove-brief.ts';
import { depthOf } from './depth.ts';
import { readDeepText } from './read-sentences.ts';
import { writeDeepParts } from './write-deep-read.ts';

const REPORT = `青石智能3月9日公布远帆3图像模型的技术报告，用12个数据集评测，平均得分从61.2分提高到74.8分，推理显存从40GB降到18GB。
报告的做法是把图像切成大小不同的块，细节多的地方切得密，天空和墙面切得疏，平均每张图只要原来三成的图块。
## 训练用了多少
训练一共用了2048张加速卡、37天，数据是4.6亿对图文，其中1.1亿对由编辑部标注员逐对看过。青石智能公布的账单是2900万元，比上一代远帆2少了四成。
训练的最后一周只用高清图，报告说去掉这一周，细小文字的识别率会从88%掉到71%。
## 和别家比
在公开的文字识别测试里，远帆3得到83.5分，比第二名高4.1分；在手势和关节上它只排第五，比第一名低9.7分。
生成一张1024像素的图要1.8秒，批量生成时每张的成本是0.012元，约为同类接口的一半。
接口从3月16日开始计费，第一个月按五折收，教育用户每天有200张的免费额度，超出部分按0.02元一张计算。
## 这意味着什么
一家做电商图的公司测算，按每天8万张计，改用远帆3之后一年可以少付210万元。
过去要租专用机房的小团队，现在用一张24GB显存的卡就能跑起来。
青石智能把切块的方法和两份较小的权重放了出来，许可证允许商用，但要求月活超过1000万的产品另行申请。
## 还不清楚的事
报告没有公布训练数据的来源清单，只说其中七成来自授权图库。
评测全部由青石智能自己完成，第三方还没有复现，12个数据集里有9个是英文场景。
报告承认，远帆3在连续画面里会让同一个人的脸发生变化，视频团队暂时不能直接使用。
青石智能表示会在5月公布一份由外部机构完成的评测，评测的题目和打分办法将在4月先行公开征求意见。
关注我们，更多内容请点击阅读原文。`;

/** Some of its characters as they are written in Taiwan. */
const IN_TAIWAN = new Map(
  '发發图圖数數据據个個张張这這还還训訓练練报報评評测測显顯员員对對会會业業开開点點问問时時亿億万萬'
    .match(/../gu)
    ?.map((pair) => [pair.charAt(0), pair.charAt(1)]),
);

const article = articleWith({ id: 'a1', title: '青石公布远帆3技术报告：显存降到18GB', text: REPORT });
const file = storyOf(article);
const parts = writeDeepParts(article, file, desk);
const claimsOf = (part: DeepPart) => parts?.[part].map(({ claim }) => claim) ?? [];
const all = () => DEEP_PARTS.flatMap(({ part }) => claimsOf(part));

describe('a deep read made of an article’s own sentences', () => {
  it('measures 400 to 800 characters and leaves the rest to the original', () => {
    const length = all().reduce((sum, claim) => sum + visibleLength(claim), 0);
    assert.ok(length >= DEEP_LENGTH.least && length <= DEEP_LENGTH.most, `${length}`);
    assert.ok(length < visibleLength(REPORT) * 0.7);
  });

  it('of an article in traditional characters is in simplified ones, beside sources in their own', () => {
    const written = REPORT.replace(/./gu, (sign) => IN_TAIWAN.get(sign) ?? sign);
    const taiwanese = articleWith({ id: 'a1', title: '青石公布遠帆3技術報告：顯存降到18GB', text: written });
    const read = writeDeepParts(taiwanese, storyOf(taiwanese), desk);
    for (const { part } of DEEP_PARTS) {
      assert.deepEqual(
        read?.[part].map(({ claim }) => claim),
        claimsOf(part),
      );
      for (const { source } of read?.[part] ?? []) assert.ok(written.includes(source), source);
    }
  });

  it('says nothing that does not stand in the article, each sentence beside its source', () => {
    for (const { part } of DEEP_PARTS)
      for (const { claim, source, articleId } of parts?.[part] ?? []) {
        assert.ok(REPORT.includes(source) && source.endsWith(claim), claim);
        assert.equal(articleId, 'a1');
        const checked = checkFacts({ headline: '', summary: claim }, factSourcesOf(file, desk), desk.facts);
        assert.ok(
          checked.every(({ ok }) => ok),
          claim,
        );
      }
  });

  it('says no sentence twice', () => assert.equal(new Set(all()).size, all().length));

  it('begins with the news, lists figures, and takes meaning and limits from where the article speaks of them', () => {
    assert.match(claimsOf('told')[0] ?? '', /^青石智能3月9日公布/);
    for (const claim of claimsOf('figures')) assert.match(claim, /\d/);
    assert.ok(claimsOf('figures').length >= 2);
    const below = (heading: string) => REPORT.slice(REPORT.indexOf(heading));
    for (const claim of claimsOf('matters')) assert.ok(below('## 这意味着').includes(claim), claim);
    for (const claim of claimsOf('doubts'))
      assert.ok(below('## 还不清楚').includes(claim) || /但|承认/.test(claim), claim);
    assert.ok(claimsOf('doubts').length > 0);
  });

  it('puts what is not known yet among the doubts, whatever amounts it has', () => {
    const reply = '通讯作者答复说，700亿参数模型的实验正在进行，预计4月公布，那时才知道切块的方法够不够用。';
    const asked = articleWith({
      id: 'a1',
      title: article.title,
      text: REPORT.replace('## 还不清楚的事', `${reply}\n## 还不清楚的事`),
    });
    const { sentences } = readDeepText(asked, desk);
    assert.ok((sentences.find(({ text }) => text === reply)?.doubts ?? 0) > 0);
    const figures = writeDeepParts(asked, storyOf(asked), desk)?.figures ?? [];
    assert.ok(figures.length > 0);
    for (const { claim } of figures)
      assert.equal(sentences.find(({ text }) => text === claim)?.doubts, 0, claim);
  });

  it('leaves out what speaks to the reader', () => assert.ok(!all().some((claim) => claim.includes('关注'))));

  it('leaves a part empty when the article says nothing for it', () => {
    const [before = ''] = REPORT.split('## 这意味着什么');
    const more = before.replaceAll('但', '').replace('## 和别家比', '## 速度和价格');
    const silent = articleWith({
      id: 'a2',
      title: '青石公布远帆3技术报告',
      text: `${more}\n${REPORT.split('## 还不清楚的事')[1] ?? ''}`,
    });
    const made = writeDeepParts(silent, storyOf(silent), desk);
    assert.deepEqual(made?.matters ?? [], []);
  });

  it('is none for a short text, nor for one without a word on meaning or limits', () => {
    const short = articleWith({ title: '短讯', text: REPORT.slice(0, 300) });
    assert.equal(writeDeepParts(short, storyOf(short), desk), undefined);
  });
});

describe('what deserves a deep read', () => {
  const depth = (text: string, title = '青石公布远帆3技术报告') => {
    const one = articleWith({ title, text });
    return depthOf(readDeepText(one, desk), storyOf(one), false, desk);
  };
  const LONG = `${REPORT}\n${'另一段没有数字的话讲了讲大家都知道的背景，读者读完并不会多知道什么。'.repeat(20)}`;

  it('is long, has figures and says what they mean', () => assert.equal(depth(LONG).kind, 'deep'));
  it('is not short', () => assert.equal(depth(REPORT.slice(0, 400)).kind, 'shallow'));
  it('is no digest', () => assert.equal(depth(LONG, 'AI早报：远帆3等').kind, 'shallow'));
  it('is not long without figures', () =>
    assert.equal(depth('讲了讲背景，读者读完并不会多知道什么，也没有说清是谁。'.repeat(60)).kind, 'shallow'));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk } from '../../test/support/invented-desk.ts';
import { writeHeadline } from './headline.ts';

describe('of the clauses of a title the headline', () => {
  const CASES: readonly [story: string, title: string, headline: string][] = [
    [
      'leaves nobody behind who was named',
      'Tidemark强化代码审查隔离，预设防火墙并拆分执行器设定',
      'Tidemark强化代码审查隔离',
    ],
    [
      'keeps the thing, not only what it is for',
      'Harbor：14MB智能体大模型，赋能手机、手表、音箱与机器人',
      'Harbor：14MB智能体大模型',
    ],
    [
      'takes the answer when a question names somebody',
      'Tidemark总出错？工业代码大模型开始学会先想后写了',
      '工业代码大模型开始学会先想后写了',
    ],
    [
      'is no condition without what follows',
      '当所有公司都在谈论远帆，这家公司在谈论你',
      '当所有公司都在谈论远帆，这家公司在谈论你',
    ],
    [
      'says what somebody is moved by',
      '青石CEO也受不了！公开点名Harbor这款AI模型',
      '青石CEO也受不了！公开点名Harbor这款AI模型',
    ],
    [
      'does not give one firm the money that another gets',
      '青石押注，一年融资12亿，近岸聚变创始人称商用只差一步',
      '近岸聚变创始人称商用只差一步',
    ],
  ];
  for (const [story, title, headline] of CASES)
    it(story, () => assert.equal(writeHeadline(title, '', desk), headline));

  const REPOSITORIES: readonly [about: string, headline: string][] = [
    ['开源编码代理。', 'harbor：开源编码代理'],
    ['Harbor：开源的灯塔控制台。由志愿者维护。', 'harbor：开源的灯塔控制台'],
    ['“Harbor：让所有软件都可由代理操作”-- Harbor Hub', 'harbor：让所有软件都可由代理操作'],
    ['零服务器代码引擎 - Harbor是一款在浏览器里运行的工具，不需要安装。', 'harbor：零服务器代码引擎'],
    ['学习它。构建它。', 'lamp/harbor'],
  ];
  for (const [about, headline] of REPOSITORIES)
    it(`of a repository is what it calls itself: ${about}`, () =>
      assert.equal(writeHeadline('lamp/harbor', about, desk), headline));

  it('lets no two numbers run into one where brackets stood between them', () => {
    assert.equal(
      writeHeadline('青石发布Harbor 3（灯报）1.5亿元订单', '', desk),
      '青石发布Harbor 3（灯报）1.5亿元订单',
    );
  });

  it('is not what a paper says of nobody, where the text tells who', () => {
    const text = '青石一周多前控告近岸窃取营业秘密。诉状长约40页。';
    const headline = writeHeadline('青石为何漏掉一个人？外媒：牵动遗孀的人情盘算', text, desk);
    assert.doesNotMatch(headline, /^外媒/);
    assert.match(headline, /青石/);
  });

  it('never ends in the middle of what braces hold', () => {
    const headline = writeHeadline('我给模型喂了 `alert(1)` & {{ 模板 }} 🚀：提示词注入的笔记', '', desk);
    assert.equal(headline.split('{').length, headline.split('}').length, headline);
  });
});

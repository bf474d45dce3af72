import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk } from '../../test/support/invented-desk.ts';
import { readStatement } from './statement.ts';

describe('what a text says', () => {
  const READ: readonly [text: string, shape: string][] = [
    ['青石发布远帆3图像模型', 'whole'],
    ['青石与灯塔公司的关系似乎正在缓和', 'whole'],
    ['熬夜剪片的苦日子终于到头了', 'whole'],
    ['青石，正式向公众道歉', 'whole'],
    ['推理芯片公司青石获得投资', 'whole'],
    ['青石份额超过95%', 'whole'],
    ['在开发者大会上，青石发布远帆3', 'whole'],
    ['超越所有公开模型！青石推出验证框架', 'late'],
    ['Harbor：开源托管智能体平台', 'explained'],
    ['转而完成1200万美元种子轮融资', 'subjectless'],
    ['被用户起诉', 'subjectless'],
    ['比青石更短更漂亮', 'subjectless'],
    ['青石的身份验证', 'bare'],
    ['青石看似不起眼的更新', 'bare'],
    ['融资700亿元的Lumen', 'bare'],
    ['灯塔上最会用Lumen的创作者', 'bare'],
    ['如果他们继续读博', 'bare'],
    ['', 'bare'],
  ];
  for (const [text, shape] of READ)
    it(`«${text}» is ${shape}`, () => assert.equal(readStatement(text, desk).shape, shape));

  it('is an event by the house’s verbs, also after adverbs', () => {
    for (const text of ['青石拟融资500亿元', '青石已被灯塔公司起诉', '青石连续完成数亿元融资'])
      assert.ok(readStatement(text, desk).event, text);
    for (const text of ['青石终于能看图了', '青石的训练负责人'])
      assert.ok(!readStatement(text, desk).event, text);
  });

  it('names whom it speaks of, without adverbs', () => {
    assert.equal(readStatement('青石又摊上事了', desk).subject, '青石');
    assert.equal(readStatement('Harbor Cloud近期推出新功能', desk).subject, 'Harbor Cloud');
  });
});

import { describe, it } from 'node:test';
import { fail, hold } from '../../../test/support/claims.ts';

describe('what rises in the sources', () => {
  it('does not fall beside the same number, wherever the number stands', () =>
    fail('direction', [
      ['推理速度比前代降低超过30倍', '其推理速度比前代快30倍以上。'],
      ['显存占用降低6倍，计算减缓8倍', '显存占用至少降低6倍，计算可实现8倍加速。'],
      ['营收同比下降30%', '营收同比增长30%，环比下降5%。'],
      ['营收环比增长5%', '营收同比增长30%，环比下降5%。'],
      ['Revenue fell 12% to $30 million', 'Revenue climbed 12% to $30 million.'],
    ]));

  it('does not fall where two numbers say which way it went', () => {
    fail('direction', [
      ['团队席位缩减至8人', '团队席位由7人调整为8人。'],
      ['单次运行时长下滑至45分钟', '单次运行时长从25分钟到了45分钟。'],
    ]);
    hold([
      ['团队席位增至8人', '团队席位由7人调整为8人。'],
      ['价格降至3元', '价格由5元调整为3元。'],
    ]);
  });

  it('does not fall to a number that nobody says it fell to', () =>
    fail('direction', [
      ['恢复值降低至0.97', '恢复值达到了0.97。较小的模型能力较弱。'],
      ['算力将降低至30GW', '青石规划到2030年实现30GW算力。短期内成本较低。'],
      ['用户数腰斩', '用户数有所变化，公司没有给出更多数字。'],
    ]));

  it('does not lag where it leads', () => {
    fail('direction', [
      ['Lumen的准确率落后同类产品', 'Lumen的准确率超越同类产品。'],
      ['Lumen的表现优于同类产品', 'Lumen的表现逊于同类产品。'],
    ]);
    hold([['Lumen的准确率领先同类产品', 'Lumen的准确率好于同类产品。']]);
  });

  it('does not fall with what another word nearby is of', () =>
    fail('direction', [
      ['青石大幅提升了安全拦截边界', '青石通过降低合法工作的安全拦截边界来赋能专家。'],
      ['词错率和收费均高于同业竞品', '词错率优于几家竞品，定价低于同业竞品。'],
    ]));
});

describe('a direction in other words', () => {
  it('is one', () =>
    hold([
      ['营收下滑12%', '营收回落12%。'],
      ['成本减半', '成本低50%。'],
      ['通过减少参数将解码速度提升1.4倍', '参数更少，解码速度提升1.4倍。'],
      ['青石注资20亿元以加速建设机房', '青石注资20亿元，用于建设机房。'],
    ]));

  it('is not seen in the letters of other words', () => {
    hold([['截至3月10日用户达200万', '用户达200万，截至3月10日。']]);
    fail('direction', [['青石减缓建设进度', '青石加速建设进度，差异不大，各省多少不一。']]);
  });
});

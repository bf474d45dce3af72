import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk } from '../../../test/support/invented-desk.ts';
import { swappedParties } from './swapped-parties.ts';

const SOURCE =
  '视频平台澜图3月10日宣布收购字幕公司逐声，价格为2.4亿元。星桥机器人完成A轮融资，由千帆资本领投。';
const swapped = (claim: string) => swappedParties(claim, [SOURCE], desk.facts);

describe('who did what to whom, for names nobody knows', () => {
  it('turned round is found, in a headline and in a sentence', () => {
    assert.ok(swapped('逐声收购视频平台澜图'));
    assert.ok(swapped('字幕公司逐声3月10日宣布收购视频平台澜图，价格为2.4亿元。'));
    assert.ok(swapped('澜图被逐声收购'));
  });

  it('told in the order of the source, or turned with the verb, is no untruth', () => {
    for (const claim of [
      '澜图收购逐声',
      '逐声被澜图收购',
      '澜图以2.4亿元收购字幕公司逐声',
      '千帆资本领投星桥机器人',
    ])
      assert.equal(swapped(claim), undefined, claim);
  });
});

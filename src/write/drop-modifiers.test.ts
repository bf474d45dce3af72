import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk } from '../../test/support/invented-desk.ts';
import { shorterForms } from './shorten.ts';

describe('a headline too long loses', () => {
  const SHORTENED: readonly [what: string, text: string, short: string][] = [
    [
      'praise',
      '青石智能具有里程碑意义的15亿元版权和解协议在今天生效',
      '青石智能15亿元版权和解协议在今天生效',
    ],
    ['that a thing is one', '青石智能推出了一款图像生成与视频剪辑工具', '青石智能推出图像生成与视频剪辑工具'],
    ['where it was said', '青石智能昨日在北岸开发者大会上发布远帆3图像模型', '青石智能发布远帆3图像模型'],
    [
      'the maker before its own model',
      'Tidal员工发布Tidal-V4角色扮演模式指令说明',
      'Tidal员工发布V4角色扮演模式指令说明',
    ],
    ['the trade of a firm that is named', '法律软件初创公司Tidemark估值达到5亿元', 'Tidemark估值达到5亿元'],
    ['what it was for', '青石智能收购机器人初创公司以强化其人形业务', '青石智能收购机器人初创公司'],
    ['what a named thing is for', 'Harbor：一种面向多智能体协作的运行时安全框架', 'Harbor：运行时安全框架'],
    [
      'a firm’s saying so of its own model',
      '青石宣布Lumen 2.5系列模型永久降价至半价',
      '青石Lumen 2.5系列模型永久降价至半价',
    ],
    [
      'the Latin name of who leads the firm',
      'Tidal CEO Sam Altman将在秋天发布新书',
      'Tidal CEO奥特曼将在秋天发布新书',
    ],
  ];
  for (const [what, text, short] of SHORTENED)
    it(what, () =>
      assert.ok(shorterForms(text, 18, desk).includes(short), shorterForms(text, 18, desk).join(' | ')),
    );

  it('never what would make it say another thing', () => {
    const keeps: readonly [text: string, word: string][] = [
      ['青石智能预计投入400亿元用于股权投资与算力建设', '用于'],
      ['青石智能收购机器人公司以避免不必要的竞争对手', '不必要'],
      ['青石智能发布最新的开源记忆平台Harbor的接口', '接口'],
      ['青石智能在内部备忘录中宣布将于明年停止服务', '宣布'],
    ];
    for (const [text, word] of keeps)
      for (const form of shorterForms(text, 12, desk)) assert.ok(form.includes(word), form);
  });
});

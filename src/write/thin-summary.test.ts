import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk } from '../../test/support/invented-desk.ts';
import { writeSummary } from './summary.ts';

/** The summary of an article that is a title and a line. */
function write(title: string, line: string, headline = title): string {
  const passages = [
    { articleId: 'a', text: line, kind: 'text' as const, spell: String },
    { articleId: 'a', text: title, kind: 'title' as const, spell: String },
  ];
  return writeSummary(headline, passages, desk).summary;
}

describe('where there is little more than a title, a summary', () => {
  it('begins with the title when the line leaves out who', () => {
    assert.equal(
      write('远帆拒绝了二百道题', '好比一张白卷考上了最难进的那所大学。'),
      '远帆拒绝了二百道题。好比一张白卷考上了最难进的那所大学。',
    );
  });

  it('begins with the title when the line is too short to be clear', () => {
    assert.equal(write('远帆有意识了？', '这个问题本身问错了。'), '远帆有意识了？这个问题本身问错了。');
  });

  it('begins with the title when the line speaks of something else', () => {
    assert.equal(
      write('青石支持一项研究流感的计划', '感冒是每个人都无法避免的疾病，往往不止一年一次。'),
      '青石支持一项研究流感的计划。感冒是每个人都无法避免的疾病，往往不止一年一次。',
    );
  });

  it('puts a bare name before what the thing is', () => {
    assert.equal(
      write('Harbor-TUI', '专为远帆模型设计的终端编程助手。'),
      'Harbor-TUI：专为远帆模型设计的终端编程助手。',
    );
  });

  it('stays with a line that says who by itself', () => {
    const line = '青石全新的听写工具支持超过100种语言，全部在设备上运行。';
    assert.equal(write('青石推出听写工具', line), line);
  });

  it('has no cries, and makes a clause of a short exclamation', () => {
    assert.equal(
      write('大跌眼镜！青石开源编程模型远帆3，一张显卡就能跑', ''),
      '青石开源编程模型远帆3，一张显卡就能跑。',
    );
    assert.equal(write('青石开源远帆3了！权重可商用', ''), '青石开源远帆3了，权重可商用。');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk } from '../../test/support/invented-desk.ts';
import { formsOf } from './sentence-forms.ts';

const forms = (sentence: string, most = 95) => formsOf(sentence, desk, most).map(({ text }) => text);

describe('ways to say a sentence shorter', () => {
  it('leaves out one of the things that a subject does', () => {
    const all = forms('青石今日发布图像模型远帆3，采用全新的扩散架构，支持中文与英文的排版。');
    assert.ok(all.includes('青石今日发布图像模型远帆3，支持中文与英文的排版。'), all.join('\n'));
    assert.ok(all.includes('青石今日发布图像模型远帆3。'));
  });

  it('gives no verb another subject', () => {
    const all = forms('青石起诉灯塔抄袭其代码，灯塔回应说指控毫无根据，将在本周提起反诉。');
    assert.ok(!all.some((text) => /抄袭其代码，将在/.test(text)), all.join('\n'));
  });

  it('keeps the condition that what follows holds under', () => {
    const all = forms('付费用户目前可以提交申请，加入该计划后，参与者可以获得更多额度。');
    assert.ok(!all.some((text) => /申请，参与者/.test(text)), all.join('\n'));
  });

  it('takes no doubt, no turn, no denial and not who says so from the middle', () => {
    for (const [sentence, word] of [
      ['青石发布图像模型远帆3，但尚未公布许可证条款，支持中文排版。', '尚未'],
      ['青石的新模型远帆3可能在年内发布，据称由灯塔提供算力，支持中文排版。', '据称'],
      ['青石发布一篇博文，指出远帆3的优势在于排版，成为图像模型的新方向。', '指出'],
    ] as const)
      for (const text of forms(sentence))
        assert.ok(text.includes(word) || !text.includes(sentence.slice(-6, -1)), text);
  });

  it('lets go what says only when or why', () => {
    const all = forms('为保障服务的质量，青石自下月起将接口价格统一上调5%。');
    assert.ok(all.includes('青石自下月起将接口价格统一上调5%。'), all.join('\n'));
  });

  it('lets go by what means and on what occasion', () => {
    const all = forms('灯会期间，青石允许部分用户，通过遥控器或按钮，在播放途中提问并获得解答。');
    assert.ok(all.includes('青石允许部分用户，在播放途中提问并获得解答。'), all.join('\n'));
    const long =
      '据灯塔社等媒体报道，临江商务署助理署长昨日在临江议会外事委员会的例行听证会上透露，尽管临江两个月前已经批准对外出售图像处理与语音合成芯片，但青石公司截至目前尚未向任何一家外地企业售出远帆系列的芯片。';
    assert.ok(
      forms(long).some((text) => /助理署长昨日透露，尽管/.test(text)),
      forms(long).join('\n'),
    );
  });

  it('does not say that a firm says what it does itself', () => {
    const all = forms('根据青石官方消息，青石现已推出远帆工具的抢先体验活动。');
    assert.ok(all.includes('青石现已推出远帆工具的抢先体验活动。'), all.join('\n'));
    assert.ok(forms('根据灯塔官方消息，青石现已推出远帆工具。').every((text) => text.startsWith('根据灯塔')));
  });

  it('does not end at who says so, nor at a means without its use', () => {
    assert.ok(!forms('青石官方宣布，正在恢复因使用外部工具受限的账户权限。').includes('青石官方宣布。'));
    const all = forms('用户可通过运行远帆命令行，选择对应的模型名称来体验服务。');
    assert.ok(!all.includes('用户可通过运行远帆命令行。'), all.join('\n'));
    const planned = forms(
      '青石正在加快建设防御体系，宣布通过其“灯塔伙伴”计划，向研究所提供远帆3的访问权限。',
    );
    assert.ok(!planned.some((text) => /计划。$/.test(text)), planned.join('\n'));
    assert.ok(
      !forms('参与者不仅可以获得更多的使用额度，还能提前体验新模型。').some((text) => /额度。$/.test(text)),
    );
  });

  it('shortens brackets, adverbs and lists that 等 ends, but no limit in brackets', () => {
    const all = forms('青石近日正式发布远帆3（代号北岸），已接入灯塔、松枝、白鹭和长桥等四个平台。');
    assert.ok(all.includes('青石发布远帆3，已接入灯塔、松枝等四个平台。'), all.join('\n'));
    for (const text of forms('青石发布图像模型远帆3（仅限付费用户），支持中文排版。'))
      assert.match(text, /仅限付费用户/);
  });

  it('keeps hearsay hearsay when it names the outlet alone', () => {
    const all = forms('据灯塔社援引知情人士消息，青石计划在年内收购松枝科技的全部股份。');
    assert.ok(all.includes('据灯塔社消息，青石计划在年内收购松枝科技的全部股份。'), all.join('\n'));
    assert.ok(all.every((text) => text.startsWith('据灯塔社')));
  });

  it('parts what 并 joins, but no verb from its thing', () => {
    assert.ok(
      forms('青石今天在临江推出远帆图像工具并开放两个月的免费内测。').includes(
        '青石今天在临江推出远帆图像工具。',
      ),
    );
    assert.ok(!forms('青石今日正式发布并开源了图像模型远帆3。').some((text) => /发布。$/.test(text)));
  });
});

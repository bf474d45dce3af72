import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aBrief } from '../../test/support/invent.ts';
import { desk } from '../../test/support/invented-desk.ts';
import { visibleLength } from '../text/length.ts';
import { OPENING, writeOpening } from './opening.ts';

const model = aBrief('s1', {
  headline: '青石发布图像模型远帆3',
  summary: '青石3月9日发布图像模型远帆3，参数为120亿，权重以开放许可证提供下载。价格每张0.02元。',
});
const suit = aBrief('s2', {
  headline: '云汀出版起诉墨海科技',
  summary: '云汀出版3月9日起诉墨海科技，要求赔偿3.2亿元，但并未申请禁令。庭审时间未定。',
});
const chip = aBrief('s3', {
  headline: '衡芯推出推理芯片H9',
  summary: '衡芯微电子推出推理芯片H9，单芯片显存192GB，计划5月量产。首批客户有三家。',
});
const english = aBrief('s4', {
  headline: 'Harbor opens its models',
  summary: 'Harbor opens its models on Tuesday.',
  marks: ['english'],
});

describe('an edition’s opening', () => {
  it('is one sentence of the top stories’ own words, in their order and measure', () => {
    const opening = writeOpening([model, suit, chip], desk) ?? '';
    assert.ok(visibleLength(opening) >= OPENING.least && visibleLength(opening) <= OPENING.most, opening);
    const pieces = opening.replace(/。$/, '').split('；');
    assert.equal(pieces.length, 3);
    for (const [n, piece] of pieces.entries()) {
      const { headline, summary } = [model, suit, chip][n] ?? model;
      assert.ok(headline === piece || summary.startsWith(piece), piece);
    }
  });

  it('does not cut off a turn: what was denied is said or the clause is not there', () => {
    const opening = writeOpening([suit, model, chip], desk) ?? '';
    assert.ok(!opening.includes('要求赔偿3.2亿元；'), opening);
  });

  it('passes over a story that is told in English or in a question, and takes the next', () => {
    const asks = aBrief('s5', { headline: '模型会疼吗？', summary: '谁知道呢？' });
    const opening = writeOpening([english, asks, model, suit, chip], desk) ?? '';
    assert.ok(opening.startsWith('青石') && opening.includes('衡芯'), opening);
  });

  it('is not made of too few stories, nor of one story told twice', () => {
    assert.equal(writeOpening([], desk), undefined);
    assert.equal(writeOpening([model, chip], desk), undefined);
    assert.equal(writeOpening([model, chip, { ...model, storyId: 's6' }], desk), undefined);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { articleWith, desk, storyOf } from '../../test/support/invented-desk.ts';
import type { Brief } from '../domain/brief.ts';
import { proveBrief } from './prove-brief.ts';

const SENTENCE = '青石正在研究图像模型远帆3，但没有发布它的权重。';
const article = articleWith({
  title: '青石计划发布远帆3，据称参数达120亿',
  text: `${SENTENCE}远帆3最多接受9张参考图。`,
});

function draft(parts: Partial<Brief>): Brief {
  return {
    storyId: 's',
    articleId: 'a',
    url: article.url,
    headline: '青石计划发布远帆3',
    summary: '',
    marks: [],
    evidence: [],
    writer: 'test',
    ...parts,
  };
}

const proved = (parts: Partial<Brief>) => proveBrief(draft(parts), storyOf(article), desk);

describe('a brief that is proved', () => {
  it('stays as it is when its articles bear it out', () => {
    const good = { claim: '远帆3最多接受9张参考图。', source: '远帆3最多接受9张参考图。', articleId: 'a' };
    const { brief, refuted } = proved({ headline: '青石研究远帆3', summary: good.claim, evidence: [good] });
    assert.deepEqual(refuted, []);
    assert.equal(brief.summary, good.claim);
  });

  it('says the whole sentence where a cut lost the denial', () => {
    const cut = { claim: '青石发布它的权重。', source: SENTENCE, articleId: 'a' };
    const { brief, refuted } = proved({ headline: '青石研究远帆3', summary: cut.claim, evidence: [cut] });
    assert.equal(refuted[0]?.problems[0]?.kind, 'negation');
    assert.equal(brief.summary, SENTENCE);
    assert.deepEqual(brief.evidence, [{ ...cut, claim: SENTENCE }]);
    assert.deepEqual(brief.marks, ['thin']);
  });

  it('says it in simplified characters where the article has traditional ones', () => {
    const source = '青石正在研究圖像模型遠帆3，但沒有發布它的權重。';
    const cut = { claim: '青石发布它的权重。', source, articleId: 'b' };
    const taiwanese = articleWith({ id: 'b', title: '青石研究遠帆3', text: source });
    const refuted = draft({ articleId: 'b', headline: '青石研究远帆3', summary: cut.claim, evidence: [cut] });
    const { brief } = proveBrief(refuted, storyOf(taiwanese), desk);
    assert.deepEqual(brief.evidence, [{ ...cut, claim: SENTENCE }]);
  });

  it('loses a sentence that no article bears out', () => {
    const bad = { claim: '远帆3最多接受12张参考图。', source: '远帆3最多接受12张参考图。', articleId: 'a' };
    const { brief, refuted } = proved({ headline: '青石研究远帆3', summary: bad.claim, evidence: [bad] });
    assert.equal(refuted.length, 1);
    assert.deepEqual([brief.summary, brief.evidence], ['', []]);
  });

  it('takes the article’s own title where the headline said too much', () => {
    const { brief, refuted } = proved({ headline: '青石发布远帆3' });
    assert.equal(refuted[0]?.problems[0]?.kind, 'modality');
    assert.equal(brief.headline, article.title);
  });
});

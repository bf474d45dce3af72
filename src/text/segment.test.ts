import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createSegmenter, versionForm } from './segment.ts';

const segment = createSegmenter(['灯笼智能']);

describe('segmenting mixed text', () => {
  it('keeps a model and its version in one piece', () => {
    const words = segment('对比GPT-5.2、Claude 4.5、Qwen3-32B和DeepSeek-V3.2');
    for (const word of ['gpt-5.2', 'claude-4.5', 'qwen-3-32b', 'deepseek-3.2'])
      assert.ok(words.includes(word), word);
  });

  it('keeps words of the user dictionary whole', () => {
    assert.ok(segment('灯笼智能发布财报').includes('灯笼智能'));
  });

  it('does not take months and counts for versions', () => {
    assert.deepEqual(segment('April 23'), ['april', '23']);
    assert.deepEqual(segment('Acme 20 years'), ['acme', '20', 'years']);
  });

  it('drops punctuation', () => {
    assert.deepEqual(segment('，。！「」 — '), []);
  });

  it('never throws and never gives an empty word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) =>
        segment(text).every((word) => word !== ''),
      ),
    );
  });
});

describe('one spelling for one version', () => {
  for (const spelling of ['GPT 5.2', 'GPT5.2', 'gpt-5.2', 'GPT-v5.2']) {
    it(`reads ${spelling} as gpt-5.2`, () => assert.equal(versionForm(spelling), 'gpt-5.2'));
  }
});

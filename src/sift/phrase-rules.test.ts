import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileRules, type PhraseRule } from './phrase-rules.ts';

const rule = (pattern: string): PhraseRule => ({ why: '大额交易', weight: 7, where: 'title', pattern });
const saidOf = (pattern: string, title: string) =>
  compileRules([rule(pattern)])({ title, text: '' }).map(({ signal }) => signal);

describe('a pattern over numbers', () => {
  it('begins where the number begins', () => {
    assert.deepEqual(saidOf('\\d+\\s?亿美元', '以4.8亿美元买下对手'), []);
    assert.deepEqual(saidOf('\\d+(\\.\\d+)?\\s?亿美元', '以4.8亿美元买下对手'), [
      '大额交易：标题有“4.8亿美元”',
    ]);
    assert.deepEqual(saidOf('\\d{2,}亿', '估值3.12亿'), []);
  });

  it('may be met further on', () => {
    assert.deepEqual(saidOf('\\d+亿', '从4.8亿涨到60亿'), ['大额交易：标题有“60亿”']);
  });
});

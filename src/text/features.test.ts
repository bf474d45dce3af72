import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFeatureReader, linkKey, numbersIn, versionsIn, workOf } from './features.ts';
import { createNameFinder } from './names.ts';
import { createSegmenter } from './segment.ts';

const read = createFeatureReader({
  segment: createSegmenter([]),
  findNames: createNameFinder([{ name: 'Lantern', kind: 'company', ai: 3, fame: 1, aliases: ['灯笼智能'] }]),
  concepts: [['收购', '买下', 'acquires']],
  common: new Set(['发布', 'the']),
});

describe('features of a text', () => {
  it('meets in one term what two languages say', () => {
    const zh = read('灯笼智能以60亿美元买下对手');
    const en = read('Lantern acquires rival for $6 billion');
    for (const term of ['n:Lantern', 'c:收购', '#6000000000']) {
      assert.ok(zh.terms.includes(term) && en.terms.includes(term), term);
    }
  });

  it('leaves out words that every piece of the day has', () => {
    assert.ok(!read('发布 the Lantern').terms.includes('发布'));
  });

  it('reads versions and days', () => {
    const features = read('5月22日发布Lantern 4.5');
    assert.deepEqual([...features.versions], ['lantern 4.5']);
    assert.deepEqual([...features.dates], ['5-22']);
  });
});

describe('numbers by value', () => {
  const same: [string, string][] = [
    ['600亿美元', '$60B'],
    ['1.5万', '15,000'],
    ['八成之外的75%', '75％'],
    ['10 billion', '100亿'],
    ['历时3小时40分', 'for 3 hours and 40 minutes'],
    ['51分钟后', 'after 51 minutes'],
    ['凌晨2时14分', 'at 02:14'],
    ['下午3点20', 'at 3:20 p.m.'],
  ];
  for (const [one, other] of same) {
    it(`reads ${one} as ${other}`, () => assert.deepEqual(numbersIn(one), numbersIn(other)));
  }

  it('does not take years and small counts for facts', () => {
    assert.equal(numbersIn('2026 年的 3 件事').size, 0);
  });
});

describe('versions without segmenting', () => {
  it('finds decimal versions and leaves shares alone', () => {
    assert.deepEqual([...versionsIn('Lantern 4.5 比 v4 快，涨 5.5%')], ['lantern 4.5']);
  });
});

describe('addresses', () => {
  it('has one spelling for one page', () => {
    assert.equal(linkKey('https://www.a.example/x/?utm_source=b#top'), linkKey('http://a.example/x'));
  });

  it('knows one paper under its versions and one repository under its cases', () => {
    assert.equal(workOf('https://arxiv.org/abs/2601.00001v2'), workOf('https://arxiv.org/pdf/2601.00001'));
    assert.equal(workOf('https://github.com/Some/Tool'), workOf('https://github.com/some/tool/'));
    assert.equal(workOf('https://a.example/b'), undefined);
  });
});

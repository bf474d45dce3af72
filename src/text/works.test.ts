import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { workAt, worksIn } from './works.ts';

describe('what an article is about', () => {
  const OFFICIAL = ['lantern.example'];
  const cases: [string, string | undefined][] = [
    ['https://arxiv.org/abs/2603.00042v2', 'arxiv:2603.00042'],
    ['https://arxiv.org/pdf/2603.00042.pdf', 'arxiv:2603.00042'],
    ['https://huggingface.co/papers/2603.00042', 'arxiv:2603.00042'],
    ['https://doi.org/10.1000/Lumen.3', 'doi:10.1000/lumen.3'],
    ['https://github.com/Lantern/Lumen/tree/main/docs', 'github:lantern/lumen'],
    ['https://github.com/topics/llm', undefined],
    ['https://huggingface.co/lantern/lumen-3', 'huggingface:lantern/lumen-3'],
    ['https://huggingface.co/blog/lumen', undefined],
    ['https://news.lantern.example/2026/lumen-3/', 'official:news.lantern.example/2026/lumen-3'],
    ['https://lantern.example/', undefined],
    ['https://elsewhere.example/2026/lumen-3/', undefined],
    ['javascript:alert(1)', undefined],
  ];
  for (const [address, id] of cases)
    it(`${address} is ${id ?? 'no work'}`, () => assert.equal(workAt(address, OFFICIAL)?.id, id));

  it('is found in running text, each once', () => {
    const text =
      '论文见arXiv：2603.00042（https://arxiv.org/abs/2603.00042），代码在https://github.com/lantern/lumen。DOI: 10.1000/x-1.';
    assert.deepEqual(
      worksIn(text).map(({ id }) => id),
      ['arxiv:2603.00042', 'github:lantern/lumen', 'doi:10.1000/x-1'],
    );
  });

  it('is found by the number of a paper that is named as one', () => {
    const ids = (text: string) => worksIn(text).map(({ id }) => id);
    assert.deepEqual(ids('论文编号2603.00042，代码已经公开'), ['arxiv:2603.00042']);
    assert.deepEqual(ids('均价2603.00042元'), []);
  });

  it('of all texts: addresses that can be opened, or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl(), (text, url) => {
        for (const one of worksIn(`${text}${url} https://github.com/${text}`))
          assert.ok(URL.canParse(one.url) && one.id.startsWith(`${one.kind}:`));
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { repairTypography, withoutDecoration } from './typography.ts';

const REPAIRS: readonly [damaged: string, mended: string][] = [
  ['远帆发布 GPT - 4o 的对手', '远帆发布GPT-4o的对手'],
  ['o4 - mini - medium 得分领先', 'o4-mini-medium得分领先'],
  ['2025 - 2027年的计划', '2025-2027年的计划'],
  ['6 - 7日开会', '6-7日开会'],
  ['青石发布模型,性能提升:翻倍', '青石发布模型，性能提升：翻倍'],
  ['青石说"开源了模型"', '青石说“开源了模型”'],
  ['远帆(青石旗下)上线', '远帆（青石旗下）上线'],
  ['等等...还有', '等等……还有'],
  ['等等。。。还有', '等等……还有'],
  ['太好了！！！', '太好了！'],
  ['ＡＢＣ１２３％', 'ABC123%'],
  ['青石 Lumen 2 上线', '青石Lumen 2上线'],
  ['青石\u200b发布\u00a0Lumen', '青石发布Lumen'],
];

const KEPT: readonly string[] = [
  '售价1,000元',
  '10:30开会',
  '得分3.5分',
  '见https://example.com/a,b?c=1:2',
  '运行`a , b : c`即可',
  'Plain English, as it is: fine.',
];

describe('typography of a text', () => {
  for (const [damaged, mended] of REPAIRS)
    it(`mends «${damaged}»`, () => assert.equal(repairTypography(damaged), mended));

  for (const text of KEPT) it(`leaves «${text}»`, () => assert.equal(repairTypography(text), text));

  it('takes emoji and stars off a headline, and nothing else', () => {
    assert.equal(withoutDecoration('🚀 青石发布Lumen 2 ★'), '青石发布Lumen 2');
  });
});

/** Pieces that meet in real feeds, in every order. */
const mixed = fc
  .array(
    fc.constantFrom(
      ...[
        '青石',
        '发布',
        'Lumen',
        'GPT',
        '4o',
        '3.5',
        '1,000',
        '10:30',
        '１２',
        'Ａ',
        ' ',
        '  ',
        '\n',
        '\u3000',
      ],
      ...[',', '，', '.', '。', ':', '：', ';', '?', '!', '-', ' - ', '--', '—', '…', '...', '"', '“', '”'],
      ...['(', ')', '（', '）', '`', '%', '$', '😀', '\u200b', 'https://example.com/x,y'],
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));

const lettersOf = (text: string) => text.normalize('NFKC').match(/[\p{L}\p{N}]/gu) ?? [];

describe('typography of all texts', () => {
  it('mended once is mended for good', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const once = repairTypography(text);
        assert.equal(repairTypography(once), once);
      }),
      { numRuns: 3000 },
    );
  });

  it('loses and adds no letter and no digit', () => {
    fc.assert(
      fc.property(mixed, (text) => assert.deepEqual(lettersOf(repairTypography(text)), lettersOf(text))),
      { numRuns: 2000 },
    );
  });
});

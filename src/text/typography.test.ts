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
  ['青石称「明年『全部』投产」', '青石称“明年‘全部’投产”'],
  ['青石称”明年投产“', '青石称“明年投产”'],
  ["青石的'远帆'上线", '青石的‘远帆’上线'],
  ['《远帆》、《青石》获奖', '《远帆》《青石》获奖'],
  ['“开源”、“开放”不同', '“开源”“开放”不同'],
  ['6–7日开会，预计2025—2027年建成', '6-7日开会，预计2025-2027年建成'],
  ['约10%~20%的用户，1万～2万人', '约10%-20%的用户，1万-2万人'],
  ['需要 24 GB 显存，主频 3.5 GHz，省电 20 %', '需要24GB显存，主频3.5GHz，省电20%'],
  ['售价 $ 20', '售价$20'],
  ['远帆用 GPT -4 与 GPT- 5', '远帆用GPT-4与GPT-5'],
  ['Ａ／Ｂ测试＋３．５％', 'A/B测试+3.5%'],
  ['青石开源，。远帆跟进、；', '青石开源。远帆跟进；'],
];

const KEPT: readonly string[] = [
  '售价1,000元',
  '10:30开会',
  '得分3.5分',
  '见https://example.com/a,b?c=1:2',
  '运行`a , b : c`即可',
  'Plain English, as it is: fine.',
  "It's the team's 'own' – 5 GB, 1 ~ 2",
  '青石——远帆的对手——上线',
  '温度-5度',
  '远帆开发了5个App',
  '得名于don’t一词',
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

  const inProse = (text: string) => text.replace(/https?:\/\/\S+|`[^`\n]*`/gu, '\n');

  it('leaves no blank between Chinese and Latin or digits, none beside full-width marks, none before a unit', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const line = inProse(repairTypography(`青石${text}`));
        assert.doesNotMatch(line, /\p{Script=Han} +[A-Za-z0-9\p{Script=Han}]|[A-Za-z0-9] +\p{Script=Han}/u);
        assert.doesNotMatch(line, / [，。；：？！、”’》]|[，。；：？！、“‘《] /u);
        assert.doesNotMatch(line, /\d (?:GB|GHz|km)(?![A-Za-z0-9])/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows one kind of quotation mark, and pairs stand in turn', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        for (const line of inProse(repairTypography(`青石${text}`)).split('\n'))
          assert.doesNotMatch(line, /[「」『』]/);
        for (const line of repairTypography(`青石${text}`).split('\n')) {
          const marks = line.match(/[“”]/g)?.join('') ?? '';
          if (marks.length % 2 === 0) assert.match(marks, /^(“”)*$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

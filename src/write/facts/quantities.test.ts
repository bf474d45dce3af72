import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { desk } from '../../../test/support/invented-desk.ts';
import { readHanNumber } from './han-number.ts';

const read = (text: string) =>
  desk.facts.readQuantities(text).map(({ value, unit, bound }) => [value, unit, bound] as const);

describe('numbers in Chinese characters', () => {
  it('have their value', () => {
    const VALUES: readonly [string, number][] = [
      ['三千二百万', 32_000_000],
      ['一千零二十四', 1024],
      ['十二', 12],
      ['两', 2],
      ['二〇二六', 2026],
      ['一点五', 1.5],
      ['三万亿', 3e12],
      ['一亿二千万', 120_000_000],
    ];
    for (const [text, value] of VALUES) assert.equal(readHanNumber(text), value, text);
  });

  it('are none when they are words', () => {
    assert.deepEqual(read('万一三星和四川的零一万物一起做一个模型'), []);
    assert.equal(readHanNumber('远帆'), undefined);
  });

  it('of any size are read back', () => {
    const DIGITS = '零一二三四五六七八九';
    const say = (value: number): string => {
      const places = [
        [1000, '千'],
        [100, '百'],
        [10, '十'],
      ] as const;
      const said = places
        .map(([place, sign]) => {
          const digit = Math.floor(value / place) % 10;
          return digit === 0 ? '' : `${DIGITS.charAt(digit)}${sign}`;
        })
        .join('');
      return said + (value % 10 === 0 ? '' : DIGITS.charAt(value % 10));
    };
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 9999 }), (value) =>
        assert.equal(readHanNumber(say(value)), value),
      ),
    );
  });
});

describe('a reader of quantities', () => {
  it('gives value, unit and bound', () => {
    assert.deepEqual(read('融资超5000亿美元'), [[5e11, '美元', 'over']]);
    assert.deepEqual(read('US$1.5bn'), [[1.5e9, '美元', 'exact']]);
    assert.deepEqual(read('近三成用户'), [[30, '%', 'about']]);
    assert.deepEqual(read('不超过20 GB'), [[2e10, '字节', 'under']]);
    assert.deepEqual(read('200多个国家'), [[200, '', 'over']]);
    assert.deepEqual(read('10-20亿元'), [
      [1e9, '元', 'exact'],
      [2e9, '元', 'exact'],
    ]);
  });

  it('leaves numbers inside names alone', () => {
    assert.deepEqual(read('GPT-5和A3B在pass@2上，版本1.2.3'), []);
  });

  it('reads what it wrote, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (value) => {
        assert.deepEqual(read(`共${value.toLocaleString('en-US')}元`), [[value, '元', 'exact']]);
      }),
    );
  });
});

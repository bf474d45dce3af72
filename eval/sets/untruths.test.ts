import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNameFinder } from '../../src/text/names.ts';
import { UNTRUTHS, untruthsOf } from './untruths.ts';

const names = ['青石', '远帆', 'Tidal', 'Lumen', 'Harbor', 'Beacon'];
const findNames = createNameFinder(
  names.map((name) => ({ name, kind: 'company', ai: 1, fame: 1, aliases: [] })),
);
const TEXT = '青石发布Lumen 4.5，3月9日起收费30美元，将在今年支持视频，成本降低20%，无需排队。';
const made = untruthsOf(TEXT, TEXT, 8, { findNames, pool: names });

describe('untruths for the evaluation', () => {
  it('are made of every kind', () => {
    assert.deepEqual(new Set(made.map(({ kind }) => kind)), new Set(UNTRUTHS));
  });

  it('differ from the truth in one place', () => {
    for (const { text, kind } of made) {
      assert.notEqual(text, TEXT, kind);
      let start = 0;
      while (text[start] === TEXT[start]) start += 1;
      let end = 0;
      while (end < TEXT.length - start && text.at(-1 - end) === TEXT.at(-1 - end)) end += 1;
      assert.ok(TEXT.length - start - end <= 14, `${kind}: ${text}`);
    }
  });

  it('are the same for the same seed', () => {
    assert.deepEqual(untruthsOf(TEXT, TEXT, 8, { findNames, pool: names }), made);
  });
});

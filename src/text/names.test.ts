import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPhraseFinder } from './find-phrases.ts';
import { createNameFinder, type Name, namesIn } from './names.ts';

const nobody = { ai: 1, fame: 1 } as const;
const names: Name[] = [
  { name: 'Lantern', kind: 'company', aliases: ['灯笼智能', '灯笼'], ...nobody },
  { name: 'Lantern Code', kind: 'product', of: 'Lantern', aliases: [], ...nobody },
  { name: 'Beacon', kind: 'product', exact: true, aliases: [], ...nobody },
];
const find = createNameFinder(names);
const found = (text: string) => namesIn(find, text).map((name) => name.name);

describe('names in both scripts', () => {
  it('knows one company under its Chinese and its Latin name', () => {
    assert.deepEqual(found('灯笼智能发布新模型'), ['Lantern']);
    assert.deepEqual(found('LANTERN ships a new model'), ['Lantern']);
  });

  it('takes the longest spelling, so the product is not also the company', () => {
    assert.deepEqual(found('Lantern Code 更新'), ['Lantern Code']);
  });

  it('matches Latin names as whole words only', () => {
    assert.deepEqual(found('Lanterns and MyLantern'), []);
  });

  it('sees a name that touches Chinese characters or its version', () => {
    assert.deepEqual(found('今天Lantern3发布'), ['Lantern']);
  });

  it('does not take an everyday word for a product that is spelled with a capital', () => {
    assert.deepEqual(found('a beacon of hope'), []);
    assert.deepEqual(found('Beacon 上线'), ['Beacon']);
  });

  it('says where a name stands', () => {
    const [hit] = find('恭喜灯笼获投');
    assert.equal(hit?.start, 2);
    assert.equal(hit?.end, 4);
  });
});

describe('finding many phrases at once', () => {
  it('lets a digit end a phrase only where no longer number follows', () => {
    const findPhrase = createPhraseFinder([{ phrase: 'GPT-5', value: 1 }]);
    assert.equal(findPhrase('GPT-5 来了').length, 1);
    assert.equal(findPhrase('GPT-55 来了').length, 0);
  });

  it('keeps positions right after letters whose lower case is longer', () => {
    const [hit] = createPhraseFinder([{ phrase: 'ai', value: 1 }])('İİ AI');
    assert.equal(hit?.start, 3);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readJsLiteral } from './js-literal.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

test('the data of a WeChat page is read in both of its dialects', () => {
  const script = `{
    base_resp: { ret: '0' * 1, errmsg: JsDecode('ok'), },
    nick_name: JsDecode('某\\x26amp;某'), title: 'it\\'s \\x22一\\x22', // comment
    biz: '' || 'MzA=' , author: htmlDecode("甲"), name: '乙'.html(false),
    list: [ { url: 'a' }, { url: "b" }, ], "quoted": -1.5, on: true, none: undefined,
  };`;
  assert.deepEqual(plain(readJsLiteral(script, 0)), {
    base_resp: { ret: 0, errmsg: 'ok' },
    nick_name: '某&amp;某',
    title: 'it\'s "一"',
    biz: 'MzA=',
    author: '甲',
    name: '乙',
    list: [{ url: 'a' }, { url: 'b' }],
    quoted: -1.5,
    on: true,
    none: null,
  });
});

test('escapes are undone once by JavaScript and once more by JsDecode', () => {
  assert.deepEqual(plain(readJsLiteral(String.raw`{ a: JsDecode('x\\x0ay\x5cx26z\n') }`, 0)), {
    a: 'x\ny&z\n',
  });
});

test('an object that breaks off is no object', () => {
  assert.equal(readJsLiteral('{ a: 1, b: ', 0), undefined);
});

test('a hostile key or a thousand levels do no harm', () => {
  const value = readJsLiteral('{ __proto__: { polluted: 1 } }', 0);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  assert.deepEqual(Object.keys(value as object), ['__proto__']);
  assert.doesNotThrow(() => readJsLiteral('['.repeat(5000), 0));
});

test('for all JSON values: read as JSON would', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()))),
      (value) => {
        assert.deepEqual(plain(readJsLiteral(JSON.stringify(value), 0)), plain(value));
      },
    ),
  );
});

test('for all broken scripts: it ends, without exception', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    "'",
    '"',
    '\\',
    'a',
    '(',
    ')',
    '||',
    '*',
    '.',
    '//',
    '/*',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      readJsLiteral(`{${pieces.join('')}`, 0);
    }),
  );
});

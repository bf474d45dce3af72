import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeText } from './decode-text.ts';

// 「人工智能日报」 in three encodings, as bytes.
const GBK = Buffer.from('c8cbb9a4d6c7c4dcc8d5b1a8', 'hex');
const BIG5 = Buffer.from('a448a475b4bcbc7aa4e9b3f8', 'hex');
const TEXT = '人工智能日报';

const xml = (encoding: string, body: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><t>`), body, Buffer.from('</t>')]);

test('a GBK feed is read by its header, its declaration, or by its bytes alone', () => {
  assert.equal(decodeText(GBK, 'text/xml; charset=gb2312'), TEXT);
  assert.match(decodeText(xml('gbk', GBK)), /人工智能日报/);
  assert.match(decodeText(Buffer.concat([Buffer.from('<meta charset=GB18030>'), GBK])), /人工智能日报/);
  const long = Buffer.concat(Array.from({ length: 40 }, () => GBK));
  assert.equal(decodeText(long), TEXT.repeat(40));
});

test('Big5 is read by its declaration', () => {
  assert.match(decodeText(xml('big5', BIG5)), /人工智慧日報/);
});

test('a UTF-8 feed that claims to be something else is still UTF-8', () => {
  assert.match(decodeText(xml('iso-8859-1', Buffer.from(TEXT))), /人工智能日报/);
  assert.match(decodeText(xml('utf-16', Buffer.from(TEXT))), /人工智能日报/);
  assert.equal(decodeText(Buffer.from(TEXT), 'text/html; charset=gbk'), TEXT);
});

test('a GBK page that claims UTF-8 is found out', () => {
  const long = Buffer.concat(Array.from({ length: 40 }, () => GBK));
  assert.equal(decodeText(long, 'text/html; charset=utf-8'), TEXT.repeat(40));
});

test('one broken character does not change the encoding of a page', () => {
  const bytes = Buffer.concat([Buffer.from(TEXT.repeat(100)), Buffer.from([0xe4, 0xba])]);
  assert.ok(decodeText(bytes).startsWith(TEXT.repeat(100)));
});

test('byte order marks win and do not stay in the text', () => {
  assert.equal(decodeText(Buffer.from(`\ufeff${TEXT}`), 'text/html; charset=gbk'), TEXT);
  assert.equal(decodeText(Buffer.from(`\ufeff${TEXT}`, 'utf16le')), TEXT);
});

test('wide encodings without a mark are known by the zeros of their first sign', () => {
  const page = `<?xml version="1.0"?><t>${TEXT}😀</t>`;
  const little = Buffer.from(page, 'utf16le');
  const big = Buffer.from(little).swap16();
  assert.equal(decodeText(little), page);
  assert.equal(decodeText(big, 'text/xml; charset=utf-8'), page);
  const four = Buffer.alloc([...page].length * 4);
  for (const [n, sign] of [...page].entries()) four.writeUInt32LE(sign.codePointAt(0) ?? 0, n * 4);
  assert.equal(decodeText(four), page);
  assert.equal(decodeText(Buffer.from(four).swap32()), page);
  assert.equal(
    decodeText(Buffer.concat([Buffer.from([0, 0, 0xfe, 0xff]), Buffer.from(four).swap32()])),
    page,
  );
});

test('for all texts: UTF-8 comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(decodeText(Buffer.from(text)), text.replace(/^\ufeff/, ''));
    }),
  );
});

test('for all bytes: no exception', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (bytes, type) => typeof decodeText(bytes, type) === 'string'),
  );
});

test('undeclared Thai is found out by how it is written; Chinese, Russian and Greek are not taken for it', () => {
  const thai = 'บริษัทเปิดตัวแบบจำลองภาษาขนาดใหญ่รุ่นใหม่ที่เร็วกว่าเดิมสองเท่า';
  const codes = [...thai].map((sign) => (sign.codePointAt(0) ?? 0) - 0x0e00 + 0xa0);
  assert.equal(decodeText(Uint8Array.from(codes)), thai);
  // «Новая модель вдвое быстрее прежней и дешевле» and «Το νέο μοντέλο είναι ταχύτερο» in Windows' codes.
  const russian =
    'cdeee2e0ff20eceee4e5ebfc20e2e4e2eee520e1fbf1f2f0e5e520eff0e5e6ede5e920e820e4e5f8e5e2ebe5'.repeat(3);
  const greek = 'd4ef20ede5ef20ecefedf4e5ebef20e5dfede1e920f4e1f7fdf4e5f1ef20e1f0fc20f0f1e9ed'.repeat(3);
  const chinese = 'b9abcbbeb7a2b2bcd0c2b5c4b4f3d3efd1d4c4a3d0cda3acb1c8d2d4c7b0bfecc1bdb1b6a1a3'.repeat(3);
  for (const hex of [russian, greek, chinese])
    assert.doesNotMatch(decodeText(Buffer.from(hex, 'hex')), /[\u0e00-\u0e7f]/);
});

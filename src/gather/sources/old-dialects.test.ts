import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { modernised } from './old-dialects.ts';
import { readStrictly } from './strict-feed.ts';

const itemsOf = (text: string) => readStrictly(text)?.items ?? [];
const packed = (text: string) => Buffer.from(text).toString('base64');

test('Atom that packed its texts in Base64 is unpacked, by mode or by media type', () => {
  const old = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title type="text/html" mode="base64">${packed('远帆<b>发布</b>')}</title><summary mode="base64" type="text/html">${packed('<p>摘要</p>')}</summary></entry></feed>`;
  const now = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="application/octet-stream">${packed('远帆<b>发布</b>')}</title><content type="application/octet-stream">${packed('<p>摘要</p>')}</content></entry></feed>`;
  for (const text of [old, now]) {
    const [item] = itemsOf(text);
    assert.deepEqual([item?.title, item?.html], ['远帆<b>发布</b>', ['<p>摘要</p>']]);
  }
});

test('RSS with its article in body or fullitem gives that article', () => {
  const rss = (inside: string) =>
    `<rss version="2.0"><channel><item><title>一</title>${inside}</item></channel></rss>`;
  const ways = [
    '<body xmlns="http://www.w3.org/1999/xhtml"><p>全文</p></body>',
    '<xhtml:body xmlns:xhtml="http://www.w3.org/1999/xhtml"><p>全文</p></xhtml:body>',
    '<fullitem>&lt;p>全文&lt;/p></fullitem>',
  ];
  for (const way of ways) assert.deepEqual(itemsOf(rss(way))[0]?.html, ['<p>全文</p>'], way);
});

test('RSS with a summary keeps both texts, and tags in one element are as many as there are commas', () => {
  const text =
    '<rss version="2.0"><channel><item><title>一</title><description>短</description><summary>长一点</summary><tags>模型，芯片, 机器人</tags></item></channel></rss>';
  assert.deepEqual(itemsOf(text)[0]?.html, ['长一点', '短']);
  assert.deepEqual(itemsOf(text)[0]?.tags, ['模型', '芯片', '机器人']);
});

test('an author under the wrong name of Dublin Core is an author', () => {
  const text =
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>一</title><dc:author>灯塔</dc:author></item></channel></rss>';
  assert.equal(itemsOf(text)[0]?.author, '灯塔');
});

test('for all texts: what is no old feed stays as it is, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      modernised(`<rss><item><body>${text}</body> mode="base64"`);
      assert.equal(
        modernised(`<rss><item>${text.replaceAll('<', '')}</item></rss>`),
        `<rss><item>${text.replaceAll('<', '')}</item></rss>`,
      );
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '../dom.ts';
import { readStructuredData } from './structured-data.ts';

const told = (...blocks: string[]) =>
  readStructuredData(
    parseDocument(blocks.map((block) => `<script type="application/ld+json">${block}</script>`).join('')),
  );

test('the article is found among other things, in a list or a graph', () => {
  const article =
    '{"@type":["NewsArticle"],"headline":"青石降价","author":[{"name":"小明"},{"name":"小红"}],"image":{"url":"/a.png"},"keywords":"模型, 价格"}';
  const facts = { headline: '青石降价', author: '小明, 小红', image: '/a.png', keywords: ['模型', '价格'] };
  assert.deepEqual(told('{"@type":"WebSite","name":"x"}', `{"@graph":[${article}]}`), facts);
  assert.deepEqual(told(`[${article}]`), facts);
});

test('the usual damage is mended: raw line breaks, a comma too many; other damage is passed over', () => {
  assert.equal(told('{"@type":"Article","headline":"青石\n降价",}').headline, '青石 降价');
  assert.deepEqual(told('{"@type":"Article",'), {});
  assert.equal(told('{broken', '{"@type":"BlogPosting","headline":"好"}').headline, '好');
});

test('the text of the article is plain paragraphs, also when it was given as markup', () => {
  const body = JSON.stringify({ '@type': 'Article', articleBody: '<p>一 &amp; 二</p><p>三</p>' });
  assert.equal(told(body).articleBody, '一 & 二\n三');
});

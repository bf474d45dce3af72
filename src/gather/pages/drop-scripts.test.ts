import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropScripts } from './drop-scripts.ts';

const ARTICLE = '<p>青石公布了价格。</p><p>接口下周开放。</p>';

test('scripts and styles go, structured data stays', () => {
  const data = '<script type="application/ld+json">{"a":1}</script>';
  assert.equal(dropScripts(`<style>p{}</style>甲<script>var a = "<p>";</script>${data}乙`), `甲${data}乙`);
});

test('a formula that a script would draw becomes text', () => {
  assert.equal(dropScripts('设 <script type="math/tex">a < b</script>。'), '设  a &lt; b 。');
});

test('an article kept in a template for a script to show is shown; a part of the interface is not', () => {
  assert.equal(
    dropScripts(`<div><script type="text/template">${ARTICLE}</script></div>`),
    `<div>${ARTICLE}</div>`,
  );
  for (const part of ['<p>{{title}}</p><p>{{text}}</p>', '{"html":"<p>a</p><p>b</p>"}', '<p>一句</p>'])
    assert.equal(dropScripts(`<script type="text/template">${part}</script>`), '', part);
});

test('an article only for readers without scripts is read; a notice or a copy of it is not', () => {
  assert.equal(dropScripts(`<noscript>${ARTICLE}</noscript>`), ARTICLE);
  const copied = `${ARTICLE}<p>三。</p><noscript>${ARTICLE}</noscript>`;
  assert.equal(dropScripts(copied), copied);
  const notice = '<noscript><p>请打开 JavaScript</p></noscript>';
  assert.equal(dropScripts(notice), notice);
});

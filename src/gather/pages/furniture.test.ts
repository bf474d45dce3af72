import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_RULES } from '../../../test/fixtures/page-rules.ts';
import { bodyHtml, parseDocument } from '../dom.ts';
import { clearPage, furnitureIn, lift, titlesIn } from './furniture.ts';
import { prepareRules } from './page-rules.ts';

const { furniture, barriers } = prepareRules(PAGE_RULES);
const STORY = `<p>${'青石公司公布了新模型的价格。'.repeat(40)}</p>`;
const idsIn = (html: string): (string | null)[] =>
  furnitureIn(parseDocument(html), furniture).map((element) => element.getAttribute('id'));

test('blocks are told by the words of their class or id, however they are written', () => {
  const html = `${STORY}<div id="a" class="shareButtons">转</div><div id="b" class="c-related_posts">读</div><div id="post-meta">报</div>`;
  assert.deepEqual(idsIn(html), ['a', 'b', 'post-meta']);
});

test('a word inside another word is not that word', () => {
  assert.deepEqual(
    idsIn(`${STORY}<div id="a" class="header">头</div><div id="b" class="loading shadow">影</div>`),
    [],
  );
});

test('a block with much of the text, or with the headline, stays whatever it is called', () => {
  assert.deepEqual(idsIn(`<div id="a" class="related">${STORY}</div>`), []);
  assert.deepEqual(idsIn(`${STORY}<div id="a" class="nav"><h1>青石降价</h1></div>`), []);
});

test('what was lifted out comes back where it was, neighbours too', () => {
  const document = parseDocument('<div><h2>一</h2><h2>二</h2>三<h2>四</h2></div>');
  const before = bodyHtml(document);
  const putBack = lift(titlesIn(document));
  assert.equal(bodyHtml(document), '<div>三</div>');
  putBack();
  assert.equal(bodyHtml(document), before);
});

test('a cookie notice goes before the article is looked for; a hidden article shows', () => {
  const document = parseDocument(
    `<div class="cookie-banner">我们使用 Cookie。</div><div style="opacity: 0; color: red">${STORY}</div><p><a href="/x">另一篇</a></p>`,
  );
  clearPage(document, barriers);
  assert.doesNotMatch(bodyHtml(document), /Cookie|opacity|另一篇/);
});

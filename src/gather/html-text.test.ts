import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeEntities, feedHtmlToText, htmlToText, plainTitle, tidyLines } from './html-text.ts';

test('paragraphs, lists and line breaks become lines; words keep one space', () => {
  const html = '<div><p>第一段  有\n换行</p><ul><li>甲</li><li>乙</li></ul>尾<br/>行</div>';
  assert.equal(htmlToText(html), '第一段 有 换行\n甲\n乙\n尾\n行');
});

test('scripts, styles and comments leave no trace, even when they look like text', () => {
  const html = 'a<script>if (1 < 2) document.write("<p>x</p>")</script><style>p{}</style><!-- <p>c</p> -->b';
  assert.equal(htmlToText(html), 'ab');
});

test('a less-than sign in running text is not a tag', () => {
  assert.equal(htmlToText('若 a < b 且 c > d，则 <b>成立</b>'), '若 a < b 且 c > d，则 成立');
});

test('an attribute may hold a greater-than sign, and a quote may never close', () => {
  assert.equal(htmlToText('<img alt="a > b">图'), '图');
  assert.equal(htmlToText('<a href="x>链接</a> 后文'), '链接 后文');
});

test('code keeps its lines', () => {
  assert.equal(htmlToText('<pre>one\ntwo</pre>'), 'one\ntwo');
});

test('entities: common, numeric, Windows-1252, rare, and unknown ones that stay', () => {
  assert.equal(
    decodeEntities('A&amp;B &#20013;&#x6587; it&#146;s &blacktriangleright; &nosuch;'),
    'A&B 中文 it’s ▸ &nosuch;',
  );
});

test('a title escaped twice reads as its author wrote it', () => {
  assert.equal(plainTitle('A &amp;amp; B &amp;lt;b&amp;gt;大&amp;lt;/b&amp;gt; &amp;#8217;'), 'A & B 大 ’');
  assert.equal(plainTitle('<![CDATA[ 标题 ]]>'), '标题');
  assert.equal(plainTitle('Why a &lt;div&gt; is not enough'), 'Why a <div> is not enough');
});

test('a description whose markup was escaped once too often is still read as markup', () => {
  assert.equal(feedHtmlToText('&lt;p&gt;一&lt;/p&gt;&lt;p&gt;二&lt;/p&gt;'), '一\n二');
  assert.equal(feedHtmlToText('第一行\n第二行 &amp; 尾'), '第一行\n第二行 & 尾');
});

test('for all texts: tidying twice changes nothing, and no line is blank', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const tidy = tidyLines(text);
      assert.equal(tidyLines(tidy), tidy);
      assert.ok(tidy === '' || tidy.split('\n').every((line) => line.trim() !== ''));
    }),
  );
});

test('for all broken markup: no exception and nothing hidden leaks', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '=',
    '<p',
    '</p>',
    '<script>',
    '<!--',
    '-->',
    'SECRET',
    'a',
    '/',
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      assert.ok(
        !htmlToText(`<script>SECRET</script>${pieces.join('').replaceAll('SECRET', '')}`).includes('SECRET'),
      );
    }),
  );
});

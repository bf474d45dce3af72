import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeEntities, feedHtmlToText, htmlToText, plainTitle, tidyLines } from './html-text.ts';

test('paragraphs, lists and line breaks become lines; words keep one space', () => {
  const html = '<div><p>第一段  有\n换行</p><ul><li>甲</li><li>乙</li></ul>尾<br/>行</div>';
  assert.equal(htmlToText(html), '第一段 有 换行\n- 甲\n- 乙\n尾\n行');
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

test('a table row is its cells side by side; a table used for layout is just its text', () => {
  const table =
    '<table><tr><th>模型</th><th>价格</th></tr>\n<tr>\n<td><p>远帆</p></td> <td>2 元</td></tr><tr><td>墨海</td><td></td><td>新</td></tr></table>';
  assert.equal(htmlToText(table.replace(/<\/?p>/g, '')), '模型 | 价格\n远帆 | 2 元\n墨海 | | 新');
  assert.equal(htmlToText('<table><tr><td>左<br>下</td></tr></table>'), '左\n下');
});

test('a table whose cells hold paragraphs is still a table', () => {
  assert.equal(htmlToText('<table><tr><td><p>甲</p></td><td><p>乙</p></td></tr></table>'), '甲 | 乙');
});

test('list items keep a marker: a dash, or their number, also when a paragraph stands inside', () => {
  assert.equal(
    htmlToText('<ol><li><p>装好</p></li><li>运行<ul><li>本机</li></ul></li><li>看结果</li></ol><p>完</p>'),
    '1. 装好\n2. 运行\n- 本机\n3. 看结果\n完',
  );
  assert.equal(htmlToText('<ul><li></li><li> </li></ul>空'), '空');
});

test('a formula keeps its TeX, from MathML, from its alternative text, or from a picture', () => {
  const katex =
    '损失 <math><semantics><mi>L</mi><annotation encoding="application/x-tex">L = a &lt; b</annotation></semantics></math> 下降';
  assert.equal(htmlToText(katex), '损失 L = a < b 下降');
  assert.equal(htmlToText('<p>设 <math alttext="x^2"><mi>x</mi></math>。</p>'), '设 x^2 。');
  assert.equal(htmlToText('<math><mi>x</mi><mo>+</mo><mn>1</mn></math>'), 'x + 1');
  assert.equal(htmlToText('有 <img class="latex" alt="\\frac{1}{2}" src="f.png"> 个'), '有 \\frac{1}{2} 个');
  assert.equal(htmlToText('图<img alt="一张照片" src="a.png">'), '图');
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
  assert.equal(plainTitle('&lt;blink&gt;今天&lt;/blink&gt;发布<!-- 编者'), '今天发布');
  assert.equal(plainTitle('再见，&lt;blink&gt; 标签'), '再见，<blink> 标签');
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

test('lines of code keep their indentation, also when colours cut them into pieces', () => {
  const code =
    '<p>如下：</p><pre><span>def</span> f(x):\n<span>    </span><span>if</span> x<span> &gt; 1</span>:\n\t\treturn x\n\n</pre><p>完</p>';
  assert.equal(htmlToText(code), '如下：\ndef f(x):\n    if x > 1:\n        return x\n完');
});

test('a plain paragraph that was wrapped to a width is one line, and lines that mean something stay lines', () => {
  const wrapped =
    'The keeper of the lamp reports\nthat the harbor is about to close almost all of its\nopen gates.';
  const whole =
    'The keeper of the lamp reports that the harbor is about to close almost all of its open gates.';
  assert.equal(feedHtmlToText(`${wrapped}\n\nShips may wait.`), `${whole}\nShips may wait.`);
  assert.equal(feedHtmlToText(`${wrapped}\r\n\r\nShips may wait.`), `${whole}\nShips may wait.`);
  for (const kept of [
    'Adds support for laptops\nFixes the harbor light bug',
    'lamps\nharbors\nships',
    '- adds a lamp to the longest of all the ports we have\n- fixes a light',
    'feat(lamp): adds a lamp to the longest of all our ports\nfix: a light that never went out',
    '第一行写到这里就结束了，后面是另一段\n第二行从这里开始',
  ])
    assert.equal(feedHtmlToText(kept), kept);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import { anEdition } from '../../../test/support/an-edition.ts';
import { HOSTILE, hostileEdition } from '../../../test/support/hostile-edition.ts';
import {
  type LetterText,
  MOST_HTML_BYTES,
  personalLines,
  renderLetter,
  renderNote,
  withPersonal,
} from './render-letter.ts';

const LEAVE = 'https://daily.example/unsubscribe?t=0123-abc';
const whole = (letter: LetterText) => withPersonal(letter, personalLines(LEAVE));
const itemsOf = (edition: ReturnType<typeof anEdition>) => edition.sections.flatMap(({ items }) => items);

test('a letter holds the edition in order, its headlines linked, and nothing that is fetched', () => {
  const edition = anEdition(37);
  const { html, text, subject } = whole(renderLetter(edition));
  assert.ok(subject.length <= 40 && edition.title.startsWith(subject));
  let [inHtml, inText] = [0, 0];
  for (const { brief } of itemsOf(edition)) {
    inHtml = html.indexOf(`>${brief.headline}<`, inHtml);
    inText = text.indexOf(brief.headline, inText);
    assert.ok(inHtml > 0 && inText > 0, brief.headline);
    assert.ok(html.includes(`href="${brief.url.replaceAll('&', '&amp;')}"`) && text.includes(brief.url));
  }
  assert.doesNotMatch(html, /<img|<script|<link|<iframe|@import|url\(|\bsrc=|background="/i);
  assert.ok(html.includes(LEAVE) && text.includes(LEAVE));
});

test('what the subject leaves out of the title stands in the preheader', () => {
  const { html, subject } = whole(renderLetter(anEdition(5)));
  const [, hidden = ''] = /<div style="display:none[^>]*>([^&]*)/.exec(html) ?? [];
  assert.ok(hidden.length > 10 && !hidden.includes(subject));
  assert.ok(hidden.includes('第3号实验室开源检索模型'));
});

test('120 items stay under what mail programs show, and what is shortened is said', () => {
  const long = anEdition(120);
  for (const item of itemsOf(long)) item.brief.summary = item.brief.summary.repeat(3);
  for (const edition of [anEdition(120), long]) {
    const { html, text } = whole(renderLetter(edition, { page: 'https://site.example/d.html' }));
    assert.ok(Buffer.byteLength(html) <= MOST_HTML_BYTES + 1000, `${Buffer.byteLength(html)} B`);
    for (const { brief } of itemsOf(edition)) {
      assert.ok(html.includes(`>${brief.headline}<`), brief.headline);
      assert.ok(text.includes(brief.summary), 'the plain text has all of it');
    }
    const short = itemsOf(edition).filter(({ brief }) => !html.includes(brief.summary));
    const said = Number(/为不被邮箱截断，(\d+) 条只列标题/.exec(html)?.[1] ?? 0);
    assert.equal(said, short.length);
    const kept = itemsOf(edition).filter((item) => !short.includes(item));
    const least = Math.min(...kept.map(({ worth }) => worth));
    assert.ok(
      short.every(({ worth }) => worth <= least),
      'the least worth gives way first',
    );
  }
});

test('an edition whose headlines alone are too much says how many are not listed', () => {
  const huge = anEdition(200);
  for (const item of itemsOf(huge)) item.brief.url = `https://a.example/${'x'.repeat(1500)}`;
  const { html, text } = whole(renderLetter(huge));
  assert.ok(Buffer.byteLength(html) <= MOST_HTML_BYTES + 1000, `${Buffer.byteLength(html)} B`);
  const shown = itemsOf(huge).filter(({ brief }) => html.includes(`>${brief.headline}<`)).length;
  assert.match(html, new RegExp(`${200 - shown} 条没有列出`));
  for (const { brief } of itemsOf(huge)) assert.ok(text.includes(brief.headline));
});

test('hostile words stay words in every place of a letter, and cannot move the way out', () => {
  for (const text of [...HOSTILE, '<personal>', '</td></tr></table>']) {
    const { html, subject } = whole(renderLetter(hostileEdition(1, text)));
    assert.doesNotMatch(subject, /[\r\n\0]/);
    const { document } = parseHTML(html);
    assert.equal(document.querySelectorAll('script,img,svg,iframe,textarea,form').length, 0, text);
    for (const element of document.querySelectorAll('*'))
      for (const { name } of element.attributes) assert.doesNotMatch(name, /^on/, text);
    for (const link of document.querySelectorAll('a'))
      assert.match(link.getAttribute('href') ?? '', /^https?:\/\//, text);
    const ways = [...document.querySelectorAll('a')].filter((link) => link.textContent === '退订');
    assert.ok(ways.some((link) => link.getAttribute('href') === LEAVE));
    assert.equal(html.split(LEAVE).length, 2, 'once: no link of an outlet carries it off');
  }
});

test('a note is a title, lines and a button', () => {
  const { html, text, subject } = renderNote({
    title: '日报\r\n被扣下 <b>',
    lines: ['只有 2 条'],
    button: { url: 'https://daily.example/confirm?t=a&b', words: '去确认' },
  });
  assert.equal(subject, '日报 被扣下 <b>');
  assert.ok(
    html.includes('被扣下 &lt;b&gt;') && html.includes('href="https://daily.example/confirm?t=a&amp;b"'),
  );
  assert.ok(text.includes('去确认：https://daily.example/confirm?t=a&b'));
});

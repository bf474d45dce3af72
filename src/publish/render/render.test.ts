import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { parse } from 'yaml';
import { aBrief } from '../../../test/support/invent.ts';
import type { DeepRead } from '../../domain/deep-read.ts';
import type { EditionContent, Item } from '../../domain/edition.ts';
import { readEditionMarkdown } from '../read-markdown.ts';
import { linkTarget } from './item-words.ts';
import { escapeMarkdown, renderMarkdown } from './render-markdown.ts';
import { renderPage } from './render-page.ts';

function item(given: Partial<Item['brief']> = {}, rest: Partial<Item> = {}): Item {
  return { brief: aBrief('sa1', given), worth: 50, publisher: '青石日报', outlets: [], parts: [], ...rest };
}

function edition(items: Item[], title = 'AI日报：甲; 乙; 丙'): EditionContent {
  return { date: '2026-03-10', title, tagline: '筛掉噪音。', sections: [{ name: '新闻资讯', items }] };
}

test('the Markdown is, byte for byte, the daily’s format', () => {
  const content = edition([
    item({
      headline: '青石发布远帆3',
      summary: '青石智能：发布远帆3。',
      url: 'http://mp.weixin.example/s?__biz=Mz==&mid=1&idx=1&sn=ab#rd',
    }),
    item(
      { headline: '远帆3开始收费', summary: '远帆3明日起收费。', url: 'http://a.example/2' },
      {
        outlets: [
          { name: '乙媒', url: 'http://b.example/1', title: 't' },
          { name: '丙媒', url: 'http://c.example/1', title: 't' },
        ],
        followUp: {
          label: '新进展',
          newSentence: '远帆3明日起收费。',
          date: '2026-03-09',
          headline: '远帆3将收费',
          url: 'http://a.example/1',
        },
      },
    ),
  ]);
  assert.equal(
    renderMarkdown(content),
    `---
date: 2026-03-10
title: AI日报：甲; 乙; 丙
---

> 筛掉噪音。

# 2026-03-10 资讯日报

## 新闻资讯

### 青石发布远帆3

青石智能：发布远帆3。[>阅读原文](http://mp.weixin.example/s?__biz=Mz==&mid=1&idx=1&sn=ab#rd)

### 新进展｜远帆3开始收费

远帆3明日起收费。此前（3月9日）：[远帆3将收费](http://a.example/1)。另见[乙媒](http://b.example/1)、[丙媒](http://c.example/1)。[>阅读原文](http://a.example/2)
`,
  );
});

test('every title survives YAML front matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const title = `AI日报：${text.replace(/[\r\n]/g, ' ')}`;
      const [, front = ''] = renderMarkdown(edition([item()], title)).split('---\n');
      assert.equal(parse(front).title, title);
    }),
  );
});

test('front matter holds no sign that YAML forbids', () => {
  const front = renderMarkdown(edition([item()], '甲\ufffe乙\uffff\u0007')).split('\n---')[0] ?? '';
  // YAML 1.2, 5.1: c-printable.
  assert.match(front, /^[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]*$/);
  assert.match(front, /甲乙/);
});

test('naughty titles come out as text: no tag, no emphasis, no link, no heading', () => {
  assert.equal(
    escapeMarkdown('<script>alert(1)</script> *x* `y` [z](w)'),
    '&lt;script&gt;alert(1)&lt;/script&gt; \\*x\\* \\`y\\` \\[z\\](w)',
  );
  assert.equal(escapeMarkdown('# 一级\n## 二级'), '\\# 一级 ## 二级');
  assert.equal(escapeMarkdown('1. 列表'), '1\\. 列表');
  assert.equal(escapeMarkdown('&amp; AT&T'), '&amp;amp; AT&T');
  assert.equal(escapeMarkdown('snake_case 与 _斜体_'), 'snake_case 与 \\_斜体\\_');
});

test('a link cannot be ended early, and only the web is linked', () => {
  assert.equal(linkTarget('http://a.example/x (1) y'), 'http://a.example/x%20%281%29%20y');
  assert.equal(linkTarget('javascript:alert(1)'), '#');
});

test('whatever an outlet writes, the page holds our elements only and shows the text as it was', () => {
  const allowed = new Set(
    'HTML HEAD META TITLE STYLE BODY A HEADER P H1 TIME NAV UL LI SMALL MAIN SECTION H2 ARTICLE H3 SPAN FOOTER'.split(
      ' ',
    ),
  );
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '</title><svg/onload=1>',
      'javascript:alert(1)',
    ),
  );
  fc.assert(
    fc.property(nasty, nasty, nasty, (headline, summary, url) => {
      const { document } = parseHTML(renderPage(edition([item({ headline, summary, url })], headline)));
      const elements = [...document.querySelectorAll('*')];
      assert.deepEqual(
        elements.map((element) => element.tagName).filter((name) => !allowed.has(name)),
        [],
      );
      assert.ok(
        elements.every((element) => [...element.attributes].every(({ name }) => !name.startsWith('on'))),
      );
      assert.ok(
        [...document.querySelectorAll('a')].every((a) => /^(https?:|#)/i.test(a.getAttribute('href') ?? '')),
      );
    }),
    { numRuns: 60 },
  );
});

test('same content, same bytes', () => {
  const content = edition([item()]);
  assert.equal(renderPage(content), renderPage(structuredClone(content)));
});

test('the primary source stands beside the article in Markdown and on the page', () => {
  const primary = { label: '论文', url: 'https://arxiv.org/abs/2603.00042' };
  const content = edition([item({ summary: '说明。', url: 'http://a.example/1' }, { primary })]);
  const markdown = renderMarkdown(content);
  assert.ok(
    markdown.includes('说明。[>论文](https://arxiv.org/abs/2603.00042) [>阅读原文](http://a.example/1)'),
    markdown,
  );
  const { document } = parseHTML(renderPage(content));
  const links = [...document.querySelectorAll('.from a')].map((link) => link.getAttribute('href'));
  assert.deepEqual(links, ['http://a.example/1', 'https://arxiv.org/abs/2603.00042']);
});

test('the opening stands after the tagline, in Markdown and on the page, and is read back', () => {
  const opening = '青石发布远帆3；云汀起诉<墨海>；衡芯推出H9。';
  const content = { ...edition([item({ summary: '说明。', url: 'http://a.example/1' })]), opening };
  const markdown = renderMarkdown(content);
  assert.ok(
    markdown.includes('> 筛掉噪音。\n\n青石发布远帆3；云汀起诉&lt;墨海&gt;；衡芯推出H9。\n\n# 2026'),
    markdown,
  );
  const { document } = parseHTML(renderPage(content));
  assert.equal(document.querySelector('.opening')?.textContent, opening);
  const reading = readEditionMarkdown(markdown);
  assert.equal(reading.kind === 'read' && reading.edition.opening, opening);
  const without = readEditionMarkdown(renderMarkdown(edition([item()])));
  assert.ok(without.kind === 'read' && !('opening' in without.edition));
});

test('a deep read stands part by part, is linked from its brief, and is read back as it was', () => {
  const claims = (...texts: string[]) => texts.map((claim) => ({ claim, source: claim, articleId: 'a1' }));
  const deep: DeepRead = {
    storyId: 'sa1',
    articleId: 'a1',
    url: 'http://a.example/1',
    publisher: '青石日报',
    headline: '青石公布远帆3报告',
    date: '2026-03-10',
    told: claims('青石公布远帆3的报告。', '报告分<两>部分。'),
    figures: claims('平均得分74.8分。', '显存降到18GB。'),
    matters: [],
    doubts: claims('报告没有公布*来源*清单。'),
    further: [
      { kind: 'primary', label: '论文', url: 'https://arxiv.org/abs/2603.00042' },
      { kind: 'earlier', label: '远帆3发布', url: 'http://a.example/0', date: '2026-03-08' },
      { kind: 'outlet', label: '乙媒', url: 'http://b.example/1' },
    ],
    writer: 'extractive-deep/1',
  };
  const one = item({ summary: '说明。', url: 'http://a.example/1' });
  const content = { ...edition([one]), deepReads: [deep] };
  const markdown = renderMarkdown(content);
  assert.ok(markdown.includes('说明。[>深读](#深读) [>阅读原文](http://a.example/1)'), markdown);
  assert.ok(markdown.includes('#### 为什么重要\n\n原文未谈。'), markdown);
  const reading = readEditionMarkdown(markdown);
  assert.ok(reading.kind === 'read');
  assert.deepEqual(reading.oddities, []);
  assert.deepEqual(reading.edition.deepReads, [
    {
      headline: deep.headline,
      url: deep.url,
      parts: {
        told: deep.told.map(({ claim }) => claim),
        figures: deep.figures.map(({ claim }) => claim),
        matters: [],
        doubts: deep.doubts.map(({ claim }) => claim),
      },
      further: deep.further,
    },
  ]);
  assert.equal(reading.edition.sections[0]?.items[0]?.summary, '说明。');
  const { document } = parseHTML(renderPage(content));
  assert.equal(document.querySelector('.from a[href="#deep-1"]')?.textContent, '深读');
  assert.deepEqual(
    [...document.querySelectorAll('#deep-1 h4')].map(({ textContent }) => textContent),
    ['讲了什么', '关键数据与事实', '为什么重要', '存疑与局限', '延伸'],
  );
});

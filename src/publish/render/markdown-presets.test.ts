import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { anEdition } from '../../../test/support/an-edition.ts';
import type { Edition } from '../../domain/edition.ts';
import { PRESETS, renderForPreset } from './markdown-presets.ts';
import { renderMarkdown } from './render-markdown.ts';

const AT = '2026-03-10T08:00:00+08:00';

function withWords(words: string): Edition {
  const edition = anEdition(2);
  return {
    ...edition,
    title: `AI日报：${words}`,
    sections: edition.sections.map(({ name, items }) => ({
      name,
      items: items.map((item) => ({ ...item, brief: { ...item.brief, headline: words, summary: words } })),
    })),
  };
}

const frontOf = (content: string) => /^---\n([\s\S]*?)\n---\n/.exec(content)?.[1] ?? '';
const bodyOf = (content: string) => content.replace(/^---\n[\s\S]*?\n---\n/, '');

test('plain is the daily’s own form, byte for byte', () => {
  const edition = anEdition(4);
  assert.deepEqual(renderForPreset(edition, 'plain', AT), {
    file: '2026-03-10.md',
    content: renderMarkdown(edition),
  });
});

test('each generator gets the front matter it asks for', () => {
  const of = (preset: (typeof PRESETS)[number]) => {
    const { file, content } = renderForPreset(anEdition(4), preset, AT);
    return { file, front: parse(frontOf(content), { version: '1.1', schema: 'core' }) };
  };
  assert.equal(of('jekyll').file, '2026-03-10-ai-daily.md');
  assert.equal(of('jekyll').front.date, '2026-03-10 08:00:00 +0800');
  assert.equal(of('jekyll').front.layout, 'post');
  assert.equal(of('hugo').front.date, AT);
  assert.equal(of('hugo').front.draft, false);
  assert.equal(of('hexo').front.date, '2026-03-10 08:00:00');
  assert.equal(of('astro').front.pubDate, AT);
  assert.deepEqual(of('vuepress').front.category, ['AI日报']);
  assert.deepEqual(of('obsidian').front.tags, ['AI日报']);
});

test('nothing an outlet wrote is taken for the generator’s own language', () => {
  const words = '{{ 7*7 }} {% include x %} {# c #} <script>alert(1)</script> <Comp/> [[note]] #tag';
  for (const preset of PRESETS) {
    const { content } = renderForPreset(withWords(words), preset, AT);
    assert.doesNotMatch(bodyOf(content), /<script|<Comp/, preset);
    if (preset === 'plain') continue;
    if (preset === 'obsidian') assert.doesNotMatch(bodyOf(content), /\[\[|(?<!\\)#tag/);
    else assert.doesNotMatch(bodyOf(content), /\{\{|\{%|\{#|\}\}|%\}/, preset);
    if (preset === 'astro') assert.doesNotMatch(bodyOf(content), /[{}]/);
    if (preset === 'vuepress') assert.match(bodyOf(content), /^\n::: v-pre\n[\s\S]*\n:::\n$/);
    assert.equal(parse(frontOf(content), { version: '1.1' }).title, `AI日报：${words}`);
  }
});

test('titles that YAML could misread come back as they were', () => {
  for (const words of ['yes', '2026-03-10', '@a: b #c', '"quoted" \\ and \'single\'', '---', '1e3', '{a}'])
    for (const preset of PRESETS) {
      const { content } = renderForPreset({ ...anEdition(1), title: words }, preset, AT);
      assert.equal(
        parse(frontOf(content), { version: preset === 'plain' ? '1.2' : '1.1' }).title,
        words,
        preset,
      );
    }
});

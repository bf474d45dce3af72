import assert from 'node:assert/strict';
import { test } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { HOSTILE, hostileEdition } from '../../../test/support/hostile-edition.ts';
import { archiveOf } from '../../../test/support/invented-archive.ts';
import { buildSite } from './build-site.ts';
import type { SiteFolder } from './site-folder.ts';

/** A folder in memory. */
function memory(): SiteFolder & { files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    files,
    read: async (path) => files.get(path),
    write: async (path, content) => void files.set(path, typeof content === 'string' ? content : ''),
    settle: async () => {},
    remove: async (path) => void files.delete(path),
  };
}

const ELEMENTS = new Set(
  'HTML HEAD META TITLE LINK SCRIPT BODY DIV A HEADER P H1 H2 H3 TIME NAV UL OL LI SMALL MAIN ASIDE SECTION ARTICLE SPAN B BR FOOTER FIGURE SVG DESC PATH TEXT RECT G DETAILS SUMMARY TABLE THEAD TBODY TR TH TD NOSCRIPT FORM LABEL INPUT BUTTON'.split(
    ' ',
  ),
);

test('whatever outlets and editors write: every page holds our elements only, every link is the web’s or ours', async () => {
  for (const [n, text] of HOSTILE.entries()) {
    const folder = memory();
    const editions = new Map(
      [n * 10, n * 10 + 1, n * 10 + 2].map((day) => hostileEdition(day, text)).map((e) => [e.date, () => e]),
    );
    const settings = {
      title: text || 'x',
      about: text,
      url: 'https://daily.example',
      feeds: true,
      covers: true,
    };
    const archive = archiveOf(editions);
    const hit = (found: string) => [
      {
        name: { name: `${text}!`, kind: 'company' as const, aliases: [], ai: 1, fame: 1 },
        start: 0,
        end: found.length,
      },
    ];
    const sources = async () => [
      {
        name: text,
        url: text,
        kind: text,
        articles: 1,
        chosenShare: 0,
        firstShare: 0,
        noiseShare: 0,
        fullTextShare: 0,
      },
    ];
    await buildSite(folder, { ...archive, findNames: hit, sources }, settings, 'v1');
    assert.ok(folder.files.size > 20);
    for (const [path, content] of folder.files) {
      assert.doesNotMatch(path, /\.\.|\\|^\//, 'a file outside');
      if (path.endsWith('.html')) judge(path, content);
      if (path.endsWith('.xml')) assert.equal(XMLValidator.validate(content), true, `${path} of ${text}`);
      if (path.endsWith('.json')) JSON.parse(content);
    }
  }
});

function judge(path: string, html: string): void {
  const { document } = parseHTML(html);
  const elements = [...document.querySelectorAll('*')];
  const foreign = elements.map(({ tagName }) => tagName.toUpperCase()).filter((name) => !ELEMENTS.has(name));
  assert.deepEqual(foreign, [], path);
  for (const element of elements)
    for (const { name, value } of element.attributes) {
      assert.doesNotMatch(name, /^on/i, path);
      if (name === 'href' || name === 'src')
        assert.doesNotMatch(value, /^\s*(?!https?:)[a-z][a-z\d+.-]*:/i, path);
    }
  const scripts = [...document.querySelectorAll('script')];
  for (const script of scripts)
    if (/^application\/(ld\+)?json$/.test(script.getAttribute('type') ?? ''))
      JSON.parse(script.textContent ?? '');
    else assert.match(script.getAttribute('src') ?? '', /^assets\/search-[0-9a-f]+\.js$/, path);
}

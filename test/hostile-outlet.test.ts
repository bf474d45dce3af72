import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { parseFeed } from 'feedsmith';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { stringify } from 'yaml';
import { textOf } from '../src/domain/article.ts';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { openNewsroom } from '../src/newsroom/newsroom.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';
import { HOSTILE_MARKUP } from './support/hostile-markup.ts';
import { listen } from './support/listen.ts';

const NOW = Date.UTC(2026, 2, 10, 4);
const OUTLETS = 9;
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const WHO =
  '青石智能 远帆科技 墨海数据 松枝机器人 云岫实验室 衡芯微电子 灰雁自动化 青雀软件 麦冬医疗 北陵重工 石桥物流 长汀能源 落霞影业'.split(
    ' ',
  );
const DID = '开源 完成融资并扩建 下架 收购 公测 降价出售 量产 起诉仿冒的'.split(' ');
const WHAT =
  '编程大模型 推理芯片 语音助手 触觉数据集 多模态检索框架 视频生成模型 手术机器人 翻译智能体 自动驾驶训练平台 论文评测基准 端侧小模型'.split(
    ' ',
  );
/** One invented event for each vector, unlike the others. */
const storyOf = (n: number) =>
  `${WHO[n % WHO.length]}${DID[n % DID.length]}${WHAT[n % WHAT.length]}${String.fromCodePoint(65 + (n % 26))}${n + 2}，金额${n * 37 + 11}万元。`;

/** An outlet that puts one vector into every field of an entry, and into every place of its page. */
function outlet(path: string): { type: string; body: string } {
  const items = HOSTILE_MARKUP.flatMap((vector, n) => {
    if (path !== `/${n % OUTLETS}.xml`) return [];
    const said = `${storyOf(n)}${vector}`;
    const written = n % 2 === 0 ? escaped(said) : cdata(said);
    return `<item><title>${written}</title><link>/a/${n}</link><author>${escaped(vector)}</author><category>${escaped(vector)}</category><pubDate>${new Date(NOW - 3_600_000).toUTCString()}</pubDate><description>${written}</description><media:thumbnail url="javascript:mark()"/></item>`;
  });
  if (path.endsWith('.xml'))
    return {
      type: 'application/rss+xml',
      body: `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>${escaped(HOSTILE_MARKUP[0] ?? '')}</title>${items.join('')}</channel></rss>`,
    };
  if (path === '/robots.txt') return { type: 'text/plain', body: '' };
  const n = Number(path.split('/').at(-1));
  const vector = HOSTILE_MARKUP[n] ?? '';
  return {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${storyOf(n)}</title><meta name="author" content="${escaped(vector).replaceAll('"', '&quot;')}"><meta property="og:image" content="javascript:mark()"><script type="application/ld+json">{"@type":"NewsArticle","headline":${JSON.stringify(vector).replaceAll('<', '\\u003c')}}</script></head><body><article><h1>${storyOf(n)}</h1><p>${storyOf(n)}</p><p>第二段讲细节：交付从六月开始。${vector}</p><p>第三段讲背景，工厂设在北陵，年产五千台。</p></article></body></html>`,
  };
}

const ELEMENTS = new Set(
  'html head meta title link script style body div a header p h1 h2 h3 h4 time nav ul ol li small main aside section article span b strong em br hr footer figure svg desc path text rect g details summary table thead tbody tr th td noscript form label input button blockquote'.split(
    ' ',
  ),
);

/** Every element and attribute of a document, as a browser would see them, with the contents of templates. */
function* elementsOf(node: DefaultTreeAdapterTypes.ParentNode): Generator<DefaultTreeAdapterTypes.Element> {
  for (const child of node.childNodes) {
    if (!('tagName' in child)) continue;
    yield child;
    yield* elementsOf(child);
    if ('content' in child) yield* elementsOf(child.content);
  }
}

/** Fails on whatever would run or load, or is not one of ours, when a browser reads this. */
function judge(where: string, html: string): void {
  for (const element of elementsOf(parse(html))) {
    const { tagName, attrs } = element;
    assert.ok(ELEMENTS.has(tagName), `${where}: <${tagName}>`);
    for (const { name, value } of attrs) {
      assert.doesNotMatch(name, /^on|^srcdoc$|^formaction$/i, where);
      if (/^(?:href|src|action|content|style)$/.test(name)) {
        // Browsers drop blanks and controls before they read a scheme.
        const address = value.replace(/[\u0000-\u0020]/g, '');
        assert.doesNotMatch(address, /^(?:javascript|vbscript|data):|url\(|;url=/i, `${where}: ${name}`);
      }
    }
    const words = element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
    if (tagName === 'script' || tagName === 'style') assert.doesNotMatch(words, /<\/|<!--/, where);
    const isData = attrs.some(({ name, value }) => name === 'type' && value === 'application/ld+json');
    if (tagName === 'script' && !isData) assert.doesNotMatch(words, /mark\(/, where);
  }
}

test('whatever an outlet sends: nothing stored is markup of its, and no page, site or feed runs or loads it', {
  timeout: 110_000,
}, async (t) => {
  const server = createServer((request, response) => {
    const { type, body } = outlet(request.url ?? '');
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  const home = `http://127.0.0.1:${await listen(t, server)}`;
  const folder = mkdtempSync(join(tmpdir(), 'ribao-hostile-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ribao.yaml');
  const site = { url: 'https://daily.example', folder: 'site' };
  writeFileSync(
    path,
    stringify({
      network: { allowHosts: ['127.0.0.1'], delaySeconds: 0, perHost: 8 },
      guard: { minItems: 0, minPublishers: 0, maxFailedSources: 1, maxShortBriefs: 1 },
      edition: { minWorth: 0, maxItems: 60 },
      channels: [
        { kind: 'markdown', folder: 'out' },
        { kind: 'page', folder: 'out' },
        { kind: 'site', ...site },
        { kind: 'feeds', folder: 'feeds', url: 'https://daily.example/feeds' },
      ],
      sources: Array.from({ length: OUTLETS }, (_, n) => ({
        id: `evil-${n}`,
        name: `${HOSTILE_MARKUP[n + 5]}${n}`,
        url: `${home}/${n}.xml`,
      })),
    }),
  );
  const room = openNewsroom(loadConfig(path), { clock: () => NOW });
  t.after(() => room.close());
  const { edition, deliveries } = await runEdition(room, {}, () => {});
  assert.ok(deliveries.length === 4 && deliveries.every(({ state }) => state.kind === 'delivered'));
  assert.ok(edition.sections.flatMap(({ items }) => items).length > 5);

  const articles = (
    await Promise.all(room.sources.map(({ id }) => room.store.articlesOfSource(id, 100)))
  ).flat();
  assert.equal(articles.length, HOSTILE_MARKUP.length);
  for (const article of articles) {
    assert.match(article.url, /^http:/);
    assert.equal(article.image, undefined);
    // What an outlet escaped once more is text about markup, and stays text.
    const vector = HOSTILE_MARKUP[Number(article.url.split('/').at(-1))] ?? '';
    if (vector.startsWith('&')) continue;
    for (const text of [article.excerpt, textOf(article)])
      assert.doesNotMatch(text, /<\/?(?:[a-z]+[\s/>]|[!?])/i, `${vector} left ${text}`);
    // A tag alone in a title may be what it is about; one that acts never is.
    for (const text of [article.title, article.author ?? '', ...article.tags])
      assert.doesNotMatch(text, /<[a-z][^<>]*\bon\w+\s*=[^<>]*>/i, `${vector} left ${text}`);
  }

  const files = globSync('**/*.{html,xml,json,md}', { cwd: folder });
  assert.ok(files.length > 10, files.join());
  for (const file of files) {
    const content = readFileSync(join(folder, file), 'utf8');
    if (file.endsWith('.html')) judge(file, content);
    if (file.endsWith('.md'))
      assert.doesNotMatch(content, /\]\(\s*(?:javascript|data):|<(?:script|img|svg|iframe)\b/i, file);
    if (file.endsWith('.xml')) assert.equal(XMLValidator.validate(content), true, file);
    if (file.endsWith('.json')) JSON.parse(content);
    if (/feeds\/.*\.(?:xml|json)$/.test(file)) for (const html of contentsOf(content)) judge(file, html);
  }
});

/** The HTML that a feed hands to its readers. */
function contentsOf(feed: string): string[] {
  const parsed = parseFeed(feed);
  const items = parsed.format === 'atom' ? (parsed.feed.entries ?? []) : (parsed.feed.items ?? []);
  const found = JSON.stringify(items);
  assert.ok(items.length > 0);
  // Whatever string of it holds markup.
  const texts: string[] = [];
  JSON.parse(found, (_, value: unknown) => {
    if (typeof value === 'string' && value.includes('<')) texts.push(value);
    return value;
  });
  assert.ok(texts.length > 0);
  return texts;
}

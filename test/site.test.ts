import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Edition } from '../src/domain/edition.ts';
import type { Decision, Ruling } from '../src/domain/ruling.ts';
import { layCorrections } from '../src/edit/lay-corrections.ts';
import { buildSite } from '../src/publish/site/build-site.ts';
import { termsOf } from '../src/publish/site/search/terms.ts';
import { openFolder } from '../src/publish/site/site-folder.ts';
import { launchChromium } from './support/chromium.ts';
import { HOSTILE, hostileEdition } from './support/hostile-edition.ts';
import {
  archiveOf,
  inventedArchive,
  inventedDate,
  inventedEdition,
  inventedWeekly,
  withDeepRead,
} from './support/invented-archive.ts';

// The site as a reader's browser sees it, served below a folder with a strict policy.

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
};
const PREFIX = '/any/place';

const root = mkdtempSync(join(tmpdir(), 'ribao-browse-'));
let browser: Browser;
let server: Server;
let origin = '';

before(async () => {
  const settings = { title: 'AI 日报', feeds: false, covers: false };
  const good = inventedArchive(70);
  for (const n of [20, 68, 69]) good.set(inventedDate(n), () => withDeepRead(inventedEdition(n)));
  correctSome(good);
  for (const [week, first] of [
    ['2018-W09', 56],
    ['2018-W10', 63],
  ] as const) {
    const dailies = Array.from({ length: 7 }, (_, n) => withDeepRead(inventedEdition(first + n)));
    good.set(week, () => inventedWeekly(week, dailies));
  }
  await buildSite(openFolder(join(root, 'good')), archiveOf(good), settings, 'v1');
  await buildSite(openFolder(join(root, 'years')), archiveOf(threeYears), settings, 'v1');
  const hostile = HOSTILE.map((text, n) => hostileEdition(n, text));
  const all = new Map(hostile.map((edition) => [edition.date, () => edition]));
  await buildSite(openFolder(join(root, 'bad')), archiveOf(all), settings, 'v1');
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const path = decodeURIComponent(pathname.slice(PREFIX.length)).replace(/\/$/, '/index.html');
    try {
      const bytes = await readFile(join(root, path));
      response.setHeader('content-type', TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
      response.setHeader('content-security-policy', "default-src 'self'");
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const bound = server.address();
  origin = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}${PREFIX}`;
  browser = await launchChromium();
});

/** Three editions of each of three years. */
const threeYears = new Map(
  [0, 1, 2, 365, 366, 367, 730, 731, 732].map((n) => [inventedDate(n), () => inventedEdition(n, 20)]),
);

/** The edition of 5 March has a brief that was corrected and one that was withdrawn. */
function correctSome(archive: Map<string, () => Edition>): void {
  const [date, whole] = ['2018-03-05', archive.get('2018-03-05')];
  assert.ok(whole);
  const edition = whole();
  const [changed, gone] = edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief.storyId));
  assert.ok(changed && gone);
  const ruling = (n: number, decision: Decision): Ruling => ({
    n,
    at: n,
    decision,
    note: '公司更正了公告里的数字，原先写错了',
    traits: {},
  });
  const words = { headline: '改过的标题说的是对的数字', summary: '改过的摘要。' };
  const rulings = [
    ruling(1, { kind: 'correct', storyId: changed, date, ...words }),
    ruling(2, { kind: 'withdraw', storyId: gone, date }),
  ];
  const corrected = { ...edition, ...layCorrections(edition, rulings, () => '2018-03-06') };
  archive.set(date, () => corrected);
}

after(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
  rmSync(root, { recursive: true, force: true });
});

/** Opens a page and gives what it complained of. */
async function visit(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', async (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(path.startsWith('file:') ? path : `${origin}/${path}`);
  return { page, complaints };
}

/** The newest page of every kind there is, whatever kinds there are. */
function pagesOfEveryKind(): string[] {
  const pages = readdirSync(join(root, 'good'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .sort();
  const kindOf = (path: string) =>
    path
      .replace(/^(stories|sections|names)\/.*?(-\d{4}(-\d\d)?)?\.html$/, '$1$3')
      .replace(/-deep-.*|\d+/g, '');
  return [...new Map(pages.map((path) => [kindOf(path), path])).values()];
}

for (const [width, colorScheme] of [
  [360, 'light'],
  [360, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const)
  test(`axe finds nothing and nothing overflows at ${width} px, ${colorScheme}`, async () => {
    const pages = [
      ...pagesOfEveryKind(),
      '2018/03/05.html',
      `search.html?q=${encodeURIComponent('芯片')}`,
      'search.html?q=zyzzyva',
    ];
    for (const path of pages) {
      const { page, complaints } = await visit(`good/${path}`, {
        viewport: { width, height: 800 },
        colorScheme,
        bypassCSP: true,
      });
      await page.waitForLoadState('networkidle');
      await page.evaluate(AXE);
      const found = await page.evaluate<{ id: string; nodes: string[] }[]>(
        `axe.run({ rules: { 'target-size': { enabled: true } } }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) })))`,
      );
      assert.deepEqual(found, [], path);
      assert.ok(
        (await page.evaluate<number>('document.documentElement.scrollWidth')) <= width,
        `${path} overflows`,
      );
      assert.deepEqual(complaints, [], path);
      await page.context().close();
    }
  });

test('the front page is light, whole without scripts, and does not move while it loads', async () => {
  const { page, complaints } = await visit('good/index.html');
  const moved = await page.evaluate<number>(
    `new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 300) })`,
  );
  assert.equal(moved, 0);
  const bytes = await page.evaluate<number>(
    `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, e) => sum + e.encodedBodySize, 0)`,
  );
  assert.ok(bytes > 10_000 && bytes < 100_000, `${bytes} bytes`);
  assert.deepEqual(complaints, []);
  assert.equal(await page.locator('script[src]').count(), 0);
});

test('the keyboard reaches the news by the skip link first', async () => {
  const { page } = await visit('good/index.html');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate('document.activeElement.id'), 'main');
  assert.equal(await page.locator('h1').count(), 1);
});

test('a word of two characters is found, newest first, and the result leads to the item', async () => {
  const { page, complaints } = await visit('good/search.html');
  await page.fill('#query', '芯片');
  await page.keyboard.press('Enter');
  await page.locator('#status', { hasText: /找到 \d+ 条/ }).waitFor();
  const lines = await page.locator('#found li').allTextContents();
  assert.equal(lines.length, 10);
  assert.ok(
    lines.every((line) => /^2018-\d\d-\d\d/.test(line) && line.includes('芯片')),
    lines.join('\n'),
  );
  assert.match(page.url(), /q=%E8%8A%AF%E7%89%87/);
  await page.click('#more');
  await page.locator('#found li').nth(19).waitFor();
  await page.locator('#found a').first().click();
  await page.waitForLoadState();
  assert.match(await page.locator(':target').innerText(), /芯片/);
  assert.deepEqual(complaints, []);
});

test('an address with a query searches at once; Latin words in any case; what is not there is not found', async () => {
  const found = async (query: string) => {
    const { page } = await visit(`good/search.html?q=${encodeURIComponent(query)}`);
    await page.locator('#status', { hasText: /条。|没有找到|至少/ }).waitFor();
    return (await page.locator('#status').textContent()) ?? '';
  };
  assert.match(await found('tidal'), /^找到 \d+ 条/);
  assert.match(await found('HARBOR labs'), /^找到 \d+ 条/);
  assert.match(await found('量子鲸鱼'), /^没有找到/);
  assert.match(await found('光'), /至少输入两个字/);
});

/** What each brief of the three years is found by, and its date. */
function briefsOfThreeYears(): { date: string; terms: Set<string> }[] {
  return [...threeYears.values()].flatMap((make) => {
    const { date, sections } = make();
    return sections
      .flatMap(({ items }) => items)
      .map(({ brief: { headline, summary }, publisher }) => ({
        date,
        terms: new Set(termsOf(`${headline}\n${summary}\n${publisher}`)),
      }));
  });
}

test('going on and on reaches every brief that has the word, the newest year first, and rows that stand never move', async () => {
  const expected = briefsOfThreeYears().filter(({ terms }) => terms.has('模型'));
  assert.ok(expected.length > 20);
  const { page } = await visit(`years/search.html?q=${encodeURIComponent('模型')}`);
  await page.locator('#status', { hasText: /自 2020-01-01 起找到 \d+ 条，更早的还没有查/ }).waitFor();
  const rows = () => page.locator('#found li').allTextContents();
  let before = await rows();
  for (let press = 0; press < 9 && (await page.locator('#more').isVisible()); press += 1) {
    await page.click('#more');
    await page.locator('#status', { hasText: '条' }).waitFor();
    const now = await rows();
    assert.deepEqual(now.slice(0, before.length), before);
    assert.ok(now.length > before.length);
    before = now;
  }
  assert.equal(await page.locator('#status').textContent(), `找到 ${expected.length} 条。`);
  assert.equal(new Set(before).size, expected.length);
  const years = before.map((line) => line.slice(0, 4));
  assert.deepEqual(years, years.toSorted().reverse());
});

test('a word of the oldest year is found there without asking the years that do not have it', async () => {
  const briefs = briefsOfThreeYears();
  const has = (term: string, year: string) =>
    briefs.some(({ date, terms }) => date.startsWith(year) && terms.has(term));
  const rare = briefs
    .flatMap(({ terms }) => [...terms])
    .find((term) => [...term].length === 2 && !has(term, '2019') && !has(term, '2020'));
  assert.ok(rare);
  const { page } = await visit('years/search.html');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.slice(PREFIX.length + 14)));
  await page.fill('#query', rare);
  await page.keyboard.press('Enter');
  await page.locator('#status', { hasText: /^找到 \d+ 条。/ }).waitFor();
  assert.match((await page.locator('#found li').first().textContent()) ?? '', /^2018-01-0\d/);
  const folders = asked.flatMap((path) => (path.endsWith('.bin') ? [path.split('/')[0]] : []));
  assert.deepEqual(folders.sort(), ['2018', '2020-01', 'months']);
});

test('words that stand in no brief together are found apart, and it says so', async () => {
  const both = briefsOfThreeYears().filter(({ terms }) => terms.has('杭州') && terms.has('融资'));
  assert.ok(both.length > 0 && both.length < 10, `${both.length}`);
  const { page } = await visit(`years/search.html?q=${encodeURIComponent('杭州 融资 鲸鲸')}`);
  await page.locator('#status', { hasText: '条。' }).waitFor();
  assert.equal(
    await page.locator('#status').textContent(),
    `没有全部词都有的，有一部分词的 ${both.length} 条。`,
  );
  assert.equal(await page.locator('#found li').count(), both.length);
});

test('without JavaScript the search says so and leads to the archive', async () => {
  const { page } = await visit('good/search.html', { javaScriptEnabled: false });
  assert.match(await page.locator('main').innerText(), /搜索要用 JavaScript/);
  assert.equal(await page.locator('main form').isVisible(), false);
  await page.locator('main a').click();
  assert.match(await page.locator('h1').innerText(), /往期/);
});

test('from a disk every page has its style and its links lead on', async () => {
  const { page, complaints } = await visit(pathToFileURL(join(root, 'good/index.html')).href);
  await page.locator('nav[aria-label="前后各期"] a').first().click();
  assert.match(page.url(), /2018\/03\/10\.html$/);
  assert.match(
    await page.evaluate<string>(`getComputedStyle(document.querySelector('.name')).fontFamily`),
    /Serif/,
  );
  await page.goto(pathToFileURL(join(root, 'good/search.html')).href);
  assert.match((await page.locator('#status').textContent()) ?? '', /磁盘上的副本/);
  assert.deepEqual(complaints, []);
});

test('hostile words run nowhere: not on editions, stories, ledgers, nor in search results', async () => {
  const dates = HOSTILE.map((_, n) => `2018/01/${String(n + 1).padStart(2, '0')}`);
  for (const path of [
    'index.html',
    'figures.html',
    'names.html',
    ...dates.flatMap((date) => [`${date}.html`, `${date}-left-out.html`]),
  ]) {
    const { page, complaints } = await visit(`bad/${path}`);
    await page.evaluate(
      `for (const link of document.links) link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))`,
    );
    assert.deepEqual(complaints, [], path);
    await page.context().close();
  }
  for (const query of [
    'alert',
    'script',
    '<script>alert(1)</script>',
    'img onerror',
    '"><svg/onload=alert(1)>',
  ]) {
    const { page, complaints } = await visit(`bad/search.html?q=${encodeURIComponent(query)}`);
    await page.locator('#status', { hasText: /条。|没有找到|至少/ }).waitFor();
    assert.equal(await page.locator('#found img, #found script, #found svg').count(), 0);
    assert.deepEqual(complaints, [], query);
    await page.context().close();
  }
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { sitemap } from './sitemap.ts';
import type { Collected } from './source-kind.ts';

const page = (path: string, date?: string) =>
  `<url><loc>https://lanternlabs.example${path}</loc>${date ? `<lastmod>${date}</lastmod>` : ''}</url>`;
const map = (...pages: string[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${pages.join('')}</urlset>`;

const memoryOf = (one: Collected) => (one.kind === 'failed' ? undefined : one.memory);

describe('a sitemap', () => {
  it('of news brings titles and dates', async (t) => {
    const url = await serveDouble(t, () => ({
      body: map(
        '<url><loc>https://a.example/1</loc><news:news><news:publication_date>2026-03-10T08:00:00+08:00</news:publication_date><news:title>灯塔 &amp; 灯笼发布模型</news:title></news:news></url>',
      ),
    }));
    const [entry] = entriesOf(await askSource(t, sitemap, { url }));
    assert.deepEqual([entry?.title, entry?.publishedAt], ['灯塔 & 灯笼发布模型', Date.UTC(2026, 2, 10)]);
  });

  it('lists at first what is recent, then what is new or changed', async (t) => {
    const maps = [
      map(
        page('/news/old', '2025-01-01'),
        page('/news/fresh-wick', '2026-03-09'),
        page('/jobs/x', '2026-03-10'),
      ),
      map(page('/news/old', '2026-03-10'), page('/news/fresh-wick', '2026-03-09'), page('/news/undated')),
      map(page('/news/old', '2026-03-10'), page('/news/fresh-wick', '2026-03-09'), page('/news/undated')),
    ];
    const url = await serveDouble(t, () => ({ body: gzipSync(maps.shift() ?? '') }));
    const settings = { include: '/news/' };
    const first = await askSource(t, sitemap, { url, settings });
    assert.deepEqual(
      entriesOf(first).map((entry) => [entry.url, entry.title]),
      [['https://lanternlabs.example/news/fresh-wick', '']],
    );
    const second = await askSource(t, sitemap, {
      url,
      settings,
      state: { memory: first.kind === 'listed' && first.memory },
    });
    assert.deepEqual(
      entriesOf(second)
        .map((entry) => entry.url.split('/').at(-1))
        .toSorted(),
      ['old', 'undated'],
    );
    const third = await askSource(t, sitemap, {
      url,
      settings,
      state: { memory: second.kind === 'listed' && second.memory },
    });
    assert.equal(third.kind, 'unchanged');
  });

  it('of sitemaps is followed to the newest ones', async (t) => {
    const asked: string[] = [];
    const url = await serveDouble(t, ({ path, request }) => {
      asked.push(path);
      if (path !== '/index.xml') return { body: map(page(`${path}/one`, '2026-03-10')) };
      const child = (name: string, date: string) =>
        `<sitemap><loc>http://${request.headers.host}/${name}</loc><lastmod>${date}</lastmod></sitemap>`;
      const children = ['2020-01-01', '2026-03-10', '2026-03-09', '2026-02-01'].map((date, n) =>
        child(`m${n}`, date),
      );
      return { body: `<sitemapindex>${children.join('')}</sitemapindex>` };
    });
    assert.equal(entriesOf(await askSource(t, sitemap, { url: `${url}/index.xml` })).length, 3);
    assert.deepEqual(asked, ['/index.xml', '/m1', '/m2', '/m3']);
  });

  it('of sitemaps: an old map touched again floods nothing, a lost map loses nothing', async (t) => {
    const dates: Record<string, string> = {
      new: '2026-03-10',
      lost: '2026-03-09',
      x: '2026-03-08',
      old: '2020-01-01',
    };
    const maps: Record<string, string> = {
      '/new': map(page('/news/a', '2026-03-10')),
      '/x': map(page('/news/b', '2026-03-08')),
      '/old': map(page('/2020/one'), page('/2020/two'), page('/2020/three', '2020-01-01')),
    };
    const asked: string[] = [];
    const url = await serveDouble(t, ({ path, request }) => {
      asked.push(path);
      const known = maps[path];
      if (known !== undefined) return { body: known };
      if (path === '/lost') return { status: 404 };
      const children = Object.entries(dates).map(
        ([name, date]) =>
          `<sitemap><loc>http://${request.headers.host}/${name}</loc><lastmod>${date}</lastmod></sitemap>`,
      );
      return { body: `<sitemapindex>${children.join('')}</sitemapindex>` };
    });
    const first = await askSource(t, sitemap, { url });
    assert.equal(entriesOf(first).length, 2);
    assert.match(first.kind === 'listed' ? (first.note ?? '') : '', /1 个子地图没有读到/);
    dates.old = '2026-03-10T10:00:00Z';
    asked.length = 0;
    const second = await askSource(t, sitemap, { url, state: { memory: memoryOf(first) } });
    assert.equal(second.kind, 'unchanged', JSON.stringify(second));
    assert.deepEqual(asked, ['/', '/old', '/lost'], 'maps that did not change are not asked again');
    maps['/old'] = map(page('/2020/one'), page('/2026/undated'));
    dates.old = '2026-03-10T11:00:00Z';
    const third = await askSource(t, sitemap, { url, state: { memory: memoryOf(second) } });
    assert.deepEqual(
      entriesOf(third).map((entry) => entry.url),
      ['https://lanternlabs.example/2026/undated'],
    );
  });

  it('of news may be empty on a quiet day', async (t) => {
    const maps = [map(page('/news/a', '2026-03-10')), map()];
    const url = await serveDouble(t, () => ({ body: maps.shift() ?? map() }));
    const first = await askSource(t, sitemap, { url });
    const second = await askSource(t, sitemap, { url, state: { memory: memoryOf(first) } });
    assert.equal(second.kind, 'unchanged', JSON.stringify(second));
  });

  it('is read in its own encoding, under any prefix; what is too much or damaged is counted', async (t) => {
    const gbk = Buffer.from([0xb5, 0xc6, 0xcb, 0xfe]); // 灯塔
    const body = Buffer.concat([
      Buffer.from(
        '<?xml version="1.0" encoding="GBK"?><s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><s:url><s:lastmod>2026-03-10</s:lastmod></s:url><s:url><s:loc>https://a.example/2</s:loc><s:lastmod>2026-03-09</s:lastmod></s:url><s:url><s:loc>https://a.example/1</s:loc><n:news><n:publication_date>2026-03-10</n:publication_date><n:title>',
      ),
      gbk,
      Buffer.from('</n:title></n:news></s:url></s:urlset>'),
    ]);
    const url = await serveDouble(t, () => ({ body }));
    const answer = await askSource(t, sitemap, { url, settings: { maxItems: 1 } });
    assert.deepEqual(
      entriesOf(answer).map(({ title }) => title),
      ['灯塔'],
    );
    const note = answer.kind === 'listed' ? (answer.note ?? '') : '';
    assert.match(note, /1 条内容不全/);
    assert.match(note, /共 2 页新的，只取 1 页/);
  });

  it('says what is wrong with what is none, and expands no bomb', async (t) => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
      .split('')
      .map((one, n) => `<!ENTITY ${one} "${`&${'abcdefg'[n]};`.repeat(10)}">`)
      .join('')}]>${map('<url><loc>https://a.example/&h;</loc></url>')}`;
    const answers = ['<html></html>', map(), 'no xml < at all', map(page('/about')), bomb];
    const url = await serveDouble(t, () => ({ body: answers.shift() ?? '' }));
    const codes = [];
    for (let n = 0; n < 4; n += 1)
      codes.push(codeOf(await askSource(t, sitemap, { url, settings: { include: '/news/' } })));
    assert.deepEqual(codes, Array(4).fill('source-sitemap'));
    const last = await askSource(t, sitemap, { url });
    assert.ok(last.kind !== 'listed' || last.entries.every((entry) => entry.url.length < 20_000));
  });
});

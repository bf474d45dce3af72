import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { page } from './page.ts';

const row = (slug: string, date = '') =>
  `<li class="row"><h3><a href="/news/${slug}?utm_source=list">${slug}的消息</a></h3><span class="day">${date}</span><p>摘要${slug}</p></li>`;
const list = (...rows: string[]) =>
  `<!doctype html><html lang="zh"><body><nav><a href="/">首页</a></nav><ul>${rows.join('')}</ul></body></html>`;
const settings = { item: 'li.row', title: 'h3', date: '.day', summary: 'p' };

describe('a page that lists articles', () => {
  it('gives at first what is dated and recent, then what was not there before', async (t) => {
    const pages = [
      list(row('甲', '2026-03-10 09:00'), row('乙', '2025年1月2日'), row('丙')),
      list(row('丁'), row('甲', '2026-03-10 09:00'), row('乙', '2025年1月2日'), row('丙')),
      list(row('丁'), row('甲', '2026-03-10 09:00')),
    ];
    const url = await serveDouble(t, () => ({ body: pages.shift() ?? '' }));
    const first = await askSource(t, page, { url, settings });
    const [entry, ...more] = entriesOf(first);
    assert.equal(more.length, 0);
    assert.deepEqual(
      [entry?.title, entry?.text, entry?.publishedAt],
      ['甲的消息', '摘要甲', Date.UTC(2026, 2, 10, 1)],
    );
    assert.equal(entry?.url, new URL('/news/甲', url).href);
    const second = await askSource(t, page, {
      url,
      settings,
      state: { memory: first.kind === 'listed' && first.memory },
    });
    assert.deepEqual(
      entriesOf(second).map(({ title }) => title),
      ['丁的消息'],
    );
    const third = await askSource(t, page, {
      url,
      settings,
      state: { memory: second.kind === 'listed' && second.memory },
    });
    assert.equal(third.kind, 'unchanged');
  });

  it('says that it has changed when the selector finds nothing, or is wrong', async (t) => {
    const url = await serveDouble(t, () => ({ body: list(row('甲')) }));
    for (const item of ['.story', 'li..row', 'li.row span']) {
      const answer = await askSource(t, page, { url, settings: { ...settings, item } });
      assert.equal(codeOf(answer), 'source-selector', item);
    }
  });

  it('loses nothing when more is new than fits into one go', async (t) => {
    const rows = ['子', '丑', '寅', '卯', '辰'].map((slug) => row(slug, '2026-03-10 09:00'));
    const url = await serveDouble(t, () => ({ body: list(...rows) }));
    const found: string[] = [];
    let state = {};
    for (let visit = 0; visit < 4; visit += 1) {
      const answer = await askSource(t, page, { url, settings: { ...settings, maxItems: 2 }, state });
      if (answer.kind === 'listed') found.push(...answer.entries.map(({ title }) => title));
      state = { memory: answer.kind === 'failed' ? undefined : answer.memory };
    }
    assert.deepEqual(found, ['子的消息', '丑的消息', '寅的消息', '卯的消息', '辰的消息']);
  });

  it('understands the times such pages are written in', async (t) => {
    const dates = ['3小时前', '昨天 09:30', '03-10 08:15', '发布于 2026年3月9日', '刚刚'];
    const url = await serveDouble(t, () => ({
      body: list(
        ...dates.map((date, n) => row(`第${n}`, date)),
        '<li class="row"><a href="/x">很旧的一条</a></li>',
      ),
    }));
    const entries = entriesOf(await askSource(t, page, { url, settings }));
    assert.deepEqual(
      entries.map(({ publishedAt }) => publishedAt),
      [
        Date.UTC(2026, 2, 10, 9),
        Date.UTC(2026, 2, 9, 1, 30),
        Date.UTC(2026, 2, 10, 0, 15),
        Date.UTC(2026, 2, 8, 16),
        Date.UTC(2026, 2, 10, 12),
      ],
    );
  });

  it('may name its base, and be read without any selector when it is made of articles', async (t) => {
    const url = await serveDouble(t, () => ({
      body: '<html lang="en"><head><base href="https://paper.example/2026/"></head><body><article><a href="pic"><img src="x"></a><h2><a href="lumen">Lumen 3 is out</a></h2><time datetime="2026-03-10T08:00:00Z">today</time><p>In short.</p></article></body></html>',
    }));
    const [entry] = entriesOf(await askSource(t, page, { url }));
    assert.deepEqual(
      [entry?.url, entry?.title, entry?.publishedAt, entry?.text],
      ['https://paper.example/2026/lumen', 'Lumen 3 is out', Date.UTC(2026, 2, 10, 8), 'In short.'],
    );
  });

  it('says which of its selectors is wrong, and which finds nothing any more', async (t) => {
    const url = await serveDouble(t, () => ({ body: list(row('甲', '2026-03-10 09:00')) }));
    for (const part of ['link', 'title', 'date', 'summary']) {
      const answer = await askSource(t, page, { url, settings: { ...settings, [part]: 'li[' } });
      assert.ok(answer.kind === 'failed' && answer.code === 'source-selector', part);
      assert.ok(answer.message.includes(`${part} 的选择器「li[」`), answer.message);
    }
    const gone = await askSource(t, page, { url, settings: { ...settings, link: '.more' } });
    assert.ok(gone.kind === 'failed' && /link「\.more」/.test(gone.message));
    const moved = await askSource(t, page, { url, settings: { ...settings, summary: '.lead' } });
    assert.match(moved.kind === 'listed' ? (moved.note ?? '') : '', /summary「\.lead」/);
  });

  it('is asked only for what changed, and a memory that is damaged is none', async (t) => {
    const url = await serveDouble(t, ({ request }) =>
      request.headers['if-none-match'] === '"v1"'
        ? { status: 304 }
        : { headers: { etag: '"v1"' }, body: list(row('甲', '2026-03-10 09:00')) },
    );
    const first = await askSource(t, page, { url, settings, state: { memory: { seen: 7 } } });
    assert.equal(entriesOf(first).length, 1);
    const etag = first.kind === 'listed' ? (first.etag ?? '') : '';
    assert.equal(codeOf(await askSource(t, page, { url, settings, state: { etag } })), 'unchanged');
  });
});

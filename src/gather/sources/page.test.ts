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
});

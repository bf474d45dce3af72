import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PAGE_RULES } from '../../../test/fixtures/page-rules.ts';
import { openPagePool } from './page-pool.ts';

const page = readFileSync(new URL('../../../test/fixtures/pages/news-article.html', import.meta.url));
const input = {
  bytes: new Uint8Array(page),
  contentType: 'text/html',
  url: 'https://news.example/2026/05/chip',
  fetchedAt: Date.UTC(2026, 4, 23),
};

test('pages are read on other threads, as they would be here', async (t) => {
  const pool = openPagePool({ threads: 1, timeoutMs: 30_000, rules: PAGE_RULES });
  t.after(() => pool.close());
  const readings = await Promise.all([pool.read(input), pool.read(input)]);
  assert.deepEqual(
    readings.map((one) => one.kind === 'text' && one.title),
    ['芯片厂商公布路线图', '芯片厂商公布路线图'],
  );
});

test('a page that takes too long is given up, and the pool goes on answering', async (t) => {
  // Starting a thread alone takes longer than the millisecond it gets here.
  const hasty = openPagePool({ threads: 1, timeoutMs: 1, rules: PAGE_RULES });
  t.after(() => hasty.close());
  const reading = await hasty.read(input);
  assert.ok(reading.kind === 'unreadable' && reading.why.includes('超时'), JSON.stringify(reading));
  const again = await hasty.read(input);
  assert.equal(again.kind, 'unreadable');
});

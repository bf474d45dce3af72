import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { parseFeedText } from './parse-feed.ts';

const NOW = Date.UTC(2026, 4, 23);
const SOURCE: Source = {
  id: 'lab',
  kind: 'feed',
  name: 'Lab',
  url: 'https://lab.example/feed.xml',
  weight: 1,
  fullText: 'page',
};

const parse = (text: string) => parseFeedText(text, { source: SOURCE, feedUrl: SOURCE.url, now: NOW });

async function entriesOf(text: string): Promise<Entry[]> {
  const reading = await parse(text);
  assert.equal(reading.kind, 'entries', JSON.stringify(reading));
  return reading.kind === 'entries' ? reading.entries : [];
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../test/fixtures/feeds/${name}`, import.meta.url), 'utf8');

test('an RSS feed: clean titles, absolute links, paragraphs, no repeats, nothing from the future', async () => {
  const [first, permalink, future, ...rest] = await entriesOf(fixture('lab-blog.rss.xml'));
  assert.deepEqual(first, {
    sourceId: 'lab',
    url: 'https://lab.example/blog/heron-2',
    title: 'Introducing Heron-2 & its tools',
    author: 'Lab Team',
    publishedAt: Date.UTC(2026, 4, 22, 8, 30),
    text: 'Heron-2 is a small model.\nIt runs on a laptop.',
    tags: ['models'],
    seenAt: NOW,
  });
  assert.equal(permalink?.url, 'https://lab.example/blog/permalink');
  assert.equal(permalink?.text, 'Escaped twice.');
  assert.equal(permalink?.publishedAt, Date.UTC(2026, 4, 21, 8, 30));
  assert.equal(future?.publishedAt, NOW);
  assert.deepEqual(rest, []);
});

test('an author is a name, without the address that RSS wants beside it', async () => {
  for (const written of [
    'desk@lab.example (青石)',
    '青石 (desk@lab.example)',
    '青石 &lt;desk@lab.example&gt;',
    '青石',
  ]) {
    const [entry] = await entriesOf(
      `<rss version="2.0"><channel><item><title>一</title><link>https://lab.example/1</link><author>${written}</author></item></channel></rss>`,
    );
    assert.equal(entry?.author, '青石', written);
  }
});

test('a feed cut off in the middle keeps its links whole, a stray & and all', async () => {
  const [entry] = await entriesOf(
    '<rss version="2.0"><channel><item><title>一</title><link>https://lab.example/?a=1&b=2&c</link></item></channel></rss',
  );
  assert.equal(entry?.url, 'https://lab.example/?a=1&b=2&c');
});

test('an entry without any link is counted, not hidden', async () => {
  const reading = await parse(fixture('lab-blog.rss.xml'));
  assert.ok(reading.kind === 'entries' && reading.note?.includes('1 条没有链接'));
});

test('a WeChat bridge: the link without noise, Beijing time, the literal CDATA undone', async () => {
  const [entry] = await entriesOf(fixture('bridge.rss.xml'));
  assert.equal(
    entry?.url,
    'https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&mid=2650000001&idx=1&sn=0123456789abcdef0123456789abcdef',
  );
  assert.equal(entry?.publishedAt, Date.UTC(2026, 4, 22, 0, 30));
  assert.equal(entry?.text, '第一段。\n第二段。');
});

test('a changelog that lists sections of one page keeps them apart', async () => {
  const [two, one] = await entriesOf(fixture('releases.atom.xml'));
  assert.equal(two?.url, 'https://code.example/engine/changelog#v2');
  assert.equal(two?.text, 'Faster\nTwice as fast.');
  assert.equal(two?.author, 'engine-bot');
  assert.equal(one?.url, 'https://code.example/engine/changelog#v1');
  assert.equal(one?.text, 'a < b holds');
});

test('RDF and JSON Feed are feeds like any other', async () => {
  const [note] = await entriesOf(fixture('notes.rdf.xml'));
  assert.deepEqual(
    [note?.title, note?.url, note?.author],
    ['First note', 'https://notes.example/1', 'Writer'],
  );
  assert.equal(note?.publishedAt, Date.UTC(2026, 4, 22, 8, 30));
  const links = await entriesOf(fixture('links.feed.json'));
  assert.deepEqual(
    links.map((entry) => [entry.url, entry.title, entry.text]),
    [
      ['https://links.example/1', '', 'Why a < b matters.\nSecond paragraph.'],
      ['https://far.example/tool', 'A tool', 'Useful.'],
      ['https://links.example/3', '', 'Numbers as ids happen.'],
    ],
  );
});

test('a feed that breaks off gives what came before the break', async () => {
  const entries = await entriesOf(fixture('truncated.rss.xml'));
  assert.deepEqual(
    entries.slice(0, 2).map((entry) => entry.url),
    ['https://cut.example/1', 'https://cut.example/2'],
  );
  assert.equal(entries[0]?.title, 'Whole & sound');
});

test('what is no feed is told apart: web page, rubbish, empty feed, day of rest', async () => {
  assert.deepEqual(await parse('<!doctype html><html><body>Log in</body></html>'), { kind: 'html' });
  assert.deepEqual(await parse('{"error": "no such route"}'), { kind: 'malformed' });
  assert.deepEqual(await parse(''), { kind: 'malformed' });
  const empty = '<rss version="2.0"><channel><title>x</title><link>https://x.example/</link></channel></rss>';
  assert.deepEqual(await parse(empty), { kind: 'empty' });
  assert.deepEqual(await parse(fixture('weekend.rss.xml')), { kind: 'resting' });
});

test('an archive of thousands gives its newest five hundred and says so', async () => {
  const items = Array.from(
    { length: 700 },
    (_, n) =>
      `<item><title>n${n}</title><link>https://x.example/${n}</link><pubDate>${new Date(NOW - (700 - n) * 3_600_000).toUTCString()}</pubDate></item>`,
  );
  const reading = await parse(
    `<rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`,
  );
  assert.ok(reading.kind === 'entries');
  assert.equal(reading.entries.length, 500);
  assert.equal(reading.entries[0]?.title, 'n699');
  assert.match(reading.note ?? '', /700/);
});

test('bombs and files of the machine are not unfolded', async () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c "${'&b;'.repeat(1000)}">]><rss version="2.0"><channel><title>x</title><item><title>&c;</title><link>https://x.example/1</link></item></channel></rss>`;
  const files = laughs.replace('"ha"', 'SYSTEM "file:///etc/hostname"').replace('&c;', '&a;');
  for (const text of [laughs, files]) {
    const reading = await parse(text);
    assert.ok(reading.kind !== 'entries' || (reading.entries[0]?.title.length ?? 0) < 2000);
  }
});

test('for all damage to a feed: an answer, never an exception', async () => {
  const text = fixture('lab-blog.rss.xml');
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length),
      fc.nat(200),
      fc.string({ maxLength: 10 }),
      async (at, length, junk) => {
        const reading = await parse(text.slice(0, at) + junk + text.slice(at + length));
        assert.ok(['entries', 'empty', 'html', 'malformed', 'resting'].includes(reading.kind));
      },
    ),
    { numRuns: 60 },
  );
});

test('RSS written as JSON is RSS', async () => {
  const item = {
    title: '远帆开源',
    link: '/a/1',
    pubDate: 'Tue, 10 Mar 2026 01:00:00 GMT',
    description: '<p>权重也在。</p>',
  };
  const feed = (items: unknown) =>
    JSON.stringify({
      rss: { version: '2.0', channel: { title: '灯报', link: 'https://lamp.example/', item: items } },
    });
  const [entry] = await entriesOf(feed([item, { title: 7 }]));
  assert.deepEqual(
    [entry?.title, entry?.url, entry?.text],
    ['远帆开源', 'https://lamp.example/a/1', '权重也在。'],
  );
  assert.equal((await entriesOf(feed(item))).length, 1, 'one item is no list');
  assert.equal((await parse('{"rss": {"channel": 3}}')).kind, 'malformed');
  assert.equal((await parse('{"rss": {')).kind, 'malformed');
});

test('an entry has the picture that its feed shows with it', async () => {
  const item = (more: string) => `<item><title>t</title><link>/1</link>${more}</item>`;
  const rss = (more: string) =>
    `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>c</title><link>https://lab.example/</link>${item(more)}</channel></rss>`;
  const feeds = [
    rss('<media:thumbnail url="/small.jpg"/><media:content url="/large.jpg" medium="image"/>'),
    rss('<media:content url="/film.mp4" medium="video"/><media:thumbnail url="/large.jpg"/>'),
    rss('<enclosure url="https://lab.example/large.jpg" type="image/jpeg" length="1"/>'),
    rss('<enclosure url="/a.mp3" type="audio/mpeg" length="1"/><itunes:image href="/large.jpg"/>'),
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'c',
      items: [{ id: '1', url: 'https://lab.example/1', image: 'https://lab.example/large.jpg' }],
    }),
    rss('<media:thumbnail url="javascript:alert(1)"/>'),
  ];
  const images = await Promise.all(feeds.map(async (feed) => (await entriesOf(feed))[0]?.image));
  assert.deepEqual(images, [...Array(5).fill('https://lab.example/large.jpg'), undefined]);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseFeed } from 'feedsmith';
import { anEdition } from '../../../test/support/an-edition.ts';
import { aBrief } from '../../../test/support/invent.ts';
import type { Edition } from '../../domain/edition.ts';
import { renderFeeds } from './render-feeds.ts';

const SETTINGS = {
  name: 'AI日报',
  url: 'https://daily.example/ai',
  page: '{date}.html',
  hub: 'https://hub.example/',
};
const FILES = ['feed.xml', 'atom.xml', 'feed.json', 'briefs.xml', 'briefs.atom', 'briefs.json'];

/** What any feed reader sees: id, title, link and text of each entry. */
function seen(text: string) {
  const { format, feed } = parseFeed(text);
  if (format === 'rss')
    return (feed.items ?? []).map((one) => [one.guid?.value, one.title, one.link, one.content?.encoded]);
  if (format === 'atom')
    return (feed.entries ?? []).map((one) => [
      one.id,
      one.title?.value,
      one.links?.[0]?.href,
      one.content?.value,
    ]);
  assert.equal(format, 'json');
  return format === 'json'
    ? (feed.items ?? []).map((one) => [one.id, one.title, one.external_url ?? one.url, one.content_html])
    : [];
}

function withText(text: string): Edition {
  const edition = anEdition(1);
  const item = {
    ...edition.sections[0]?.items[0],
    brief: aBrief('s1', { headline: text, summary: text, url: 'https://a.example/1' }),
  };
  return {
    ...edition,
    title: text,
    sections: [
      {
        name: text,
        items: [
          {
            worth: 1,
            publisher: text,
            outlets: [{ name: text, url: 'https://b.example', title: text }],
            parts: [],
            ...item,
          },
        ],
      },
    ],
  };
}

describe('the feeds of the last editions', () => {
  const editions = ['2026-03-11', '2026-03-10'].map((date, n) =>
    anEdition(4, { date, composedAt: Date.UTC(2026, 2, 11 - n) }),
  );
  const feeds = renderFeeds(editions, SETTINGS);

  it('are six files, three formats of two lists', () => {
    assert.deepEqual([...feeds.keys()], FILES);
    assert.deepEqual(seen(feeds.get('feed.xml') ?? ''), seen(feeds.get('atom.xml') ?? ''));
    assert.deepEqual(seen(feeds.get('feed.xml') ?? ''), seen(feeds.get('feed.json') ?? ''));
    assert.deepEqual(seen(feeds.get('briefs.xml') ?? ''), seen(feeds.get('briefs.json') ?? ''));
    assert.equal(seen(feeds.get('briefs.atom') ?? '').length, 8);
  });

  it('link the edition’s page, and from a brief the article', () => {
    assert.deepEqual(
      seen(feeds.get('atom.xml') ?? '').map(([id, , link]) => [id, link]),
      [
        ['tag:daily.example,2026-03-11:edition', 'https://daily.example/ai/2026-03-11.html'],
        ['tag:daily.example,2026-03-10:edition', 'https://daily.example/ai/2026-03-10.html'],
      ],
    );
    assert.deepEqual(seen(feeds.get('briefs.xml') ?? '')[0]?.slice(0, 3), [
      'tag:daily.example,2026-03-11:s1',
      '第1号实验室开源检索模型',
      'https://lab1.example/model?id=1',
    ]);
    const paths = renderFeeds(editions, { ...SETTINGS, page: '{year}/{month}/{day}/' });
    assert.equal(seen(paths.get('feed.xml') ?? '')[0]?.[2], 'https://daily.example/ai/2026/03/11/');
  });

  it('keep their ids when an edition is edited, and say that it is newer', () => {
    const [first] = editions;
    assert.ok(first);
    const edited = { ...first, title: '改过的标题', composedAt: first.composedAt + 1000, revision: 2 };
    const again = renderFeeds([edited], SETTINGS).get('atom.xml') ?? '';
    assert.equal(seen(again)[0]?.[0], seen(feeds.get('atom.xml') ?? '')[0]?.[0]);
    assert.match(again, /<updated>2026-03-11T00:00:01/);
  });

  it('say where they are and which hub tells of news', () => {
    assert.match(
      feeds.get('feed.xml') ?? '',
      /<atom:link href="https:\/\/daily\.example\/ai\/feed\.xml" rel="self"/,
    );
    assert.match(feeds.get('briefs.atom') ?? '', /<link href="https:\/\/hub\.example\/" rel="hub"\/>/);
  });

  it('for all texts: every format stays one that its readers can read, and brings no markup of the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom(']]>', '</title><script>alert(1)</script>', '&#0;<b>\u0000\ud800', '<!--'),
        ),
        (text) => {
          for (const [file, body] of renderFeeds([withText(`题${text}`)], SETTINGS)) {
            const [entry] = seen(body);
            assert.ok(entry?.[0]?.startsWith('tag:'), file);
            assert.doesNotMatch(String(entry?.[3]), /<script|<b>|<!--/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeLetter } from '../../../test/support/write-letter.ts';
import { toArticle } from '../to-article.ts';
import { letterEntries, readLetter } from './mail-entries.ts';

const NOW = Date.UTC(2026, 2, 10, 12);
const SOURCE = {
  id: 'weekly',
  kind: 'newsletter',
  name: 'Weekly',
  url: 'https://newsletter.invalid/',
  weight: 1,
  fullText: 'page' as const,
};

async function entryOf(letter: Parameters<typeof writeLetter>[0]) {
  const read = await readLetter(Buffer.from(writeLetter(letter)));
  assert.ok(read);
  const { entries } = await letterEntries(read, {
    source: SOURCE,
    links: false,
    now: NOW,
    follow: async () => undefined,
  });
  return entries[0];
}

describe('a letter', () => {
  it('that is only in its list’s archive is told from the list’s other letters', async () => {
    const headers = ['List-Archive: <https://lists.example/archives/agents/>'];
    const first = await entryOf({ html: '<p>一</p>', id: 'one', headers });
    const second = await entryOf({ html: '<p>二</p>', id: 'two', headers });
    assert.ok(first && second);
    assert.match(first.url, /^https:\/\/lists\.example\/archives\/agents\/#/);
    assert.notEqual(toArticle(first, SOURCE).id, toArticle(second, SOURCE).id);
  });

  it('is linked where it alone is archived, rather than to the archive', async () => {
    const headers = [
      'List-Archive: <https://lists.example/archives/agents/>',
      'Archived-At: <https://lists.example/archives/agents/000123.html>',
    ];
    assert.equal(
      (await entryOf({ html: '<p>一</p>', headers }))?.url,
      'https://lists.example/archives/agents/000123.html',
    );
  });

  it('is not linked by an address that names the subscriber', async () => {
    const html =
      '<a href="https://view.mail.example/?qs=00f1e2d3c4b5a69788776655443322110f1e2d3c4b5a69788776655443322110aa">View in browser</a>';
    assert.equal(await entryOf({ html }), undefined);
    const marked = '<a href="https://mail.example/?u=list1&id=c7&e=0a1b2c3d">View in browser</a>';
    assert.equal((await entryOf({ html: marked }))?.url, 'https://mail.example/?u=list1&id=c7');
  });
});

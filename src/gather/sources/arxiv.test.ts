import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { identityOf } from '../identity.ts';
import { arxiv } from './arxiv.ts';

const item = (id: string, kind: string) =>
  `<item><title>Paper ${id}</title><link>https://arxiv.org/abs/${id}</link><guid isPermaLink="false">oai:arXiv.org:${id}v1</guid><description>arXiv:${id}v1 Announce Type: ${kind}&#10;Abstract: We study ${id}.</description><dc:creator>A. Heron, B. Crane</dc:creator><pubDate>Tue, 10 Mar 2026 00:00:00 -0400</pubDate><arxiv:announce_type>${kind}</arxiv:announce_type></item>`;
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>cs.AI</title><link>http://arxiv.org</link><skipDays><day>Sunday</day><day>Saturday</day></skipDays>${items.join('')}</channel></rss>`;
const atom = (...entries: string[]) =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title><id>http://arxiv.org/api/x</id><updated>2026-03-10T00:00:00Z</updated>${entries.join('')}</feed>`;

describe('arXiv', () => {
  it('asks the API for the newest of its categories', async (t) => {
    let query = new URLSearchParams();
    const url = await serveDouble(t, (asked) => {
      query = asked.query;
      return {
        body: atom(
          '<entry><id>http://arxiv.org/abs/2603.00042v1</id><title>Relay\n  Points</title><summary>We relay.</summary><published>2026-03-10T01:00:00Z</published><updated>2026-03-10T01:00:00Z</updated><author><name>A. Heron</name></author><link href="http://arxiv.org/abs/2603.00042v1" rel="alternate" type="text/html"/></entry>',
        ),
      };
    });
    const settings = { categories: ['cs.AI', 'cs.CL'], query: 'ti:relay', maxItems: 25 };
    const [entry] = entriesOf(await askSource(t, arxiv, { url: `${url}/api/query`, settings }));
    assert.equal(query.get('search_query'), '(cat:cs.AI OR cat:cs.CL) AND (ti:relay)');
    assert.deepEqual([query.get('sortBy'), query.get('max_results')], ['submittedDate', '25']);
    assert.equal(identityOf(entry?.url ?? ''), 'arxiv:2603.00042');
    assert.equal(entry?.url, 'https://arxiv.org/abs/2603.00042');
    assert.deepEqual([entry?.title, entry?.text], ['Relay Points', 'We relay.']);
  });

  it('leaves out replacements of older papers, and what the RSS says before the abstract', async (t) => {
    const url = await serveDouble(t, ({ path }) => {
      assert.equal(path, '/rss/cs.AI');
      return {
        body: rss(
          item('2603.1', 'new'),
          item('2603.2', 'replace'),
          item('2603.3', 'cross'),
          item('2603.4', 'replace-cross'),
        ),
      };
    });
    const entries = entriesOf(
      await askSource(t, arxiv, { url: `${url}/rss`, settings: { categories: ['cs.AI'] } }),
    );
    assert.deepEqual(
      entries.map(({ title }) => title),
      ['Paper 2603.1', 'Paper 2603.3'],
    );
    assert.equal(entries[0]?.text, 'We study 2603.1.');
  });

  it('rests on weekends: an empty feed is no failure', async (t) => {
    const answers = [rss(), atom(), rss(item('2603.2', 'replace'))];
    const url = await serveDouble(t, () => ({ body: answers.shift() ?? '' }));
    const settings = { categories: ['cs.AI'] };
    const results = [];
    for (const path of ['/rss', '/api/query', '/rss'])
      results.push(codeOf(await askSource(t, arxiv, { url: url + path, settings })));
    assert.deepEqual(results, ['unchanged', 'unchanged', 'unchanged']);
  });

  it('leaves out new versions of old papers, not corrections of new ones', async (t) => {
    const paper = (id: string, version: number, submitted: string) =>
      `<entry><id>http://arxiv.org/abs/${id}v${version}</id><title>Paper ${id}</title><summary>Text.</summary><published>${submitted}T01:00:00Z</published><updated>2026-03-10T01:00:00Z</updated><link href="http://arxiv.org/abs/${id}v${version}" rel="alternate" type="text/html"/></entry>`;
    const url = await serveDouble(t, () => ({
      body: atom(
        paper('2603.00042', 2, '2026-03-09'),
        paper('2512.00007', 3, '2025-12-01'),
        paper('2512.00008', 1, '2025-12-01'),
      ),
    }));
    const entries = entriesOf(
      await askSource(t, arxiv, { url: `${url}/api/query`, settings: { query: 'x' } }),
    );
    assert.deepEqual(
      entries.map(({ title }) => title),
      ['Paper 2603.00042', 'Paper 2512.00008'],
    );
  });

  it('takes no more of the RSS than wanted', async (t) => {
    const url = await serveDouble(t, () => ({
      body: rss(item('2603.1', 'new'), item('2603.2', 'new'), item('2603.3', 'new')),
    }));
    const answer = await askSource(t, arxiv, { url: `${url}/rss/cs.AI`, settings: { maxItems: 2 } });
    assert.equal(entriesOf(answer).length, 2);
  });

  it('passes on the API’s complaint, which comes as an entry of a sound feed', async (t) => {
    const url = await serveDouble(t, () => ({
      body: atom(
        '<entry><id>http://arxiv.org/api/errors#malformed_query</id><title>Error</title><summary>malformed query</summary><link href="http://arxiv.org/api/errors#malformed_query" rel="alternate"/></entry>',
      ),
    }));
    const answer = await askSource(t, arxiv, { url: `${url}/api/query`, settings: { query: 'ti:(' } });
    assert.ok(answer.kind === 'failed' && answer.code === 'source-settings', JSON.stringify(answer));
    assert.match(answer.message, /malformed query/);
  });

  it('asks arXiv itself only in its turn among the programs of this machine', async (t) => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = '/nowhere/at/all';
    t.after(() => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    });
    const answer = await askSource(t, arxiv, { settings: { categories: ['cs.AI'] } });
    assert.ok(answer.kind === 'failed' && answer.code === 'source-turn' && answer.retryable);
    assert.match(answer.message, /\/nowhere/);
  });

  it('wants to know what to look for', async (t) => {
    assert.equal(codeOf(await askSource(t, arxiv, {})), 'source-settings');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { identityOf } from '../identity.ts';
import { huggingface } from './huggingface.ts';

describe('Hugging Face', () => {
  it('gives the daily papers as the very papers of arXiv, with their upvotes', async (t) => {
    const paper = {
      id: '2603.00042',
      title: 'Relay Points',
      summary: 'We relay.',
      upvotes: 31,
      authors: [{ name: 'A. Heron' }],
    };
    const url = await serveDouble(t, ({ path, query }) => {
      assert.deepEqual([path, query.get('limit')], ['/api/daily_papers', '20']);
      const unloved = { publishedAt: null, paper: { ...paper, id: '2603.00043', upvotes: 1 } };
      const listed = { ...paper, submittedOnDailyAt: '2026-03-10T00:00:00.000Z' };
      return {
        body: [{ publishedAt: '2026-03-04T01:00:00Z', paper: listed }, unloved, { paper: {} }],
      };
    });
    const answer = await askSource(t, huggingface, { url, settings: { maxItems: 20, minLikes: 5 } });
    const [entry, ...more] = entriesOf(answer);
    assert.equal(more.length, 0);
    assert.equal(identityOf(entry?.url ?? ''), 'arxiv:2603.00042');
    assert.deepEqual([entry?.title, entry?.author, entry?.text], ['Relay Points', 'A. Heron', 'We relay.']);
    assert.deepEqual(entry?.engagement, { likes: 31 });
    // The day it made the list, not the day its authors sent it to arXiv.
    assert.equal(entry?.publishedAt, Date.UTC(2026, 2, 10));
  });

  it('says whether the list is empty or nothing in it is liked enough', async (t) => {
    const paper = { id: '2603.00042', title: 'Relay Points', upvotes: 3 };
    const answers = [{ body: [] }, { body: [{ paper }] }, { body: [{ paper: { ...paper, id: '../x' } }] }];
    const url = await serveDouble(t, () => answers.shift() ?? {});
    const ask = () => askSource(t, huggingface, { url, settings: { minLikes: 5 } });
    const [empty, few] = [await ask(), await ask()];
    assert.deepEqual([empty.kind, few.kind], ['unchanged', 'unchanged']);
    assert.match(few.kind === 'unchanged' ? (few.note ?? '') : '', /没有达到 5 赞/);
    assert.equal(codeOf(await ask()), 'source-answer');
  });

  it('gives models that trend, undated, linked where they live', async (t) => {
    const url = await serveDouble(t, ({ path, query }) => {
      assert.deepEqual([path, query.get('sort')], ['/api/models', 'trendingScore']);
      return {
        body: [
          {
            id: 'lantern/lumen-3',
            likes: 900,
            downloads: 12_000,
            pipeline_tag: 'text-generation',
            tags: ['moe'],
          },
        ],
      };
    });
    const [entry] = entriesOf(await askSource(t, huggingface, { url, settings: { list: 'models' } }));
    assert.equal(entry?.url, `${url}/lantern/lumen-3`);
    assert.equal(entry?.publishedAt, undefined);
    assert.deepEqual(entry?.engagement, { likes: 900, downloads: 12_000 });
    assert.equal(entry?.text, 'text-generation · moe');
  });

  it('fails with words when the service limits or changes', async (t) => {
    const answers = [{ status: 429, headers: { 'retry-after': '60' } }, { body: { error: 'moved' } }];
    const url = await serveDouble(t, () => answers.shift() ?? {});
    const limited = await askSource(t, huggingface, { url });
    assert.ok(limited.kind === 'failed' && limited.retryAfterMs === 60_000);
    assert.equal(codeOf(await askSource(t, huggingface, { url })), 'source-answer');
  });
});

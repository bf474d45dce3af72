import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askSource, codeOf, entriesOf, NOW, serveDouble } from '../../../test/support/ask-source.ts';
import { hackernews } from './hackernews.ts';

const HIT = {
  objectID: '101',
  title: 'Lumen 3 &amp; its weights are out',
  url: 'https://lanternlabs.example/lumen-3?utm_source=hn',
  author: 'tidewatcher',
  points: 212,
  num_comments: 87,
  created_at_i: NOW / 1000 - 7200,
};

describe('Hacker News', () => {
  it('gives stories with points and comments, asked as the search API wants it', async (t) => {
    let asked: Record<string, string> = {};
    const url = await serveDouble(t, ({ path, query }) => {
      asked = { path, ...Object.fromEntries(query) };
      const ask = {
        ...HIT,
        objectID: '102',
        title: 'Ask HN: which agent?',
        url: null,
        story_text: 'I use <i>one</i>.',
      };
      return { body: { hits: [HIT, ask, { objectID: 5 }] } };
    });
    const settings = { query: 'LLM', minPoints: 80, hours: 24, maxItems: 30 };
    const answer = await askSource(t, hackernews, { url: `${url}/api/v1/`, settings });
    const [story, question] = entriesOf(answer);
    assert.deepEqual(asked, {
      path: '/api/v1/search_by_date',
      tags: 'story',
      query: 'LLM',
      numericFilters: `created_at_i>${NOW / 1000 - 86_400},points>=80`,
      hitsPerPage: '30',
    });
    assert.equal(story?.url, 'https://lanternlabs.example/lumen-3');
    assert.equal(story?.title, 'Lumen 3 & its weights are out');
    assert.deepEqual(story?.engagement, { points: 212, comments: 87 });
    assert.equal(story?.publishedAt, NOW - 7_200_000);
    assert.equal(question?.url, 'https://news.ycombinator.com/item?id=102');
    assert.equal(question?.text, 'I use one.');
    assert.equal(answer.kind === 'listed' ? answer.note : '', '1 条内容不全，已略去');
  });

  it('asks for any of the tags wanted', async (t) => {
    let tags: string | null = '';
    const url = await serveDouble(t, ({ query }) => {
      tags = query.get('tags');
      return { body: { hits: [HIT] } };
    });
    entriesOf(await askSource(t, hackernews, { url, settings: { tags: ['ask_hn', 'show_hn'] } }));
    assert.equal(tags, '(ask_hn,show_hn)');
  });

  it('asks for the front page, and takes a quiet hour for no failure', async (t) => {
    const url = await serveDouble(t, ({ path, query }) => {
      assert.deepEqual([path, query.get('tags')], ['/search', 'front_page']);
      return { body: { hits: [] } };
    });
    assert.equal(codeOf(await askSource(t, hackernews, { url, settings: { frontPage: true } })), 'unchanged');
  });

  it('says so when the answer is not what it should be', async (t) => {
    const answers = [
      { body: '<html>busy</html>' },
      { body: { nothing: 1 } },
      { body: { hits: [{ id: 1, headline: 'renamed fields' }] } },
      { status: 503 },
    ];
    const url = await serveDouble(t, () => answers.shift() ?? {});
    const codes = [];
    for (let n = 0; n < 4; n += 1) codes.push(codeOf(await askSource(t, hackernews, { url })));
    assert.deepEqual(codes, ['source-answer', 'source-answer', 'source-answer', 'http-503']);
  });
});

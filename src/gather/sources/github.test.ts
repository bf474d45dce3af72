import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askSource, codeOf, entriesOf, NOW, serveDouble } from '../../../test/support/ask-source.ts';
import { github } from './github.ts';
import type { Collected } from './source-kind.ts';

const release = (tag: string, more: object = {}) => ({
  html_url: `https://github.com/lantern/lumen/releases/tag/${tag}`,
  tag_name: tag,
  name: tag,
  body: `Notes of **${tag}**`,
  draft: false,
  prerelease: false,
  published_at: '2026-03-10T02:00:00Z',
  author: { login: 'tidewatcher' },
  ...more,
});

describe('GitHub', () => {
  it('lists releases by name and version; drafts and previews only when wanted', async (t) => {
    const seen: (string | undefined)[] = [];
    const url = await serveDouble(t, ({ path, request }) => {
      seen.push(request.headers.authorization);
      assert.equal(path, '/repos/lantern/lumen/releases');
      return {
        body: [
          release('v1.2.0'),
          release('v1.3.0-rc1', { prerelease: true }),
          release('v9', { draft: true }),
          { tag_name: 3 },
        ],
      };
    });
    const settings = { repositories: ['lantern/lumen'], token: 'invented-token' };
    const answer = await askSource(t, github, { url, settings });
    const [first, ...rest] = entriesOf(answer);
    assert.equal(rest.length, 0);
    assert.deepEqual(
      [first?.title, first?.author, first?.publishedAt],
      ['lumen v1.2.0', 'tidewatcher', Date.UTC(2026, 2, 10, 2)],
    );
    assert.match(first?.text ?? '', /Notes of/);
    assert.deepEqual(seen, ['Bearer invented-token']);
    const all = entriesOf(await askSource(t, github, { url, settings: { ...settings, prereleases: true } }));
    assert.deepEqual(
      all.map(({ title }) => title),
      ['lumen v1.2.0', 'lumen v1.3.0-rc1'],
    );
  });

  it('asks each repository only for what changed', async (t) => {
    const url = await serveDouble(t, ({ request }) =>
      request.headers['if-none-match'] === '"7"'
        ? { status: 304 }
        : { headers: { etag: '"7"' }, body: [release('v1')] },
    );
    const settings = { repositories: ['lantern/lumen', 'lantern/wick'] };
    const first = await askSource(t, github, { url, settings });
    assert.equal(entriesOf(first).length, 2);
    const memory = first.kind === 'listed' ? first.memory : undefined;
    assert.equal(codeOf(await askSource(t, github, { url, settings, state: { memory } })), 'unchanged');
    const damaged = await askSource(t, github, { url, settings, state: { memory: 'not what was kept' } });
    assert.equal(entriesOf(damaged).length, 2);
  });

  it('keeps what one repository gave when another fails, and stops at a limit', async (t) => {
    let asked = 0;
    const url = await serveDouble(t, ({ path }) => {
      asked += 1;
      if (path.includes('gone')) return { status: 404, body: { message: 'Not Found' } };
      if (path.includes('busy')) return { status: 403, headers: { 'retry-after': '120' } };
      return { body: [release('v1')] };
    });
    const some = await askSource(t, github, { url, settings: { repositories: ['a/gone', 'lantern/lumen'] } });
    assert.equal(entriesOf(some).length, 1);
    assert.match(some.kind === 'listed' ? (some.note ?? '') : '', /2 个中有 1 个没有问到，如 a\/gone/);
    asked = 0;
    const limited = await askSource(t, github, { url, settings: { repositories: ['a/busy', 'b/x', 'c/y'] } });
    assert.ok(limited.kind === 'failed' && limited.retryAfterMs === 120_000);
    assert.equal(asked, 1);
  });

  it('whose hour is used up rests until it is over, and goes on where it stopped', async (t) => {
    const asked: string[] = [];
    let left = 2;
    const url = await serveDouble(t, ({ path }) => {
      asked.push(path.split('/')[3] ?? '');
      left -= 1;
      const reset = Math.ceil(Date.now() / 1000) + 1200;
      if (left >= 0) return { body: [release('v1')] };
      return { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` } };
    });
    const settings = { repositories: ['a/a', 'b/b', 'c/c', 'd/d'] };
    const first = await askSource(t, github, { url, settings });
    assert.ok(first.kind === 'listed' && (first.restForMs ?? 0) > 1_000_000);
    left = 2;
    await askSource(t, github, { url, settings, state: { memory: first.memory } });
    assert.deepEqual(asked, ['a', 'b', 'c', 'c', 'd', 'a']);
  });

  it('names a release by repository and version, whatever its maintainers call it', async (t) => {
    const url = await serveDouble(t, () => ({
      body: [
        release('v2.0.0', { name: 'Spring cleaning' }),
        release('v2.1.0', { name: 'lumen 2.1.0: faster' }),
        release('v2.2.0', { name: 'Illumenated 2.2.0' }),
        release('v2.3.0', { name: '' }),
        release('v2.4.0', { name: 'lumen-v2.4.0' }),
      ],
    }));
    const entries = entriesOf(
      await askSource(t, github, { url, settings: { repositories: ['lantern/lumen'] } }),
    );
    assert.deepEqual(
      entries.map(({ title }) => title),
      [
        'lumen v2.0.0: Spring cleaning',
        'lumen 2.1.0: faster',
        'lumen Illumenated 2.2.0',
        'lumen v2.3.0',
        'lumen-v2.4.0',
      ],
    );
  });

  it('reads release notes as text, not as Markdown', async (t) => {
    const url = await serveDouble(t, ({ request }) => ({
      body: [
        request.headers.accept === 'application/vnd.github.html+json'
          ? release('v1', {
              body: undefined,
              body_html: '<h2>What changed</h2><ul><li><strong>Faster</strong> start</li></ul>',
            })
          : release('v1'),
      ],
    }));
    const [entry] = entriesOf(
      await askSource(t, github, { url, settings: { repositories: ['lantern/lumen'] } }),
    );
    assert.equal(entry?.text, 'What changed\n- Faster start');
  });

  it('is asked where an enterprise keeps its own', async (t) => {
    const paths: string[] = [];
    const url = await serveDouble(t, ({ path }) => {
      paths.push(path);
      return { body: path.endsWith('/releases') ? [] : { items: [] } };
    });
    await askSource(t, github, { url: `${url}/api/v3`, settings: { repositories: ['a/b'] } });
    await askSource(t, github, { url: `${url}/api/v3/`, settings: { search: 'topic:llm' } });
    assert.deepEqual(paths, ['/api/v3/repos/a/b/releases', '/api/v3/search/repositories']);
  });

  it('is not failed by one lost repository while the others simply have no news', async (t) => {
    let limited = false;
    const url = await serveDouble(t, ({ path, request }) => {
      if (path.includes('gone'))
        return limited ? { status: 429, headers: { 'retry-after': '9' } } : { status: 404 };
      return request.headers['if-none-match'] === '"7"'
        ? { status: 304 }
        : { headers: { etag: '"7"' }, body: [release('v1')] };
    });
    const settings = { repositories: ['lantern/lumen', 'a/gone', 'lantern/wick'] };
    const memoryOf = (one: Collected) => (one.kind === 'failed' ? undefined : one.memory);
    const first = await askSource(t, github, { url, settings });
    const second = await askSource(t, github, { url, settings, state: { memory: memoryOf(first) } });
    assert.equal(second.kind, 'unchanged', JSON.stringify(second));
    assert.match(second.kind === 'unchanged' ? (second.note ?? '') : '', /a\/gone/);
    limited = true;
    const third = await askSource(t, github, { url, settings, state: { memory: memoryOf(second) } });
    const kept = { ...(memoryOf(first) as object), next: 'a/gone' };
    assert.deepEqual(memoryOf(third), kept, 'repositories behind the limit keep what was known');
  });

  it('finds new and rising repositories with their stars', async (t) => {
    let asked = '';
    const url = await serveDouble(t, ({ query }) => {
      asked = query.get('q') ?? '';
      const repository = {
        full_name: 'heron/agent-kit',
        html_url: 'https://github.com/heron/agent-kit',
        description: '智能体工具箱',
        stargazers_count: 1500,
        language: 'TypeScript',
        topics: ['llm'],
      };
      return { body: { total_count: 2, items: [repository, { full_name: 'x' }] } };
    });
    const settings = { search: 'topic:llm', createdWithinDays: 7, minStars: 200 };
    const [entry] = entriesOf(await askSource(t, github, { url, settings }));
    assert.equal(
      asked,
      `topic:llm created:>=${new Date(NOW - 7 * 86_400_000).toISOString().slice(0, 10)} stars:>=200`,
    );
    assert.deepEqual(
      [entry?.title, entry?.publishedAt, entry?.engagement],
      ['heron/agent-kit', undefined, { stars: 1500 }],
    );
    assert.match(entry?.text ?? '', /智能体工具箱 · TypeScript · llm/);
  });

  it('wants to know what to follow', async (t) => {
    assert.equal(codeOf(await askSource(t, github, {})), 'source-settings');
  });
});

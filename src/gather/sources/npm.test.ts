import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { npm } from './npm.ts';

const PACKAGE = {
  name: '@lantern/wick',
  description: 'Agents that trim themselves',
  homepage: 'https://wick.example/docs#readme',
  time: {
    created: '2025-01-01',
    '1.0.0': '2026-01-01T00:00:00Z',
    '1.1.0': '2026-03-10T00:00:00Z',
    '2.0.0-rc.1': '2026-03-10T06:00:00Z',
  },
  versions: { '1.0.0': {}, '1.1.0': {}, '2.0.0-rc.1': {} },
};

/** A project folder whose .npmrc is npm's configuration while the test runs. */
function inFolderWith(t: TestContext, npmrc: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-npm-'));
  const before = process.cwd();
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(folder, '.npmrc'), npmrc);
  process.chdir(folder);
  t.after(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
}

describe('npm', () => {
  it('lists new versions from the registry that npm’s own configuration names, with its token', async (t) => {
    const heard: (string | undefined)[] = [];
    const url = await serveDouble(t, ({ request }) => {
      heard.push(request.url, request.headers.authorization);
      return { body: PACKAGE };
    });
    inFolderWith(t, `@lantern:registry=${url}/\n${url.replace('http:', '')}/:_authToken=invented\n`);
    const entries = entriesOf(
      await askSource(t, npm, {
        settings: { packages: ['@lantern/wick'], prereleases: false },
      }),
    );
    assert.deepEqual(heard, ['/@lantern%2fwick', 'Bearer invented']);
    assert.deepEqual(
      entries.map(({ title }) => title),
      ['@lantern/wick 1.1.0', '@lantern/wick 1.0.0'],
    );
    assert.equal(entries[0]?.url, 'https://wick.example/docs?version=1.1.0');
    assert.equal(entries[0]?.publishedAt, Date.UTC(2026, 2, 10));
    assert.equal(entries[0]?.text, 'Agents that trim themselves');
  });

  it('asks nobody while a variable of .npmrc is not set: npm would pass over the whole file', async (t) => {
    let asked = 0;
    const url = await serveDouble(t, () => {
      asked += 1;
      return { body: PACKAGE };
    });
    const dollar = '$';
    inFolderWith(
      t,
      `@lantern:registry=${url}/\n${url.replace('http:', '')}/:_authToken=${dollar}{RIBAO_UNSET_IN_TESTS}\n`,
    );
    const answer = await askSource(t, npm, { url, settings: { packages: ['@lantern/wick'] } });
    assert.ok(answer.kind === 'failed' && /\.npmrc[\s\S]*RIBAO_UNSET_IN_TESTS/.test(answer.message));
    assert.equal(asked, 0);
  });

  it('knows the registry of the user’s own .npmrc, and a token that holds for the whole host', async (t) => {
    const heard: (string | undefined)[] = [];
    const url = await serveDouble(t, ({ request }) => {
      heard.push(request.url, request.headers.authorization);
      return { body: PACKAGE };
    });
    inFolderWith(t, '');
    const userConfig = join(process.cwd(), 'user-npmrc');
    writeFileSync(
      userConfig,
      `registry=${url}/mirror/npm/\n${url.replace('http:', '')}/:_authToken=invented\n`,
    );
    process.env.npm_config_userconfig = userConfig;
    t.after(() => delete process.env.npm_config_userconfig);
    entriesOf(await askSource(t, npm, { settings: { packages: ['wick'] } }));
    assert.deepEqual(heard, ['/mirror/npm/wick', 'Bearer invented']);
  });

  it('says so when npm’s own configuration names no registry that can be asked', async (t) => {
    inFolderWith(t, 'registry=nowhere\n');
    const answer = await askSource(t, npm, { settings: { packages: ['wick'] } });
    assert.ok(answer.kind === 'failed' && answer.code === 'source-settings', JSON.stringify(answer));
    assert.match(answer.message, /\.npmrc/);
  });

  it('asks each package only for what changed, and counts versions that no page shows', async (t) => {
    const { homepage: _none, ...homeless } = PACKAGE;
    const url = await serveDouble(t, ({ path, request }) => {
      if (request.headers['if-none-match'] === '"7"') return { status: 304 };
      return { headers: { etag: '"7"' }, body: path === '/wick' ? PACKAGE : homeless };
    });
    const settings = { packages: ['wick', 'homeless'] };
    const first = await askSource(t, npm, { url, settings });
    assert.equal(entriesOf(first).length, 2);
    assert.ok(first.kind === 'listed' && first.note?.includes('2 条'), JSON.stringify(first));
    const second = await askSource(t, npm, { url, settings, state: { memory: first.memory } });
    assert.equal(second.kind, 'unchanged');
  });

  it('keeps what one package gave when another is not there', async (t) => {
    const url = await serveDouble(t, ({ path }) => (path === '/wick' ? { body: PACKAGE } : { status: 404 }));
    const answer = await askSource(t, npm, {
      url,
      settings: { packages: ['lost', 'wick'], prereleases: true },
    });
    assert.equal(entriesOf(answer).length, 3);
    assert.match(answer.kind === 'listed' ? (answer.note ?? '') : '', /2 个中有 1 个没有问到，如 lost/);
    assert.equal(codeOf(await askSource(t, npm, { url, settings: { packages: ['lost'] } })), 'http-404');
  });
});

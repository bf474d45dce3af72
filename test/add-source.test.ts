import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { main } from '../src/cli/main.ts';
import { discover, kindFor } from '../src/gather/discover.ts';
import { openNet } from '../src/net/open-net.ts';
import { type Double, serveDouble } from './support/ask-source.ts';

const FEED = `<rss version="2.0"><channel><title>灯塔</title><description>d</description>${[1, 2, 3].map((n) => `<item><title>第${n}篇</title><link>https://lantern.example/${n}</link><pubDate>Tue, 10 Mar 2026 0${n}:00:00 +0800</pubDate></item>`).join('')}</channel></rss>`;
const html = (head = '') => ({
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>灯塔实验室</title>${head}</head><body>你好</body></html>`,
});

/** Runs a command line in a folder of its own and gives what it printed. */
async function folderFor(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-add-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'ribao.yaml');
  writeFileSync(
    config,
    '# 我的\nnetwork: { allowHosts: [127.0.0.1] }\nsources:\n  - { id: a, name: 甲, url: "https://a.example/feed" }\n',
  );
  const env: Record<string, string> = { KEY: 'http://127.0.0.1:9/none' };
  /** `-C` first: from a folder beside the config's. */
  const ribao = async (...given: string[]) => {
    const [first, ...others] = given;
    const [args, cwd] = first === '-C' ? [others, join(folder, 'elsewhere')] : [given, folder];
    let out = '';
    const note = (text: string) => {
      out += `${text}\n`;
    };
    const code = await main(args, {
      tongue: 'zh',
      env,
      cwd,
      terminal: false,
      out: note,
      raw: note,
      err: note,
      stop: () => new AbortController().signal,
    });
    return { code, out };
  };
  return { ribao, folder, env, config: () => readFileSync(config, 'utf8') };
}

describe('adding a source by its address', () => {
  it('finds the feed a page names, shows what it lists, and adds it only when told to', async (t) => {
    const url = await serveDouble(t, ({ path }) =>
      path === '/blog'
        ? html('<link rel="alternate" type="application/rss+xml" href="/deep/feed.xml">')
        : path === '/deep/feed.xml'
          ? { body: FEED }
          : { status: 404 },
    );
    const { ribao, config } = await folderFor(t);
    const shown = await ribao('sources', 'add', `${url}/blog`);
    assert.match(
      shown.out,
      /灯塔 {2}feed {2}\S+\/deep\/feed\.xml {2}3 条[\s\S]*2026-03-10 0[13]:00 {2}第[13]篇[\s\S]*没有加入/,
    );
    assert.deepEqual([shown.code, config().includes('deep')], [2, false]);
    const added = await ribao('sources', 'add', `${url}/blog`, '--yes', '--id', 'lantern');
    assert.equal(added.code, 0, added.out);
    assert.match(config(), /^# 我的[\s\S]*id: lantern[\s\S]*deep\/feed\.xml/);
    assert.match((await ribao('sources', 'add', `${url}/deep/feed.xml`, '--yes')).out, /已经有了：lantern/);
  });

  it('never shows nor writes what an address behind env: or file: stands for, and finds it beside the config', async (t) => {
    const url = await serveDouble(t, ({ path }) =>
      path === '/private/geheim-token'
        ? { body: FEED }
        : path === '/page/geheim-token'
          ? html('<link rel="alternate" type="application/rss+xml" href="/private/geheim-token">')
          : { status: 404 },
    );
    const { ribao, config, folder, env } = await folderFor(t);
    env.KEY = `${url}/private/geheim-token`;
    writeFileSync(join(folder, 'key.txt'), env.KEY);
    mkdirSync(join(folder, 'elsewhere'));
    const added = await ribao('sources', 'add', 'env:KEY', '-y');
    assert.equal(added.code, 0, added.out);
    const again = await ribao('-C', 'sources', 'add', 'file:key.txt', '-y', '--config', '../ribao.yaml');
    env.KEY = `${url}/page/geheim-token`;
    const asPage = await ribao('sources', 'add', 'env:KEY', '-y', '--id', 'other');
    assert.notEqual(asPage.code, 0, 'what is written must be the feed itself');
    assert.match(config(), /url: env:KEY/);
    assert.equal(again.code, 0, again.out);
    assert.match(config(), /url: file:key\.txt/);
    for (const text of [added.out, again.out, asPage.out, config()])
      assert.ok(!text.includes('geheim'), text);
  });

  it('looks in the usual places when the page names none', async (t) => {
    const url = await serveDouble(t, ({ path }) =>
      path === '/' ? html() : path === '/atom.xml' ? { body: FEED } : { status: 404 },
    );
    const { ribao, config } = await folderFor(t);
    assert.equal((await ribao('sources', 'add', url, '-y', '--name', '灯塔')).code, 0);
    assert.match(config(), /name: 灯塔[\s\S]*atom\.xml/);
  });

  it('says what to do about a WeChat article, a page without feeds, and an address that is not there', async (t) => {
    const { ribao } = await folderFor(t);
    const bare = await serveDouble(t, ({ path }) => (path === '/' ? html() : { status: 404 }));
    assert.match((await ribao('sources', 'add', bare, '-y')).out, /kind: page/);
    assert.match((await ribao('sources', 'add', 'http://127.0.0.1:9/x', '-y')).out, /连接不上|robots/);
    assert.equal((await ribao('sources', 'add', 'ftp://a.example', '-y')).code, 2);
    assert.equal((await ribao('sources', 'add', 'env:MISSING', '-y')).code, 2);
  });

  it('knows the account behind a WeChat article', async (t) => {
    const page: Double = () => ({
      body: '<html><script>var biz = "" || "MzA3MzI4MjgzMw==";var nickname = htmlDecode("灯塔公社");</script></html>',
      headers: { 'content-type': 'text/html' },
    });
    const url = await serveDouble(t, page);
    const net = openNet({
      userAgent: 't',
      perHost: 2,
      timeoutMs: 3000,
      maxCompressedBytes: 1e6,
      maxBytes: 1e6,
      allowHosts: [],
      connectTo: { address: '127.0.0.1', port: Number(new URL(url).port) },
    });
    t.after(() => net.close());
    const found = await discover('https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', {
      fetch: net.fetch,
      now: 0,
    });
    assert.deepEqual(found, { kind: 'wechat', account: '灯塔公社', biz: 'MzA3MzI4MjgzMw==' });
  });

  it('follows sites by the kind made for them', () => {
    const kinds = {
      'https://github.com/lantern/lumen': { kind: 'github', settings: { repositories: ['lantern/lumen'] } },
      'https://www.youtube.com/channel/UCx': { kind: 'youtube', settings: { channel: 'UCx' } },
      'https://www.reddit.com/r/LocalModels/': { kind: 'reddit', settings: { subreddit: 'LocalModels' } },
      'https://bsky.app/profile/heron.example': { kind: 'bluesky', settings: { actor: 'heron.example' } },
      'https://arxiv.org/list/cs.AI/recent': { kind: 'arxiv', settings: { categories: ['cs.AI'] } },
      'https://news.ycombinator.com/': { kind: 'hackernews', settings: { frontPage: true } },
    };
    for (const [address, wanted] of Object.entries(kinds)) {
      const { name: _, ...found } = kindFor(address) ?? { name: '' };
      assert.deepEqual(found, wanted);
    }
    assert.equal(kindFor('https://lantern.example/blog'), undefined);
  });
});

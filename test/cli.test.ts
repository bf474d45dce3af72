import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { BIN, ribao } from './support/type-ribao.ts';

const PACKAGE = fileURLToPath(new URL('../package.json', import.meta.url));

/** Only the first Node is made to look old; the one it starts is as it is. */
async function ribaoOnSystemNode(
  args: string[],
  folder: string,
  pretend: string,
): Promise<{ code: number | null; out: string }> {
  const child = spawn(
    process.execPath,
    [`--import=data:text/javascript,${encodeURIComponent(pretend)}`, BIN, ...args],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

const freshFolder = () => mkdtempSync(join(tmpdir(), 'ribao-cli-'));

describe('what a person types', () => {
  it('help speaks both languages and names every command and exit code', async () => {
    const zh = await ribao(['--help'], freshFolder());
    const en = await ribao(['help'], freshFolder(), { RIBAO_LANG: 'en' });
    assert.match(zh.out, /退出码：0 已发布/);
    assert.match(en.out, /Exit codes: 0 published/);
    for (const name of ['init', 'run', 'watch', 'sources', 'show', 'check', 'status', 'doctor', 'demo'])
      assert.ok(zh.out.includes(`  ${name} `) && en.out.includes(`  ${name} `), name);
    const locale = await ribao(['run', '--help'], freshFolder(), { RIBAO_LANG: '', LC_ALL: 'zh_CN.UTF-8' });
    assert.match(locale.out, /只编不发/);
  });

  it('a slip of the pen ends with 2 and says what was meant', async () => {
    const folder = freshFolder();
    const misspelled = await ribao(['staus'], folder);
    assert.equal(misspelled.code, 2);
    assert.match(misspelled.err, /是不是 status？/);
    assert.equal((await ribao(['run', '--dat', '2026-03-10'], folder)).code, 2);
    assert.equal((await ribao(['run', '--date', '2026-02-30'], folder)).code, 2);
  });

  it('without a config it says how to make one, with a wrong one where it is wrong', async () => {
    const folder = freshFolder();
    const missing = await ribao(['run'], folder);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /ribao init/);
    writeFileSync(join(folder, 'ribao.yaml'), 'guard:\n  minItem: 3\nsources: []\n');
    const wrong = await ribao(['run'], folder);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /ribao\.yaml:2:3 guard\.minItem：不认识这一项；是不是 minItems？/);
    assert.equal((await ribao(['doctor'], folder)).code, 2);
  });

  it('init writes a commented config of at least 40 sources that is right, and its schema', async () => {
    const folder = freshFolder();
    assert.equal((await ribao(['init'], folder)).code, 0);
    const { sources } = loadConfig(join(folder, 'ribao.yaml'));
    assert.ok(sources.length >= 40);
    assert.ok(sources.some(({ name }) => /\p{Script=Han}/u.test(name)));
    assert.match(readFileSync(join(folder, 'ribao.yaml'), 'utf8'), /^ {2}# .+\n {2}- id: /m);
    assert.ok(JSON.parse(readFileSync(join(folder, 'ribao.schema.json'), 'utf8')).properties.guard);
    assert.equal((await ribao(['init'], folder)).code, 2);
    assert.equal((await ribao(['init', '--force'], folder)).code, 0);
  });

  it('sources go out and come back as OPML 2.0, damaged lists too, and known ones are skipped', async () => {
    const folder = freshFolder();
    const one = { id: 'a', name: '甲 & 乙', url: 'https://a.example/feed?x=1&y=2' };
    writeFileSync(
      join(folder, 'ribao.yaml'),
      `# mine\n${stringify({ sources: [one, { id: 's', name: '密', url: 'env:KEY' }] })}`,
    );
    const env = { KEY: 'https://b.example/feed?k=topsecret' };
    const exported = await ribao(['sources', 'export'], folder, env);
    assert.match(exported.out, /<opml version="2.0">[\s\S]*xmlUrl="https:\/\/a\.example\/feed\?x=1&amp;y=2"/);
    assert.ok(!exported.out.includes('topsecret'));
    writeFileSync(
      join(folder, 'list.opml'),
      `<opml version="1.0"><body><outline text="夹"><outline title="丙 & 丁" xmlUrl="https://c.example/rss?a=1&b=2"/>
       <outline text="甲" xmlUrl="https://a.example/feed?x=1&amp;y=2"></outline><outline text="丙" xmlUrl="https://c.example/rss?a=1&b=2"/>
       <outline text="怪" xmlUrl="feed:nothing"/></outline></body></opml>`,
    );
    const imported = await ribao(['sources', 'import', 'list.opml'], folder, env);
    assert.match(
      imported.out,
      /加入 1 个来源，跳过已有的 1 个，文件里重复的 1 个，不是网址的 1 个[\s\S]*\? feed:nothing/,
    );
    const { sources } = loadConfig(join(folder, 'ribao.yaml'), env);
    assert.deepEqual(
      sources.map(({ url }) => new URL(url).host),
      ['a.example', 'b.example', 'c.example'],
    );
    assert.match(readFileSync(join(folder, 'ribao.yaml'), 'utf8'), /^# mine/);
    assert.equal((await ribao(['sources', 'add', 'https://c.example/rss?a=1&b=2'], folder, env)).code, 2);
  });

  it('check says what a brief rests on and what it does not, from files and from a pipe', async () => {
    const folder = freshFolder();
    writeFileSync(
      join(folder, 'article.md'),
      '青石3月9日发布图像模型远帆3，参数为12 billion。\n它最多接受9张参考图。\n',
    );
    writeFileSync(join(folder, 'true.md'), '# 青石发布远帆3\n青石昨天发布图像模型远帆3，参数为120亿。\n');
    writeFileSync(join(folder, 'untrue.md'), '# 青石发布远帆3\n它最多接受15张参考图。\n');
    const good = await ribao(['check', 'true.md', 'article.md', '--published', '2026-03-10'], folder);
    assert.equal(good.code, 0);
    assert.match(good.out, /✓ 青石发布远帆3\n {4}← 青石3月9日发布图像模型远帆3/);
    const bad = await ribao(['check', 'untrue.md', 'article.md'], folder);
    assert.equal(bad.code, 1);
    assert.match(bad.out, /✗ 它最多接受15张参考图。\n.*15.*\[number\]/);
    const json = await ribao(['check', 'untrue.md', 'article.md', '--json'], folder);
    const read: unknown = JSON.parse(json.out);
    assert.ok(typeof read === 'object' && read !== null && 'ok' in read && read.ok === false);
    assert.equal((await ribao(['check', 'true.md'], folder)).code, 2);
    assert.equal((await ribao(['check', 'true.md', 'absent.md'], folder)).code, 2);
    assert.equal((await ribao(['check', 'true.md', 'article.md', '--published', 'soon'], folder)).code, 2);
  });

  it('on an old Node it starts itself on the Node that npm brought', async () => {
    const pretend = 'Object.defineProperty(process.versions, "node", { value: "20.1.0" })';
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(pretend)}` };
    const folder = freshFolder();
    // The pretence reaches the second Node too, which must not start a third: it says what to do instead.
    const lone = await ribao(['--version'], folder, { ...env, RIBAO_PINNED_NODE: '1' });
    assert.equal(lone.code, 1);
    assert.match(lone.err, /需要 Node 24 以上[\s\S]*npm ci/);
    const { code, out } = await ribaoOnSystemNode(['--version'], folder, pretend);
    assert.deepEqual([code, out.trim()], [0, JSON.parse(readFileSync(PACKAGE, 'utf8')).version]);
  });
});

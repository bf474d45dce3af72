import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { anEdition } from './support/an-edition.ts';

const BIN = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));

test('a rehearsal shows what every channel would bring, also of a date long past, and writes nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-rehearse-'));
  writeFileSync(join(folder, 'about.txt'), '我们三个人做这份日报。');
  writeFileSync(join(folder, 'blocked'), 'a file where a folder should be');
  writeFileSync(
    join(folder, 'ribao.yaml'),
    stringify({
      store: 'ribao.db',
      sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }],
      channels: [
        { kind: 'site', folder: 'site', about: 'about.txt' },
        { kind: 'wechat', appId: 'wx1', secret: 'env:WX', page: 'https://d.example/{date}' },
        { kind: 'site', folder: 'other', about: 'nowhere.txt' },
      ],
    }),
  );
  writeFileSync(join(folder, 'edition.md'), renderMarkdown(anEdition(3, { date: '2016-03-10' })));
  const ribao = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, WX: 'secret-of-wx' },
    });
  assert.equal(ribao('import', 'edition.md').status, 0);
  const { status, stdout } = ribao('publish', '--date', '2016-03-10', '--dry-run');
  assert.equal(status, 0);
  assert.match(stdout, /── 0\/folder\/2016\/03\/10\.html · \d+ B\n<!doctype html>[\s\S]*第1号实验室/);
  assert.match(stdout, /── 0\/folder\/about\.html · \d+ B/);
  assert.match(stdout, /我们三个人做这份日报/);
  assert.match(stdout, /── wechat 1\/1 · \d+ B\n\{"step":"draft"/);
  assert.match(stdout, /── site-2 · channel-file：/, 'what would fail says so');
  assert.ok(!stdout.includes('secret-of-wx'));
  assert.ok(!existsSync(join(folder, 'site')));
});

test('of a site that stands already only what would change is shown', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-rehearse-'));
  writeFileSync(
    join(folder, 'ribao.yaml'),
    stringify({
      store: 'ribao.db',
      sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }],
      channels: [{ kind: 'site', folder: 'site' }],
    }),
  );
  const ribao = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });
  const importDay = (date: string) => {
    writeFileSync(join(folder, `${date}.md`), renderMarkdown(anEdition(3, { date })));
    assert.equal(ribao('import', `${date}.md`).status, 0);
  };
  importDay('2016-03-10');
  assert.equal(ribao('publish', '--date', '2016-03-10').status, 0);
  assert.match(
    ribao('publish', '--date', '2016-03-10', '--dry-run').stdout,
    /^── site · 0\/folder（共 \d+ 个文件，写 0 个，删 0 个）\n$/,
  );
  importDay('2016-03-11');
  const { stdout } = ribao('publish', '--date', '2016-03-11', '--dry-run');
  assert.match(stdout, /── 0\/folder\/2016\/03\/11\.html · \d+ B\n<!doctype html>/);
  assert.doesNotMatch(stdout, /folder\/about\.html|个文件|\.ribao/);
  assert.ok(!existsSync(join(folder, 'site/2016/03/11.html')));
});

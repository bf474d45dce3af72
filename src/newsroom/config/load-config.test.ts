import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addSources, freeId } from './edit-sources.ts';
import { checkConfig, loadConfig } from './load-config.ts';
import { configJsonSchema } from './schema.ts';
import { hideSecrets } from './secrets.ts';
import { starterConfig } from './starter.ts';

const from = { folder: '/etc/news', env: { FEED: 'https://bridge.example/feed?k=topsecret' } };
const SOURCE = 'sources:\n  - { id: a, name: 甲, url: "https://a.example/feed" }\n';

function mistakes(text: string): string[] {
  const checked = checkConfig(text, from);
  return checked.kind === 'invalid'
    ? checked.mistakes.map((m) => `${m.line}:${m.column} ${m.path} ${m.message}`)
    : [];
}

test('one source is a whole config; everything else has a default', () => {
  const checked = checkConfig(SOURCE, from);
  assert.ok(checked.kind === 'valid');
  assert.equal(checked.config.timezone, 'Asia/Shanghai');
  assert.equal(checked.config.store, '/etc/news/ribao-data/ribao.db');
  assert.deepEqual(checked.config.channels[0], {
    kind: 'markdown',
    folder: '/etc/news/editions',
    preset: 'plain',
  });
  assert.deepEqual(checked.sources[0], {
    id: 'a',
    kind: 'feed',
    name: '甲',
    url: 'https://a.example/feed',
    weight: 1,
    fullText: 'page',
  });
});

test('a wrong value is named with its line, column and value', () => {
  const [only, ...more] = mistakes(`guard:\n  minItems: six\n${SOURCE}`);
  assert.match(only ?? '', /^2:13 guard\.minItems 值 "six" 不对：/);
  assert.deepEqual(more, []);
});

test('an unknown key is shown where it stands, with the key that was meant', () => {
  assert.match(
    mistakes(`edition:\n  maxItem: 3\n${SOURCE}`)[0] ?? '',
    /^2:3 edition\.maxItem 不认识这一项；是不是 maxItems？/,
  );
  assert.match(
    mistakes('sources:\n  - { id: a, name: 甲, url: "https://a.example", wieght: 2 }\n')[0] ?? '',
    /2:\d+ sources\.0\.wieght .*weight/,
  );
  assert.match(mistakes(`colour: red\n${SOURCE}`)[0] ?? '', /^1:1 colour 不认识这一项；请删去/);
});

test('every mistake is told at once', () => {
  assert.equal(mistakes('timezone: Mars/Olympus\nschedule: whenever\nsources: []\n').length, 3);
});

test('broken YAML, an empty file and a list are mistakes, not crashes', () => {
  assert.match(mistakes('sources: [\n')[0] ?? '', /YAML 写法有误/);
  assert.equal(mistakes('').length, 1);
  assert.ok(mistakes('- a\n- b\n').length > 0);
});

test('an address with a key comes from the environment or a file, and a missing one is a mistake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-config-'));
  writeFileSync(join(folder, 'key.txt'), 'https://b.example/feed?token=alsosecret\n');
  const text =
    'sources:\n  - { id: a, name: 甲, url: "env:FEED" }\n  - { id: b, name: 乙, url: "file:key.txt" }\n';
  const checked = checkConfig(text, { ...from, folder });
  assert.ok(checked.kind === 'valid');
  assert.equal(checked.sources[1]?.url, 'https://b.example/feed?token=alsosecret');
  assert.equal(checked.config.sources[0]?.url, 'env:FEED');
  assert.equal(hideSecrets(`GET ${checked.sources[0]?.url} failed`, checked.secrets), 'GET *** failed');
  assert.equal(hideSecrets('sent on to /login?k=topsecret', checked.secrets), 'sent on to /login?k=***');
  assert.match(
    mistakes('sources:\n  - { id: a, name: 甲, url: "env:NONE" }\n')[0] ?? '',
    /环境变量 NONE 没有设置/,
  );
});

test('two sources cannot share an id, and a password does not belong in an address', () => {
  const twice = `${SOURCE}  - { id: a, name: 乙, url: "https://b.example/feed" }\n`;
  assert.match(mistakes(twice)[0] ?? '', /^3:\d+ sources\.1\.id "a" 已被第 1 个来源用了/);
  assert.match(
    mistakes('sources:\n  - { id: a, name: 甲, url: "https://me:pw@a.example" }\n')[0] ?? '',
    /env:/,
  );
});

test('a missing config says how to make one', () => {
  assert.throws(() => loadConfig('/nowhere/ribao.yaml'), { code: 'config-missing', fix: /ribao init/ });
});

test('adding a source keeps the comments', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'ribao-config-')), 'ribao.yaml');
  writeFileSync(path, `# mine\n${SOURCE}  # the end\n`);
  addSources(path, [{ id: 'b', name: '乙: 二', url: 'https://b.example/feed' }]);
  const text = readFileSync(path, 'utf8');
  assert.match(text, /# mine/);
  assert.match(text, /# the end/);
  assert.deepEqual(
    loadConfig(path).sources.map(({ id }) => id),
    ['a', 'b'],
  );
});

test('ids for imported sources are free and readable', () => {
  assert.equal(freeId('量子位 QbitAI', 'https://q.example', new Set()), '量子位-qbitai');
  assert.equal(freeId('', 'https://q.example/feed', new Set(['q-example'])), 'q-example-2');
});

test('the JSON Schema names every part of the config', () => {
  const schema = JSON.stringify(configJsonSchema());
  for (const key of ['timezone', 'guard', 'maxFailedSources', 'channels', 'fullText'])
    assert.ok(schema.includes(`"${key}"`));
});

test('the config that init writes shows the defaults, as it says', () => {
  const source = {
    id: 'a',
    name: '甲',
    url: 'https://a.example/feed',
    weight: 1,
    fullText: 'page',
    why: '测试',
  } as const;
  const [written, minimal] = [starterConfig([source]), SOURCE].map((text) => checkConfig(text, from));
  assert.ok(written?.kind === 'valid' && minimal?.kind === 'valid');
  assert.deepEqual(written.config, minimal.config);
});

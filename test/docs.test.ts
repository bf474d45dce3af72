import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../src/cli/commands.ts';
import { configJsonSchema } from '../src/newsroom/config/schema.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const code = globSync('src/**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map(read)
  .join('\n');
const documents = [
  'README.md',
  'README.zh.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/**/*.md', { cwd: root }),
];

/** Codes as they are written in the program: `code: 'x'`, and the first argument of the small makers of failures. */
function codesInProgram(): Set<string> {
  const written = [
    ...code.matchAll(/\bcode: '([a-z-]+)'/g),
    ...code.matchAll(/\b(?:fail|failed|problem)\(\s*'([a-z]+(?:-[a-z]+)+)'/g),
    ...code.matchAll(/'((?:net|feed|page|source|store|config)-[a-z-]+)'/g),
    ...code.matchAll(/^\s+'((?:too-few|sources|briefs)-[a-z-]+)'/gm),
  ].map((match) => match[1] ?? '');
  return new Set(written.filter((name) => !/^(?:config|source)-(?:json|list)$/.test(name)));
}

test('every error code stands in docs/errors.md, and none stands there that does not exist', () => {
  const inProgram = codesInProgram();
  const inDocument = new Set(
    [...read('docs/errors.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1] ?? ''),
  );
  assert.ok(inProgram.size > 35, `${inProgram.size} codes found`);
  assert.deepEqual(
    [...inProgram].filter((name) => !inDocument.has(name)),
    [],
  );
  assert.deepEqual(
    [...inDocument].filter((name) => !inProgram.has(name)),
    [],
  );
});

test('links in documents lead to files', () => {
  for (const file of documents)
    for (const [, target = ''] of read(file).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g))
      if (target !== 'url') assert.ok(existsSync(join(root, dirname(file), target)), `${file}: ${target}`);
});

test('commands and scripts that documents name exist', () => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const commands = COMMANDS.map(({ name }) => name);
  for (const file of documents) {
    for (const [, script = ''] of read(file).matchAll(/npm run ([a-z]+)/g))
      assert.ok(scripts.includes(script), script);
    for (const [, name = ''] of read(file).matchAll(/`ribao ([a-z]+)/g))
      assert.ok(commands.includes(name), `${file}: ${name}`);
  }
});

test('both READMEs give the same two commands, and continuous integration runs the test command', () => {
  for (const file of ['README.md', 'README.zh.md']) {
    assert.match(read(file), /^npm ci && npm start/m);
    assert.match(read(file), /^npm ci && npm test/m);
  }
  assert.match(read('.ci/run'), /^npm ci && npm test$/m);
});

test('every key of the config is documented with its name', () => {
  const document = read('docs/configuration.md');
  const { properties } = configJsonSchema() as { properties: Record<string, { properties?: object }> };
  for (const [key, { properties: inner }] of Object.entries(properties))
    for (const name of inner ? Object.keys(inner).map((leaf) => `${key}.${leaf}`) : [key])
      assert.ok(document.includes(`\`${name}\``), name);
});

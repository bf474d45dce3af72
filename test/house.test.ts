import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Which rooms a room may import from, besides itself. The plan stands in docs/architecture.md. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  text: ['domain'],
  net: ['domain', 'text'],
  gather: ['domain', 'text', 'net'],
  sift: ['domain', 'text'],
  write: ['domain', 'text'],
  publish: ['domain', 'text', 'net'],
  store: ['domain', 'text'],
  edit: ['domain', 'text'],
  llm: ['domain', 'text'],
  newsroom: ['domain', 'text', 'net', 'gather', 'sift', 'write', 'publish', 'store', 'edit', 'llm'],
  server: ['domain', 'text', 'net', 'publish', 'newsroom'],
  cli: [
    'domain',
    'text',
    'net',
    'gather',
    'sift',
    'write',
    'publish',
    'store',
    'edit',
    'llm',
    'newsroom',
    'server',
  ],
};

/** Each outside thing is imported in these places only, so that changing it is one file's work. */
const OWNERS: Record<string, readonly string[]> = {
  'node:sqlite': ['store/sqlite/connection.ts'],
  undici: ['net/'],
  'ipaddr.js': ['net/'],
  'robots-parser': ['net/robots.ts'],
  '@node-rs/jieba': ['text/segment.ts'],
  feedsmith: ['gather/sources/', 'gather/opml.ts', 'publish/feeds/'],
  feedparser: ['gather/sources/'],
  'fast-xml-parser': ['gather/sources/read-sitemap.ts'],
  'proper-lockfile': ['gather/sources/machine-turn.ts'],
  'postal-mime': ['gather/sources/mail-entries.ts', 'gather/sources/returned-mail.ts'],
  imapflow: ['gather/sources/imap-letters.ts'],
  '@pnpm/npm-conf': ['gather/sources/npm.ts'],
  'registry-auth-token': ['gather/sources/npm.ts'],
  linkedom: ['gather/dom.ts'],
  '@mozilla/readability': ['gather/pages/'],
  defuddle: ['gather/pages/'],
  piscina: ['gather/pages/page-pool.ts', 'gather/pages/page-worker.ts'],
  chardet: ['gather/decode-text.ts'],
  'franc-min': ['gather/detect-language.ts'],
  'opencc-js': ['text/simplified.ts'],
  tldts: ['sift/families.ts'],
  tinyqueue: ['sift/agglomerate.ts'],
  ai: ['llm/model-api.ts'],
  '@ai-sdk/openai-compatible': ['llm/model-api.ts'],
  satori: ['publish/cover/'],
  '@resvg/resvg-js': ['publish/cover/'],
  nodemailer: ['publish/mail/'],
  croner: ['newsroom/watch.ts', 'newsroom/config/schema.ts'],
  'cli-progress': ['cli/progress.ts'],
};

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = globSync('**/*.ts', { cwd: src }).map((file) => file.split(sep).join('/'));

type Arrow = { from: string; to: string };
const arrows: Arrow[] = files.flatMap((file) =>
  specifiersIn(readFileSync(join(src, file), 'utf8')).map((specifier) => ({
    from: file,
    to: specifier.startsWith('.')
      ? relative(src, normalize(join(src, dirname(file), specifier)))
          .split(sep)
          .join('/')
      : specifier,
  })),
);

/** Static and dynamic imports, re-exports, and files named for a worker by `new URL`. */
function specifiersIn(code: string): string[] {
  const bare = code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const patterns = [
    /\b(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\brequire\(\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...bare.matchAll(pattern)].map((match) => match[1] ?? ''));
}

const roomOf = (file: string) => file.split('/')[0] ?? '';
const isInside = ({ to }: Arrow) => files.includes(to);

test('the reader of imports sees every form of them', () => {
  const code = `import a from './a.ts';\nexport { b } from "./b.ts";\nconst c = await import('./c.ts');\nimport './d.ts';
import type {\n  E,\n} from './e.ts';\n// import x from './no.ts'\n/* import y from './no.ts' */`;
  assert.deepEqual(specifiersIn(code).toSorted(), ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts']);
});

test('every room of the house is in the plan', () => {
  const rooms = new Set(files.map(roomOf));
  assert.deepEqual(
    [...rooms].filter((room) => !(room in MAY_IMPORT)),
    [],
  );
});

test('no arrow runs the wrong way', () => {
  const wrong = arrows
    .filter(isInside)
    .filter(({ from, to }) => roomOf(from) !== roomOf(to) && !MAY_IMPORT[roomOf(from)]?.includes(roomOf(to)))
    .map(({ from, to }) => `${from} -> ${to}`);
  assert.deepEqual(wrong, []);
});

test('relative imports name files that exist', () => {
  const lost = arrows.filter(({ to }) => /^[a-z]+\//.test(to) && to.endsWith('.ts') && !files.includes(to));
  assert.deepEqual(lost, []);
});

test('each outside package is imported in its own place only', () => {
  const strangers = arrows.filter(({ from, to }) => {
    const owners = Object.entries(OWNERS).find(([name]) => to === name || to.startsWith(`${name}/`))?.[1];
    return owners && !from.endsWith('.test.ts') && !owners.some((owner) => from.startsWith(owner));
  });
  assert.deepEqual(
    strangers.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('no cycles', () => {
  const next = new Map(files.map((file) => [file, new Set<string>()]));
  for (const arrow of arrows.filter(isInside)) next.get(arrow.from)?.add(arrow.to);
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const to of next.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  assert.deepEqual(files.map((file) => visit(file, [])).find((cycle) => cycle.length > 0) ?? [], []);
});

test('the middle rooms touch neither disk, network nor clock', () => {
  const impure = files
    .filter((file) => /^(domain|text|sift|write|publish\/render)\//.test(file) && !file.endsWith('.test.ts'))
    .filter((file) => {
      const code = readFileSync(join(src, file), 'utf8');
      return /from 'node:(fs|net|http|https|child_process)|\bDate\.now\(|\bMath\.random\(|new Date\(\)|\bfetch\(/.test(
        code,
      );
    });
  assert.deepEqual(impure, []);
});

test('no file grew over 400 lines', () => {
  const long = files.filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 400);
  assert.deepEqual(long, []);
});

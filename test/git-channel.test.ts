import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { Edition } from '../src/domain/edition.ts';
import type { DeliveryOutcome } from '../src/publish/channels/channel.ts';
import { openOutlet } from '../src/publish/channels/registry.ts';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { anEdition } from './support/an-edition.ts';
import { aroundWith } from './support/around.ts';
import { listen } from './support/listen.ts';

const BIN = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));

/** A repository as a host keeps it, a folder that channels write, and a place for our clone. */
function aPlace() {
  const root = mkdtempSync(join(tmpdir(), 'ribao-git-'));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--bare', '--initial-branch=main', 'host.git');
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, 'site', file)), { recursive: true });
    writeFileSync(join(root, 'site', file), text);
  };
  write('index.html', '一');
  write('2026/03/10.html', '十');
  write('.ribao/manifest.json', '{}');
  const hosted = (branch = 'main') =>
    git('--git-dir=host.git', '-c', 'core.quotePath=false', 'ls-tree', '-r', '--name-only', branch)
      .trim()
      .split('\n');
  const commits = (branch = 'main') =>
    Number(git('--git-dir=host.git', 'rev-list', '--count', branch).trim());
  return { root, git, write, hosted, commits, host: join(root, 'host.git') };
}
type Place = ReturnType<typeof aPlace>;

function push(
  { root, host }: Place,
  given: object = {},
  edition: Edition = anEdition(1),
): Promise<DeliveryOutcome> {
  const outlet = openOutlet({
    kind: 'git',
    remote: host,
    from: join(root, 'site'),
    clone: join(root, 'data', 'clone.git'),
    timeoutSeconds: 20,
    ...given,
  });
  assert.ok(outlet.form === 'files');
  return outlet.deliver(edition, { ...aroundWith(), post: () => assert.fail('git asks by itself') });
}

/** Somebody else works on the same branch. */
function someoneCommits({ root, git, host }: Place, file: string, branch = 'main'): void {
  const desk = mkdtempSync(join(root, 'desk-'));
  git('clone', '--quiet', host, desk);
  writeFileSync(join(desk, file), file);
  git('-C', desk, 'add', file);
  git('-C', desk, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'theirs');
  git('-C', desk, 'push', '--quiet', 'origin', `HEAD:${branch}`);
}

test('the files are in the branch, without what the site remembers; the same files are no second commit', async () => {
  const place = aPlace();
  const first = await push(place);
  assert.ok(first.kind === 'delivered' && /2 个文件/.test(first.where), JSON.stringify(first));
  assert.deepEqual(place.hosted(), ['2026/03/10.html', 'index.html']);
  const again = await push(place);
  assert.ok(again.kind === 'delivered' && /没有新的文件/.test(again.where));
  assert.equal(place.commits(), 1);
});

test('what ribao makes no more goes from the branch, what others put there stays', async () => {
  const place = aPlace();
  await push(place);
  someoneCommits(place, 'CNAME');
  rmSync(join(place.root, 'site/2026'), { recursive: true });
  place.write('新的.html', '二');
  await push(place);
  assert.deepEqual(place.hosted(), ['CNAME', 'index.html', '新的.html']);
  assert.equal(place.commits(), 3);
});

test('a folder of the repository is ours, the others are left alone', async () => {
  const place = aPlace();
  await push(place, { branch: 'gh-pages', into: 'docs/daily' });
  assert.deepEqual(place.hosted('gh-pages'), ['docs/daily/2026/03/10.html', 'docs/daily/index.html']);
});

test('without our clone everything is as it was: it is made anew from the branch', async () => {
  const place = aPlace();
  await push(place);
  rmSync(join(place.root, 'data'), { recursive: true });
  const again = await push(place);
  assert.ok(again.kind === 'delivered' && /没有新的文件/.test(again.where));
});

/** A hook of the host that runs once, while the push is under way. */
function onceWhilePushing(place: Place, script: string): void {
  const hook = join(place.host, 'hooks/pre-receive');
  writeFileSync(hook, `#!/bin/sh\nrm -f '${hook}'\n${script}\n`, { mode: 0o755 });
}

test('when someone pushes at the same moment, it is done once more on top of theirs', async () => {
  const place = aPlace();
  await push(place);
  someoneCommits(place, 'theirs', 'side');
  // The branch moves after we looked and before our push is judged.
  onceWhilePushing(
    place,
    'unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY; git update-ref refs/heads/main refs/heads/side',
  );
  place.write('index.html', '二');
  const outcome = await push(place);
  assert.equal(outcome.kind, 'delivered', JSON.stringify(outcome));
  assert.ok(place.hosted().includes('theirs'));
  assert.equal(place.commits(), 3);
});

test('a push that was cut off after it arrived is found in the branch', async () => {
  const place = aPlace();
  const hook = join(place.host, 'hooks/post-receive');
  writeFileSync(hook, '#!/bin/sh\nsleep 30\n', { mode: 0o755 });
  const outcome = await push(place, { timeoutSeconds: 5 });
  assert.equal(outcome.kind, 'delivered', JSON.stringify(outcome));
  assert.equal(place.commits(), 1);
});

test('a host that refuses is a failure in its own words', async () => {
  const place = aPlace();
  writeFileSync(
    join(place.host, 'hooks/pre-receive'),
    '#!/bin/sh\necho "branch is protected" >&2\nexit 1\n',
    {
      mode: 0o755,
    },
  );
  const outcome = await push(place);
  assert.ok(
    outcome.kind === 'failed' && outcome.code === 'channel-git' && /protected/.test(outcome.message),
    JSON.stringify(outcome),
  );
  const nowhere = await push(place, { remote: join(place.root, 'nowhere.git') });
  assert.ok(nowhere.kind === 'failed' && nowhere.code === 'channel-git');
});

test('over the network it is the same: git daemon', async (t) => {
  const place = aPlace();
  const port = await freePort(t);
  const daemon = spawn(
    'git',
    [
      'daemon',
      '--reuseaddr',
      '--export-all',
      '--enable=receive-pack',
      `--base-path=${place.root}`,
      '--listen=127.0.0.1',
      `--port=${port}`,
    ],
    { stdio: 'ignore', detached: true },
  );
  t.after(() => process.kill(-(daemon.pid ?? 0), 'SIGKILL'));
  const remote = `git://127.0.0.1:${port}/host.git`;
  for (let look = 0; look < 50; look += 1) {
    try {
      place.git('ls-remote', remote);
      break;
    } catch {
      await new Promise((ready) => setTimeout(ready, 100));
    }
  }
  const outcome = await push(place, { remote });
  assert.equal(outcome.kind, 'delivered', JSON.stringify(outcome));
  assert.deepEqual(place.hosted(), ['2026/03/10.html', 'index.html']);
});

async function freePort(t: TestContext): Promise<number> {
  const server = createServer();
  const port = await listen(t, server);
  await new Promise((closed) => server.close(closed));
  return port;
}

test('the token goes to its own host as a header, and stands among no arguments and in no failure', async (t) => {
  const place = aPlace();
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
  });
  const port = await listen(t, server);
  const outcome = await push(place, { remote: `http://127.0.0.1:${port}/host.git`, token: 'tok-123' });
  assert.ok(outcome.kind === 'failed' && outcome.code === 'channel-auth', JSON.stringify(outcome));
  assert.ok(!outcome.message.includes('tok-123'));
  assert.ok(asked.includes(`Basic ${Buffer.from('x-access-token:tok-123').toString('base64')}`));
  assert.throws(() => openOutlet({ kind: 'git', remote: 'https://a:b@c.example/x', from: 'a', clone: 'b' }));
});

test('a machine without git says so', async (t) => {
  const place = aPlace();
  const path = process.env.PATH;
  process.env.PATH = join(place.root, 'nothing');
  t.after(() => {
    process.env.PATH = path;
  });
  const outcome = await push(place);
  assert.ok(outcome.kind === 'failed' && outcome.code === 'channel-git-missing');
});

test('pushing waits until every channel of files has written its files', async () => {
  const place = aPlace();
  const { root } = place;
  writeFileSync(join(root, 'blocked'), 'a file where a folder should be');
  const config = (folder: string) =>
    stringify({
      store: 'ribao.db',
      sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }],
      channels: [
        { kind: 'git', remote: place.host, from: 'site', clone: 'clone.git' },
        { kind: 'markdown', folder },
      ],
    });
  writeFileSync(join(root, 'edition.md'), renderMarkdown(anEdition(2)));
  writeFileSync(join(root, 'ribao.yaml'), config('blocked'));
  const ribao = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], { cwd: root, encoding: 'utf8' });
  assert.equal(ribao('import', 'edition.md').status, 0);
  assert.equal(ribao('publish', '--date', '2026-03-10').status, 4);
  assert.throws(() => place.hosted(), 'nothing was pushed');
  writeFileSync(join(root, 'ribao.yaml'), config('site/editions'));
  assert.equal(ribao('publish', '--date', '2026-03-10').status, 0);
  assert.ok(place.hosted().includes('editions/2026-03-10.md'), 'what was written a moment before is pushed');
});

test('a rehearsal pushes nothing', async () => {
  const place = aPlace();
  const outlet = openOutlet({
    kind: 'git',
    remote: place.host,
    from: join(place.root, 'site'),
    clone: join(place.root, 'c.git'),
  });
  assert.ok(outlet.form === 'files');
  await outlet.deliver(anEdition(1), aroundWith());
  assert.ok(!existsSync(join(place.root, 'c.git')));
  assert.throws(() => place.hosted());
  assert.equal(readFileSync(join(place.root, 'site/index.html'), 'utf8'), '一');
});

import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Git, type GitKey, type GitOutcome, openGit } from './run-git.ts';

export type PushWishes = {
  /** The folder whose files go out, whole. */
  from: string;
  /** The repository's folder they go to; empty: its root. */
  into: string;
  branch: string;
  /** The bare clone of ours, made when it is not there. */
  clone: string;
  author: { name: string; email: string };
  message: string;
  /** Seconds since 1970: the same files at the same moment are the same commit. */
  at: number;
  key: GitKey;
  timeoutMs: number;
};

export type Pushed =
  | { kind: 'pushed'; commit: string; files: number }
  /** The branch holds these very files already. */
  | { kind: 'unchanged'; commit: string }
  | { kind: 'missing' }
  | { kind: 'empty' }
  | { kind: 'failed'; step: string; words: string }
  /** Nobody knows whether the branch moved. */
  | { kind: 'unclear' };

/** Where the tree we pushed last is remembered, so that files we no longer make go from the branch, and no others. */
const OURS = 'refs/ribao/ours';
/** What the site remembers between builds stays at home. */
const PATHS = ['.', ':(exclude).ribao', ':(exclude,glob)**/.git/**'];
const ZERO = '0'.repeat(40);

/**
 * Puts the folder's files into the branch, on top of whatever stands there now, as one commit, and pushes it without
 * force. Only ribao's own files are added, replaced and removed. Nothing is checked out: no file of others touches the
 * disk. When someone pushed meanwhile, it is done once more on top of theirs.
 */
export async function pushFolder(wishes: PushWishes): Promise<Pushed> {
  const { clone, key, timeoutMs } = wishes;
  const git = openGit(clone, timeoutMs, key);
  await mkdir(dirname(clone), { recursive: true });
  // What a killed git left; this clone is used by one run at a time.
  for (const lock of ['index.lock', 'ours.index.lock', 'shallow.lock', 'packed-refs.lock'])
    await rm(join(clone, lock), { force: true });
  if (!existsSync(join(clone, 'HEAD'))) {
    const made = await git(['init', '--quiet', '--bare', clone]);
    if (made.kind !== 'done') return failure('init', made);
  }
  const ours = await treeOf(git, wishes);
  if (typeof ours !== 'string') return ours;
  const first = await putOnTop(git, wishes, ours);
  return first.kind === 'overtaken' ? lastWord(await putOnTop(git, wishes, ours)) : first;
}

type Attempt = Pushed | { kind: 'overtaken'; words: string };

function lastWord(attempt: Attempt): Pushed {
  return attempt.kind === 'overtaken' ? { kind: 'failed', step: 'push', words: attempt.words } : attempt;
}

/** The folder as a tree of git's, by an index of its own that remembers what did not change. */
async function treeOf(git: Git, { from, clone }: PushWishes): Promise<string | Pushed> {
  const env = { GIT_INDEX_FILE: join(clone, 'ours.index'), GIT_WORK_TREE: from };
  if (!existsSync(from)) return { kind: 'empty' };
  const added = await git(['-C', from, 'add', '--all', '--force', '--', ...PATHS], { env });
  if (added.kind !== 'done') return failure('add', added);
  const tree = await git(['write-tree'], { env });
  if (tree.kind !== 'done') return failure('write-tree', tree);
  return tree.out.trim();
}

async function putOnTop(git: Git, wishes: PushWishes, ours: string): Promise<Attempt> {
  const { branch, key, author, at, message } = wishes;
  const head = await remoteHead(git, wishes);
  if (head.kind !== 'head') return head;
  const tree = await mergedTree(git, wishes, head.commit, ours);
  if (tree.kind !== 'tree') return tree;
  if (head.commit !== undefined) {
    const there = await git(['rev-parse', `${head.commit}^{tree}`]);
    if (there.kind === 'done' && there.out.trim() === tree.tree) {
      await git(['update-ref', OURS, ours]);
      return { kind: 'unchanged', commit: head.commit };
    }
  }
  const when = `${at} +0000`;
  const env = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: when,
  };
  const parent = head.commit === undefined ? [] : ['-p', head.commit];
  const made = await git(['commit-tree', tree.tree, ...parent], { env, input: message });
  if (made.kind !== 'done') return failure('commit-tree', made);
  const commit = made.out.trim();
  const pushed = await git(['push', '--quiet', key.remote, `${commit}:refs/heads/${branch}`]);
  if (pushed.kind === 'refused' && OVERTAKEN.test(pushed.words))
    return { kind: 'overtaken', words: pushed.words };
  // Cut off in the middle: the branch itself says how it ended.
  const arrived = pushed.kind === 'done' || (await standsAt(git, wishes, commit));
  if (arrived === undefined) return { kind: 'unclear' };
  if (!arrived) return failure('push', pushed);
  await git(['update-ref', OURS, ours]);
  return { kind: 'pushed', commit, files: tree.files };
}

const OVERTAKEN = /non-fast-forward|fetch first|\[rejected\]|cannot lock ref|failed to update ref/i;

/** What the branch holds now, fetched without its past; no commit when there is no such branch. */
async function remoteHead(
  git: Git,
  { branch, key }: PushWishes,
): Promise<{ kind: 'head'; commit: string | undefined } | Extract<Pushed, { kind: 'failed' | 'missing' }>> {
  const listed = await git(['ls-remote', key.remote, `refs/heads/${branch}`]);
  if (listed.kind !== 'done') return failure('ls-remote', listed);
  const commit = listed.out.split(/\s/)[0];
  if (commit === undefined || commit === '') return { kind: 'head', commit: undefined };
  const known = await git(['cat-file', '-e', `${commit}^{tree}`]);
  if (known.kind === 'done') return { kind: 'head', commit };
  const fetched = await git(['fetch', '--quiet', '--no-tags', '--depth=1', key.remote, commit]);
  if (fetched.kind === 'done') return { kind: 'head', commit };
  // Not every server gives single commits.
  const whole = await git(['fetch', '--quiet', '--no-tags', key.remote, `refs/heads/${branch}`]);
  return whole.kind === 'done' ? { kind: 'head', commit } : failure('fetch', whole);
}

/** The branch's tree with our files in their places and those we made before and make no more taken out. */
async function mergedTree(
  git: Git,
  { into }: PushWishes,
  head: string | undefined,
  ours: string,
): Promise<{ kind: 'tree'; tree: string; files: number } | Extract<Pushed, { kind: 'failed' | 'missing' }>> {
  const base = await git(head === undefined ? ['read-tree', '--empty'] : ['read-tree', head]);
  if (base.kind !== 'done') return failure('read-tree', base);
  const now = await git(['ls-tree', '-r', '-z', ours]);
  if (now.kind !== 'done') return failure('ls-tree', now);
  const before = await git(['ls-tree', '-r', '-z', OURS]);
  const place = into === '' ? '' : `${into}/`;
  const entries = entriesOf(now.out);
  const kept = new Set(entries.map(({ path }) => path));
  const gone = before.kind === 'done' ? entriesOf(before.out).filter(({ path }) => !kept.has(path)) : [];
  const lines = [
    ...gone.map(({ path }) => `0 ${ZERO}\t${place}${path}\0`),
    ...entries.map(({ mode, id, path }) => `${mode} ${id}\t${place}${path}\0`),
  ];
  const updated = await git(['update-index', '-z', '--add', '--replace', '--index-info'], {
    input: lines.join(''),
  });
  if (updated.kind !== 'done') return failure('update-index', updated);
  const tree = await git(['write-tree']);
  return tree.kind === 'done'
    ? { kind: 'tree', tree: tree.out.trim(), files: entries.length }
    : failure('write-tree', tree);
}

function entriesOf(listing: string): { mode: string; id: string; path: string }[] {
  return [...listing.matchAll(/(\d+) \w+ ([0-9a-f]+)\t([^\0]+)\0/g)].map(
    ([, mode = '', id = '', path = '']) => ({
      mode,
      id,
      path,
    }),
  );
}

/** Whether the branch is at this commit; undefined when it cannot be asked. */
async function standsAt(git: Git, { branch, key }: PushWishes, commit: string): Promise<boolean | undefined> {
  const listed = await git(['ls-remote', key.remote, `refs/heads/${branch}`]);
  return listed.kind === 'done' ? listed.out.startsWith(commit) : undefined;
}

function failure(step: string, outcome: GitOutcome): Extract<Pushed, { kind: 'failed' | 'missing' }> {
  if (outcome.kind === 'missing') return { kind: 'missing' };
  const words = outcome.kind === 'refused' ? outcome.words : '没有在时限内做完';
  return { kind: 'failed', step, words };
}

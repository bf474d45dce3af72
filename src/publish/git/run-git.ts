import { spawn } from 'node:child_process';

/** What became of one call of the system's `git`. `words`: what it said, for a person, without the address asked. */
export type GitOutcome =
  | { kind: 'done'; out: string }
  | { kind: 'refused'; words: string }
  | { kind: 'timeout' }
  /** There is no git on this machine. */
  | { kind: 'missing' };

export type Git = (
  args: readonly string[],
  more?: { input?: string; env?: NodeJS.ProcessEnv },
) => Promise<GitOutcome>;

/** How git gets in. Nothing of it stands among the arguments, which all users of a machine can read. */
export type GitKey = { remote: string; token?: string; user: string; sshKey?: string };

/**
 * The system's git on one repository: no hook, no question at a terminal, no locale, no variable of a surrounding git.
 * Killed after `timeoutMs`.
 */
export function openGit(folder: string, timeoutMs: number, key?: GitKey): Git {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const env = { ...own, ...STEADY, GIT_DIR: folder, ...(key === undefined ? {} : keyring(key)) };
  return (args, more = {}) =>
    new Promise((resolve) => {
      const child = spawn('git', args, {
        env: { ...env, ...more.env },
        stdio: ['pipe', 'pipe', 'pipe'],
        // A group of its own, so that the helpers that speak to the far side end with it.
        detached: true,
      });
      const out: Buffer[] = [];
      const said: Buffer[] = [];
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        killGroup(child.pid);
      }, timeoutMs);
      child.stdout.on('data', (piece: Buffer) => out.push(piece));
      child.stderr.on('data', (piece: Buffer) => said.push(piece));
      child.stdin.on('error', () => undefined);
      child.stdin.end(more.input ?? '');
      child.on('error', () => {
        clearTimeout(timer);
        resolve({ kind: 'missing' });
      });
      child.on('close', (code) => {
        clearTimeout(timer);
        if (late) resolve({ kind: 'timeout' });
        else if (code === 0) resolve({ kind: 'done', out: Buffer.concat(out).toString('utf8') });
        else resolve({ kind: 'refused', words: shortened(Buffer.concat(said).toString('utf8')) });
      });
    });
}

/** Whether there is a git; its version when there is. */
export async function gitVersion(): Promise<string | undefined> {
  const outcome = await openGit('.', 10_000)(['--version']);
  return outcome.kind === 'done' ? outcome.out.trim().replace(/^git version /, '') : undefined;
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

const STEADY = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'true',
  GIT_OPTIONAL_LOCKS: '0',
};

/** Settings by environment: the access token as a header for this host alone, the key file for ssh. */
function keyring({ remote, token, user, sshKey }: GitKey): NodeJS.ProcessEnv {
  const settings: [string, string][] = [
    ['core.hooksPath', '/dev/null'],
    ['core.autocrlf', 'false'],
    ['gc.auto', '0'],
    ['protocol.ext.allow', 'never'],
  ];
  const origin = URL.parse(remote)?.origin;
  if (token !== undefined && origin !== undefined) {
    const basic = Buffer.from(`${user}:${token}`).toString('base64');
    settings.push([`http.${origin}/.extraHeader`, `Authorization: Basic ${basic}`]);
  }
  return {
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([name, value], n) => [
        [`GIT_CONFIG_KEY_${n}`, name],
        [`GIT_CONFIG_VALUE_${n}`, value],
      ]),
    ),
    GIT_SSH_COMMAND:
      sshKey === undefined
        ? 'ssh -o BatchMode=yes'
        : `ssh -o BatchMode=yes -o IdentitiesOnly=yes -i '${sshKey.replaceAll("'", "'\\''")}'`,
  };
}

function shortened(words: string): string {
  return words
    .split('\n')
    .filter((line) => !/^(?:hint|remote: *$)/.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

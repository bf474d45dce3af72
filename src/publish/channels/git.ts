import { z } from 'zod';
import { pushFolder } from '../git/push-folder.ts';
import { auth } from './ask-outlet.ts';
import type { DeliveryOutcome, FileChannel } from './channel.ts';

/** A password in the address would stand among the arguments of git, where all users of a machine can read it. */
const hasPassword = (remote: string) => /^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(remote);

const schema = z.strictObject({
  kind: z.literal('git'),
  remote: z
    .string()
    .min(1)
    .refine((remote) => !hasPassword(remote), '网址里不要写密码，请用 token / put the password into token')
    .refine((remote) => !/^-|^ext::/.test(remote), '不是仓库地址 / not an address of a repository')
    .describe('仓库地址：https、ssh 或本机路径 / the repository: https, ssh or a path'),
  branch: z
    .string()
    .regex(/^[\w][\w./-]*$/)
    .default('main')
    .describe('推到哪个分支，例如 gh-pages / the branch'),
  from: z
    .string()
    .min(1)
    .describe('哪个文件夹的文件：site、markdown 等渠道写出的 / folder whose files go out'),
  into: z
    .string()
    .regex(/^(?!\.\.?(?:\/|$))[\w.-]+(?:\/(?!\.\.?(?:\/|$))[\w.-]+)*$/)
    .exactOptional()
    .describe('放进仓库的哪个文件夹，默认根目录 / folder in the repository'),
  clone: z.string().min(1).describe('自己的裸仓库放在哪里 / where to keep a bare clone of our own'),
  token: z.string().min(1).exactOptional().describe('https 用的访问令牌 / access token for https'),
  user: z
    .string()
    .min(1)
    .default('x-access-token')
    .describe('与 token 相配的用户名 / user that goes with it'),
  sshKey: z.string().min(1).exactOptional().describe('ssh 私钥文件 / file of the private key'),
  name: z.string().min(1).default('ribao').describe('提交者 / committer'),
  email: z.string().min(1).default('ribao@localhost'),
  timeoutSeconds: z.int().min(5).max(3600).default(120),
});

/** What a far side says to a wrong key. */
const DENIED =
  /authentication failed|permission denied|could not read (?:username|password)|access denied|40[13]\b|publickey/i;

/**
 * A repository, for hosts of pages: the files that other channels wrote, committed on top of the branch and pushed.
 * Goes after them. Nothing new to commit is delivered; a push cut off is looked up by the branch itself.
 */
export const git: FileChannel<typeof schema> = {
  kind: 'git',
  follows: true,
  schema,
  secrets: ['token'],
  paths: ['from', 'clone', 'sshKey'],
  async deliver(edition, config, { post }): Promise<DeliveryOutcome> {
    if (post === undefined) return { kind: 'delivered', where: '没有推送：这只是预演' };
    const { remote, branch, from, into, clone, token, user, sshKey, name, email, timeoutSeconds } = config;
    const pushed = await pushFolder({
      from,
      into: into ?? '',
      branch,
      clone,
      author: { name, email },
      message: `${edition.date} 第 ${edition.revision} 版\n`,
      at: Math.floor(edition.composedAt / 1000),
      key: {
        remote,
        user,
        ...(token === undefined ? {} : { token }),
        ...(sshKey === undefined ? {} : { sshKey }),
      },
      timeoutMs: timeoutSeconds * 1000,
    });
    switch (pushed.kind) {
      case 'pushed':
        return {
          kind: 'delivered',
          where: `${branch}：${pushed.commit.slice(0, 12)}（${pushed.files} 个文件）`,
        };
      case 'unchanged':
        return { kind: 'delivered', where: `${branch}：没有新的文件，仍是 ${pushed.commit.slice(0, 12)}` };
      case 'missing':
        return {
          kind: 'failed',
          code: 'channel-git-missing',
          message: '这台机器上没有 git，请安装（Debian：apt-get install git）',
          retryable: true,
        };
      case 'empty':
        return { kind: 'failed', code: 'channel-file', message: `还没有文件夹 ${from}`, retryable: true };
      case 'unclear':
        return {
          kind: 'unclear',
          code: 'channel-unclear',
          message: '推送没有回音，也问不到分支；下一次运行会先看分支再决定',
        };
      case 'failed': {
        const words = `git ${pushed.step}：${pushed.words}`;
        return DENIED.test(pushed.words)
          ? auth(`${words}。核对 remote、token 或 sshKey`)
          : { kind: 'failed', code: 'channel-git', message: words, retryable: true };
      }
    }
  },
};

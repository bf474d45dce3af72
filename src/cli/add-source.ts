import { createInterface } from 'node:readline/promises';
import { Problem } from '../domain/problem.ts';
import { type Discovery, discover, type Finding } from '../gather/discover.ts';
import { clockTime } from '../newsroom/calendar.ts';
import { addSources, freeId } from '../newsroom/config/edit-sources.ts';
import { loadConfig } from '../newsroom/config/load-config.ts';
import { resolveSecret } from '../newsroom/config/secrets.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { usage } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import { withNewsroom } from './with-newsroom.ts';

type Wanted = { url: string; name: string | undefined; id: string | undefined; yes: boolean };

/** Entries shown of each finding. */
const SHOWN = 5;

/**
 * Finds what can be followed at an address, shows what it lists now, and adds it to the config when the person says yes
 * (or said `--yes`). An address behind `env:` or `file:` is written as such, never as what it stands for.
 */
export async function addSource(io: Io, configPath: string, wanted: Wanted): Promise<number> {
  const { config } = loadConfig(configPath, io.env);
  const host = URL.parse(wanted.url)?.host;
  if (!/^(https?:\/\/|env:|file:)/.test(wanted.url) || (host === undefined && wanted.url.startsWith('http')))
    throw usage(`${wanted.url} 不是 http(s) 地址 / not an http(s) address`);
  const there = config.sources.find((source) => source.url === wanted.url);
  if (there) throw usage(`这个地址已经有了：${there.id} / already there`);
  const taken = new Set(config.sources.map((source) => source.id));
  if (wanted.id !== undefined && taken.has(wanted.id))
    throw usage(`短名 ${wanted.id} 已被占用 / id is taken`);
  return withNewsroom(io, configPath, async (room) => {
    const secret = resolveSecret(wanted.url, { folder: io.cwd, env: io.env });
    if (secret.kind === 'missing') throw usage(secret.why);
    const [first, ...others] = findingsIn(
      await discover(secret.value, { fetch: room.net.fetch, now: room.clock() }),
      wanted.url,
    );
    if (first === undefined) return EXIT.other;
    // A secret address is written as it was given.
    const url = secret.kind === 'secret' ? wanted.url : first.url;
    const known = config.sources.find(
      (source) =>
        (url !== undefined && source.url === url) ||
        (url === undefined && sameSettings(source.settings, first)),
    );
    if (known) throw usage(`这个地址已经有了：${known.id} / already there`);
    const name = wanted.name ?? first.name;
    io.out(preview(first, name, room, io));
    for (const other of others) io.out(`${say(io, '另有', 'also')}  ${other.url}（${other.entries.length}）`);
    if (!wanted.yes && !(await agreed(io))) {
      io.out(say(io, '没有加入。确认请加 --yes', 'Not added. Say --yes to add it.'));
      return EXIT.usage;
    }
    const id = wanted.id ?? freeId(name, secret.kind === 'secret' ? '' : (url ?? ''), taken);
    const kind = first.kind === 'feed' ? {} : { kind: first.kind };
    addSources(configPath, [{ id, ...kind, name, ...(url === undefined ? {} : { url }), ...first.settings }]);
    loadConfig(configPath, io.env);
    io.out(say(io, `✓ 已加入 ${id}`, `✓ Added ${id}`));
    return EXIT.ok;
  });
}

function findingsIn(discovery: Discovery, address: string): Finding[] {
  switch (discovery.kind) {
    case 'found':
      return discovery.findings;
    case 'wechat':
      throw new Problem({
        code: 'source-wechat',
        message: `这是公众号「${discovery.account}」的文章${discovery.biz ? `（__biz=${discovery.biz}）` : ''}；公众号不能直接订阅。 A WeChat account cannot be followed by itself.`,
        fix: '用桥接（wewe-rss、we-mp-rss、Wechat2RSS、RSSHub）为它生成订阅地址再加入；单篇文章可写进 kind: wechat 的 links。 Add its bridge’s feed, or list the article under `links` of a `wechat` source.',
      });
    case 'nothing':
      throw new Problem({
        code: 'source-nothing',
        message: `${address} 不是订阅源，也没有指出订阅源；试过 ${discovery.tried.length} 个常见位置。 No feed there.`,
        fix: '没有订阅源的网页可用 kind: page（CSS 选择器）或 kind: sitemap。 Follow it by `kind: page` or `kind: sitemap`.',
      });
    case 'failed':
      throw new Problem({
        code: discovery.code,
        message: `${address}：${discovery.message}`,
        fix: '核对地址；内网地址要先写进 network.allowHosts。 Check the address; private hosts go into network.allowHosts.',
      });
  }
}

function sameSettings(settings: Record<string, unknown> | undefined, finding: Finding): boolean {
  return Object.entries(finding.settings).every(
    ([key, value]) => JSON.stringify(settings?.[key]) === JSON.stringify(value),
  );
}

function preview({ kind, entries, url, about = '' }: Finding, name: string, room: Newsroom, io: Io): string {
  const lines = entries.slice(0, SHOWN).map(({ title, text, publishedAt }) => {
    const at = publishedAt === undefined ? '—'.padEnd(16) : clockTime(room.config.timezone, publishedAt);
    return `  ${at}  ${title || text.slice(0, 40)}`;
  });
  const head = `${name}  ${kind}${url === undefined ? '' : `  ${url}`}  ${say(io, `${entries.length} 条`, `${entries.length} entries`)}`;
  const described = about === '' ? [] : [`  ${about.split('\n')[0]?.slice(0, 80)}`];
  return [head, ...described, ...lines].join('\n');
}

async function agreed(io: Io): Promise<boolean> {
  if (!io.terminal || !process.stdin.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(say(io, '加入吗？[y/N] ', 'Add it? [y/N] '));
  asking.close();
  return /^(y|yes|是|好)$/i.test(answer.trim());
}

function say(io: Io, zh: string, en: string): string {
  return { zh, en }[io.tongue];
}

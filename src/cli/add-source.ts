import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Problem } from '../domain/problem.ts';
import { type Discovery, discover, type Finding } from '../gather/discover.ts';
import { clockTime } from '../newsroom/calendar.ts';
import { addSources, freeId } from '../newsroom/config/edit-sources.ts';
import { loadConfig } from '../newsroom/config/load-config.ts';
import type { SourceConfig } from '../newsroom/config/schema.ts';
import { resolveSecret } from '../newsroom/config/secrets.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { standingOfNewcomers } from '../newsroom/quarantine.ts';
import { usage } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { type Io, say } from './io.ts';
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
    const address = resolveSecret(wanted.url, { folder: dirname(configPath), env: io.env });
    if (address.kind === 'missing') throw usage(address.why);
    const found = await discover(address.value, { fetch: room.net.fetch, now: room.clock() });
    const findings =
      address.kind === 'secret'
        ? asWritten(findingsIn(found, wanted.url), address.value, wanted.url)
        : findingsIn(found, wanted.url);
    const [first, ...others] = findings;
    if (first === undefined) throw nothingAt(wanted.url);
    const known = config.sources.find((source) => isSame(source, first));
    if (known) throw usage(`这个地址已经有了：${known.id} / already there`);
    const name = wanted.name ?? first.name;
    io.out(preview(first, name, room, io));
    for (const other of others)
      io.out(`${say(io, { zh: '另有', en: 'also' })}  ${other.url}（${other.entries.length}）`);
    if (!wanted.yes && !io.terminal) {
      io.out(say(io, { zh: '没有加入。确认请加 --yes', en: 'Not added. Say --yes to add it.' }));
      return EXIT.usage;
    }
    if (!wanted.yes && !(await agreed(io))) return EXIT.ok;
    const id = wanted.id ?? freeId(name, address.kind === 'secret' ? '' : (first.url ?? ''), taken);
    addSources(configPath, [{ id, ...kindOf(first), name, ...whereItIs(first) }]);
    loadConfig(configPath, io.env);
    io.out(say(io, { zh: `✓ 已加入 ${id}`, en: `✓ Added ${id}` }));
    if ((await standingOfNewcomers(room)) === 'quarantine')
      io.out(
        say(io, {
          zh: `  它先观察 ${config.quarantineDays} 天：收稿、评判，但不见报。立即放行：ribao sources admit ${id}`,
          en: `  On trial for ${config.quarantineDays} days: judged, not printed. At once: ribao sources admit ${id}`,
        }),
      );
    return EXIT.ok;
  });
}

/** A feed needs no kind in the config. */
function kindOf({ kind }: Finding): { kind?: string } {
  return kind === 'feed' ? {} : { kind };
}

function whereItIs({ url, settings }: Finding): { url?: string; [setting: string]: unknown } {
  return { ...(url === undefined ? {} : { url }), ...settings };
}

/** A secret address is written and shown as it was given, so only what stands at that very address can be added. */
function asWritten(findings: readonly Finding[], secret: string, written: string): Finding[] {
  return findings.filter(({ url }) => url === secret).map((finding) => ({ ...finding, url: written }));
}

function isSame(source: SourceConfig, { kind, url, settings }: Finding): boolean {
  if (url !== undefined) return source.url === url;
  return (
    source.kind === kind &&
    Object.entries(settings).every(
      ([key, value]) => JSON.stringify(source.settings?.[key]) === JSON.stringify(value),
    )
  );
}

function findingsIn(discovery: Discovery, address: string): Finding[] {
  switch (discovery.kind) {
    case 'found':
      return discovery.findings;
    case 'wechat':
      throw new Problem({
        code: 'source-wechat',
        message: `这是公众号「${discovery.account}」的文章${discovery.biz ? `（__biz=${discovery.biz}）` : ''}；公众号不能直接订阅。 A WeChat account cannot be followed by itself.`,
        fix: `用桥接（wewe-rss、we-mp-rss、Wechat2RSS、RSSHub）为它生成订阅地址再加入${discovery.biz ? `，或写 { kind: wechat, url: 桥接地址, bridge: wewe-rss, account: "${discovery.biz}" }` : ''}；单篇文章可写进 kind: wechat 的 links。 Add its bridge’s feed, or list the article under \`links\` of a \`wechat\` source.`,
      });
    case 'nothing':
      throw nothingAt(address);
    case 'failed':
      throw new Problem({
        code: discovery.code,
        message: `${address}：${discovery.message}`,
        fix: '核对地址；内网地址要先写进 network.allowHosts。 Check the address; private hosts go into network.allowHosts.',
      });
  }
}

function nothingAt(address: string): Problem {
  return new Problem({
    code: 'source-nothing',
    message: `${address} 不是订阅源，也没有在常见位置找到订阅源。 No feed there.`,
    fix: '没有订阅源的网页可用 kind: page（CSS 选择器）或 kind: sitemap。 Follow it by `kind: page` or `kind: sitemap`.',
  });
}

function preview({ kind, entries, url, about = '' }: Finding, name: string, room: Newsroom, io: Io): string {
  const lines = entries.slice(0, SHOWN).map(({ title, text, publishedAt }) => {
    const at = publishedAt === undefined ? '—'.padEnd(16) : clockTime(room.config.timezone, publishedAt);
    return `  ${at}  ${title || text.slice(0, 40)}`;
  });
  const head = `${name}  ${kind}${url === undefined ? '' : `  ${url}`}  ${say(io, { zh: `${entries.length} 条`, en: `${entries.length} entries` })}`;
  const described = about === '' ? [] : [`  ${about.split('\n')[0]?.slice(0, 80)}`];
  return [head, ...described, ...lines].join('\n');
}

async function agreed(io: Io): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(say(io, { zh: '加入吗？[y/N] ', en: 'Add it? [y/N] ' }));
  asking.close();
  return /^(y|yes|是|好)$/i.test(answer.trim());
}

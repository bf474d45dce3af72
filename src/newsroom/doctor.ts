import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Problem } from '../domain/problem.ts';
import { sumIn } from '../llm/prices.ts';
import { openNet } from '../net/open-net.ts';
import { type ChannelConfig, channelKind } from '../publish/channels/registry.ts';
import { gitVersion } from '../publish/git/run-git.ts';
import { troubleOutcome } from '../publish/mail/letter-outcome.ts';
import { openSmtp } from '../publish/mail/smtp.ts';
import { SMTP_KEYS, serverOf } from '../publish/mail/smtp-keys.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { clockTime, dateIn } from './calendar.ts';
import type { LoadedConfig } from './config/load-config.ts';
import type { Config } from './config/schema.ts';
import { ceilingsUsed, estimateEdition, moneyWords, PURPOSE_WORDS } from './costs.ts';
import { priceList } from './editorial.ts';
import { expiryAlerts, whatExpires } from './expiry.ts';
import { modelPrices } from './purse.ts';
import { VERSION } from './version.ts';

/** One thing looked at: how it is, and what to do when it is not well. */
export type Finding = { mark: 'good' | 'warning' | 'bad'; what: string; fix?: string };

const NODE_WANTED = 24;
const MEGABYTE = 1_048_576;
/** A year of 250 articles a day with full text takes about 700 MB. */
const DISK_WARN_MB = 1000;
const DISK_BAD_MB = 50;
/** More than this and schedules, TLS and «today» go wrong. */
const CLOCK_WARN_MS = 5 * 60_000;

/** What can be said without a config: the program and its Node. */
export function inspectMachine(): Finding[] {
  const major = Number(process.versions.node.split('.')[0]);
  return [
    major >= NODE_WANTED
      ? { mark: 'good', what: `ribao ${VERSION}，Node ${process.version}` }
      : {
          mark: 'bad',
          what: `Node ${process.version} 太旧`,
          fix: `用 Node ${NODE_WANTED} 以上；项目目录里 npm ci 会装好一份 / needs Node ${NODE_WANTED}`,
        },
  ];
}

/** Store, folders, disk, clock, time zone and network of this config. Asks at most three sources. */
export async function inspectNewsroom(loaded: LoadedConfig): Promise<Finding[]> {
  const { config } = loaded;
  const folders = [...new Set([dirname(config.store), ...config.channels.flatMap(foldersOf)])];
  return [
    await inspectStore(config.store),
    ...folders.flatMap(inspectFolder),
    inspectDisk(config.store),
    inspectZone(config.timezone),
    ...(await inspectGit(config.channels)),
    ...(await inspectMail(config.channels)),
    ...(await inspectExpiry(config)),
    ...(await inspectModel(config)),
    ...(await inspectNetwork(loaded)),
  ];
}

/** Where a channel writes: the paths of its config. */
function foldersOf(channel: ChannelConfig): string[] {
  const values = (channelKind(channel.kind)?.paths ?? []).map((key) => channel[key]);
  return values.filter((value) => typeof value === 'string');
}

async function inspectStore(path: string): Promise<Finding> {
  if (!existsSync(path)) return { mark: 'good', what: `数据库 ${path} 还没有，第一次运行时建立` };
  try {
    const store = openSqliteStore(path);
    const { version, bytes, sound } = await store.inspect();
    await store.close();
    const size = `${(bytes / MEGABYTE).toFixed(1)} MB`;
    if (sound) return { mark: 'good', what: `数据库 ${path}：第 ${version} 版，${size}，完好` };
    return {
      mark: 'bad',
      what: `数据库 ${path} 有损坏`,
      fix: '用备份恢复，或移走后重新运行 / restore a backup',
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { mark: 'bad', what: error.message, fix: error.fix };
  }
}

function inspectFolder(folder: string): Finding[] {
  const standing = nearestExisting(folder);
  try {
    accessSync(standing, constants.W_OK | constants.X_OK);
    return [];
  } catch {
    return [
      {
        mark: 'bad',
        what: `文件夹 ${folder} 不可写`,
        fix: `改正 ${standing} 的权限，或在配置里换位置 / make it writable`,
      },
    ];
  }
}

function inspectDisk(path: string): Finding {
  const { bavail, bsize } = statfsSync(nearestExisting(dirname(path)));
  const free = (bavail * bsize) / MEGABYTE;
  const what = `磁盘可用 ${free > 10_000 ? `${Math.round(free / 1024)} GB` : `${Math.round(free)} MB`}`;
  if (free < DISK_BAD_MB) return { mark: 'bad', what, fix: '先腾出空间 / free some space first' };
  if (free < DISK_WARN_MB) return { mark: 'warning', what, fix: '不久就会不够 / it will not last long' };
  return { mark: 'good', what };
}

/** The model's price, what the next edition is likely to cost, and how far the ceilings are used. */
async function inspectModel(config: LoadedConfig['config']): Promise<Finding[]> {
  const { model, edition, store: path, timezone } = config;
  if (model === undefined) return [];
  const prices = modelPrices(model, priceList(config));
  const now = Date.now();
  const today = dateIn(timezone, now);
  const month = today.slice(0, 7);
  const store = existsSync(path) ? openSqliteStore(path) : undefined;
  const calls = (await store?.modelCalls(month)) ?? [];
  const spending = (await store?.spending(today, month)) ?? { edition: [], month: [] };
  await store?.close();
  const { budget } = model;
  const fix = '在配置里写 model.price（每百万 token 的价格）/ write model.price';
  return estimateEdition({ model, edition }, prices, calls, now)
    .map(({ purpose, model: name, calls: count, cost }): Finding => {
      if (
        cost !== undefined &&
        budget !== undefined &&
        sumIn(budget.currency, [cost], budget.rates) === undefined
      )
        return {
          mark: 'bad',
          what: `模型 ${name}（${PURPOSE_WORDS[purpose].zh}）按 ${cost.currency} 计价，上限按 ${budget.currency}，没有汇率就不会调用`,
          fix: `写 model.budget.rates: { ${cost.currency}: 一单位合多少 ${budget.currency} } / write the rate`,
        };
      if (cost !== undefined)
        return {
          mark: 'good',
          what: `模型 ${name}（${PURPOSE_WORDS[purpose].zh}）：一期约 ${count} 次，约 ${moneyWords(cost)}`,
        };
      const what = `模型 ${name}（${PURPOSE_WORDS[purpose].zh}）：价格未知`;
      return budget === undefined
        ? { mark: 'good', what: `${what}，费用记不了账` }
        : { mark: 'bad', what: `${what}，设了上限就不会调用`, fix };
    })
    .concat(
      (budget === undefined ? [] : ceilingsUsed(budget, spending)).map(
        ({ of, spent, ceiling, currency, share }) => ({
          mark: share >= 1 ? 'warning' : 'good',
          what: `模型费用${of === 'edition' ? '（今天这一期）' : '（本月）'}：已用 ${spent.toFixed(4)} / ${ceiling} ${currency}`,
          ...(share >= 1 ? { fix: '提高 model.budget，或等下个月 / raise model.budget' } : {}),
        }),
      ),
    );
}

function nearestExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestExisting(dirname(folder));
}

function inspectZone(timezone: string): Finding {
  const system = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = clockTime(timezone, Date.now());
  const differs = system === timezone ? '' : `（系统时区是 ${system}，不影响：日期一律按配置）`;
  return { mark: 'good', what: `时区 ${timezone}，现在是 ${now}${differs}` };
}

/** Pages are pushed by the system's git: without one such a channel cannot work. */
async function inspectGit(channels: readonly ChannelConfig[]): Promise<Finding[]> {
  if (!channels.some(({ kind }) => kind === 'git')) return [];
  const version = await gitVersion();
  if (version !== undefined) return [{ mark: 'good', what: `git ${version}` }];
  const fix = '请安装，例如 apt-get install git / install git';
  return [{ mark: 'bad', what: '渠道 git 要用系统的 git，这台机器上没有', fix }];
}

async function inspectExpiry(config: Config): Promise<Finding[]> {
  const alerts = expiryAlerts(await whatExpires(config), Date.now(), config);
  const fix = '请换新 / renew it';
  return alerts.map(({ title, key }) => ({
    mark: key.endsWith('/over') ? 'bad' : 'warning',
    what: title,
    fix,
  }));
}

/** Whether each mail server lets ribao in; no letter is sent. */
async function inspectMail(channels: readonly ChannelConfig[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const channel of channels) {
    const known = z.object(SMTP_KEYS).safeParse(channel).data;
    if (known === undefined) continue;
    const line = openSmtp({ ...serverOf(known), patienceMs: 8000 });
    const trouble = await line.ready();
    await line.close();
    const what = `发信服务器 ${known.host}:${known.port}`;
    findings.push(
      trouble === undefined
        ? { mark: 'good', what: `${what} 可以登录` }
        : {
            mark: 'bad',
            what: `${what}：${troubleOutcome(trouble, known.host).message}`,
            fix: '核对 host、port、secure、user、password / check the keys of the channel',
          },
    );
  }
  return findings;
}

async function inspectNetwork({ config, sources }: LoadedConfig): Promise<Finding[]> {
  const net = openNet({
    userAgent: `ribao/${VERSION}`,
    perHost: 1,
    timeoutMs: 8000,
    maxCompressedBytes: 8 * MEGABYTE,
    maxBytes: 8 * MEGABYTE,
    allowHosts: config.network.allowHosts,
  });
  try {
    const asked = sources.slice(0, 3);
    const answers = await Promise.all(asked.map(({ url }) => net.fetch({ url, accept: 'feed' })));
    const reached = answers.filter(
      (answer) => answer.kind !== 'failed' || answer.status !== undefined,
    ).length;
    return [networkFinding(reached, asked.length), ...clockFinding(answers)];
  } finally {
    await net.close();
  }
}

function networkFinding(reached: number, asked: number): Finding {
  const what = `网络：试了 ${asked} 个来源，通 ${reached} 个`;
  if (reached === asked) return { mark: 'good', what };
  const fix = '检查网络、DNS、防火墙；用 ribao sources check 看每个来源 / check the network';
  return { mark: reached === 0 ? 'bad' : 'warning', what, fix };
}

/** The servers' own Date headers tell whether this machine's clock is right. */
function clockFinding(answers: { kind: string; headers?: Record<string, string> }[]): Finding[] {
  const dates = answers
    .map((answer) => Date.parse(answer.headers?.date ?? ''))
    .filter((at) => !Number.isNaN(at));
  const theirs = dates[0];
  if (theirs === undefined) return [];
  const off = Math.abs(Date.now() - theirs);
  if (off < CLOCK_WARN_MS) return [{ mark: 'good', what: '时钟与服务器一致' }];
  const what = `时钟与服务器差 ${Math.round(off / 60_000)} 分钟`;
  return [{ mark: 'bad', what, fix: '打开自动对时（NTP） / turn on time synchronisation' }];
}

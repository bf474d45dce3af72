import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import { healthOf } from '../../gather/health.ts';
import { readOpml, writeOpml } from '../../gather/opml.ts';
import { checkSources } from '../../newsroom/check-sources.ts';
import { addSources, freeId, type NewSource } from '../../newsroom/config/edit-sources.ts';
import { loadConfig } from '../../newsroom/config/load-config.ts';
import { describeOutcome } from '../../newsroom/steps/collect.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { healthMark } from '../health-words.ts';
import type { CommandRun, Io } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    { ...CONFIG_OPTION, name: { type: 'string' }, id: { type: 'string' } },
    { words: 2 },
  );
  const [action = 'list', word] = positionals;
  const configPath = resolve(io.cwd, values.config);
  switch (action) {
    case 'list':
      return list(io, configPath);
    case 'add':
      if (!word) throw usage('sources add 后面要写地址 / an address is missing');
      return add(io, configPath, { url: word, name: values.name, id: values.id });
    case 'import':
      if (!word) throw usage('sources import 后面要写 OPML 文件 / an OPML file is missing');
      return importOpml(io, configPath, resolve(io.cwd, word));
    case 'export':
      return exportOpml(io, configPath, word === undefined ? undefined : resolve(io.cwd, word));
    case 'check':
      return check(io, configPath, word);
    case 'admit':
    case 'quarantine':
      if (!word) throw usage(`sources ${action} 后面要写来源的短名 / a source's id is missing`);
      return setStanding(io, configPath, word, action === 'admit' ? 'admitted' : 'quarantine');
    default:
      throw usage(
        `不认识 sources ${action}：list、add、import、export、check、admit、quarantine / unknown action`,
      );
  }
};

async function list(io: Io, configPath: string): Promise<number> {
  return withNewsroom(io, configPath, async (room) => {
    const states = await room.store.sourceStates();
    const never = { zh: '还没有收过', en: 'never asked' }[io.tongue];
    for (const { id, name } of room.sources) {
      const state = states.get(id);
      const outcome = state?.lastOutcome;
      const fresh = outcome?.kind === 'new' ? outcome.fresh : 0;
      const { health } = state ? healthOf(state, room.clock()) : { health: 'new' as const };
      const trial =
        state?.standing === 'quarantine' ? { zh: '（观察期）', en: ' (on trial)' }[io.tongue] : '';
      io.out(
        `${healthMark(health)} ${id}  ${name}${trial}  ${outcome ? describeOutcome(outcome, fresh) : never}`,
      );
    }
    return EXIT.ok;
  });
}

async function add(
  io: Io,
  configPath: string,
  wanted: { url: string; name: string | undefined; id: string | undefined },
): Promise<number> {
  const { config } = loadConfig(configPath, io.env);
  const host = URL.parse(wanted.url)?.host;
  if (!/^(https?:\/\/|env:|file:)/.test(wanted.url) || (host === undefined && wanted.url.startsWith('http')))
    throw usage(`${wanted.url} 不是 http(s) 地址 / not an http(s) address`);
  const known = config.sources.find((source) => source.url === wanted.url);
  if (known) throw usage(`这个地址已经有了：${known.id} / already there`);
  const taken = new Set(config.sources.map((source) => source.id));
  if (wanted.id !== undefined && taken.has(wanted.id))
    throw usage(`短名 ${wanted.id} 已被占用 / id is taken`);
  const name = wanted.name ?? host ?? wanted.url;
  const id = wanted.id ?? freeId(name, wanted.url, taken);
  addSources(configPath, [{ id, name, url: wanted.url }]);
  loadConfig(configPath, io.env);
  io.out(
    {
      zh: `✓ 已加入 ${id}。检查一下：ribao sources check ${id}`,
      en: `✓ Added ${id}. Try it: ribao sources check ${id}`,
    }[io.tongue],
  );
  return EXIT.ok;
}

async function importOpml(io: Io, configPath: string, file: string): Promise<number> {
  const { config } = loadConfig(configPath, io.env);
  const reading = readOpml(readText(file));
  if (reading.kind === 'unreadable')
    throw new Problem({
      code: 'config-opml',
      message: `${file}：${reading.why}`,
      fix: '确认它是 OPML 文件。 Make sure that it is an OPML file.',
    });
  const knownUrls = new Set(config.sources.map((source) => source.url));
  const taken = new Set(config.sources.map((source) => source.id));
  const fresh = reading.feeds
    .filter(({ url }) => !knownUrls.has(url))
    .map(({ title, url }): NewSource => {
      const id = freeId(title, url, taken);
      taken.add(id);
      return { id, name: title, url };
    });
  if (fresh.length > 0) addSources(configPath, fresh);
  loadConfig(configPath, io.env);
  const skipped = reading.feeds.length - fresh.length;
  io.out(
    {
      zh: `✓ 加入 ${fresh.length} 个来源，跳过已有的 ${skipped} 个`,
      en: `✓ ${fresh.length} sources added, ${skipped} known ones skipped`,
    }[io.tongue],
  );
  return EXIT.ok;
}

async function exportOpml(io: Io, configPath: string, file: string | undefined): Promise<number> {
  const { config, sources } = loadConfig(configPath, io.env);
  // An address that came from env: or file: holds a secret and stays at home.
  const open = sources.filter((source, n) => config.sources[n]?.url === source.url);
  const text = writeOpml(open, `${config.edition.name} 来源`, Date.now());
  const kept = sources.length - open.length;
  if (kept > 0)
    io.err(
      { zh: `${kept} 个带密钥的来源没有写出`, en: `${kept} sources with secrets were left out` }[io.tongue],
    );
  if (file === undefined) io.raw(text.endsWith('\n') ? text : `${text}\n`);
  else writeFileSync(file, text);
  return EXIT.ok;
}

async function check(io: Io, configPath: string, id: string | undefined): Promise<number> {
  return withNewsroom(io, configPath, async (room) => {
    const wanted = room.sources.filter((source) => id === undefined || source.id === id);
    if (wanted.length === 0) throw usage(`没有来源 ${id} / no such source`);
    const results = await checkSources(room, wanted);
    for (const { source, outcome } of results) {
      const mark = outcome.kind === 'failed' ? '✗' : outcome.kind === 'silent' ? '?' : '✓';
      const words =
        outcome.kind === 'new'
          ? { zh: `${outcome.entries} 条`, en: `${outcome.entries} entries` }[io.tongue]
          : describeOutcome(outcome, 0);
      io.out(`${mark} ${source.id}  ${source.name}  ${words}`);
    }
    const failed = results.filter(({ outcome }) => outcome.kind === 'failed').length;
    io.out(
      { zh: `${results.length} 个来源，${failed} 个失败`, en: `${results.length} sources, ${failed} failed` }[
        io.tongue
      ],
    );
    return failed > 0 ? EXIT.other : EXIT.ok;
  });
}

async function setStanding(
  io: Io,
  configPath: string,
  id: string,
  standing: 'admitted' | 'quarantine',
): Promise<number> {
  return withNewsroom(io, configPath, async (room) => {
    if (!room.sources.some((source) => source.id === id)) throw usage(`没有来源 ${id} / no such source`);
    const state = (await room.store.sourceStates()).get(id) ?? { sourceId: id, failureStreak: 0 };
    await room.store.saveSourceState({ ...state, standing });
    io.out(
      standing === 'admitted'
        ? { zh: `✓ ${id} 可以见报了`, en: `✓ ${id} may be printed` }[io.tongue]
        : { zh: `✓ ${id} 进入观察期，收稿但不见报`, en: `✓ ${id} is on trial` }[io.tongue],
    );
    return EXIT.ok;
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`读不到 ${file}（${error instanceof Error ? error.message : error}）`);
  }
}

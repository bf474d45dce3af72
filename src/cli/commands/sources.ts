import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import type { Source, SourceOutcome } from '../../domain/source.ts';
import { healthOf } from '../../gather/health.ts';
import { readOpml, writeOpml } from '../../gather/opml.ts';
import { clockTime } from '../../newsroom/calendar.ts';
import { checkSources } from '../../newsroom/check-sources.ts';
import { addSources, freeId, type NewSource } from '../../newsroom/config/edit-sources.ts';
import { loadConfig } from '../../newsroom/config/load-config.ts';
import { describeOutcome } from '../../newsroom/steps/collect.ts';
import { addSource } from '../add-source.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { healthMark, healthWord } from '../health-words.ts';
import { hostLines } from '../host-lines.ts';
import type { CommandRun, Io } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';

/** Kinds whose address is a feed that any reader could follow. */
const FEED_KINDS: ReadonlySet<string> = new Set(['feed', 'wechat', 'podcast']);

/** A list of WeChat links has no feed. */
function isList({ kind, url }: Source): boolean {
  return kind === 'wechat' && URL.parse(url)?.pathname === '/';
}

/** Changes of health shown after a check: those of a week, and not more than a page of them. */
const CHANGES_MS = 7 * 86_400_000;
const CHANGES_SHOWN = 20;

/** Odd addresses shown after an import. */
const ODD_SHOWN = 10;

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    {
      ...CONFIG_OPTION,
      name: { type: 'string' },
      id: { type: 'string' },
      yes: { type: 'boolean', default: false, short: 'y' },
    },
    { words: 2 },
  );
  const [action = 'list', word] = positionals;
  const configPath = resolve(io.cwd, values.config);
  switch (action) {
    case 'list':
      return list(io, configPath);
    case 'add':
      if (!word) throw usage('sources add 后面要写地址 / an address is missing');
      return addSource(io, configPath, { url: word, name: values.name, id: values.id, yes: values.yes });
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
  const { repeated, odd } = reading;
  io.out(
    {
      zh: `✓ 加入 ${fresh.length} 个来源，跳过已有的 ${skipped} 个，文件里重复的 ${repeated} 个，不是网址的 ${odd.length} 个`,
      en: `✓ ${fresh.length} sources added, ${skipped} known ones skipped, ${repeated} repeated in the file, ${odd.length} no addresses`,
    }[io.tongue],
  );
  for (const address of odd.slice(0, ODD_SHOWN)) io.out(`  ? ${address.slice(0, 120)}`);
  return EXIT.ok;
}

async function exportOpml(io: Io, configPath: string, file: string | undefined): Promise<number> {
  const { config, sources } = loadConfig(configPath, io.env);
  // An address that came from env: or file: holds a secret and stays at home.
  const open = sources.filter(
    (source, n) => config.sources[n]?.url === source.url && FEED_KINDS.has(source.kind) && !isList(source),
  );
  const text = writeOpml(open, `${config.edition.name} 来源`, Date.now());
  const kept = sources.length - open.length;
  if (kept > 0)
    io.err(
      {
        zh: `${kept} 个来源没有写出：带密钥的，或不是订阅地址的`,
        en: `${kept} sources were left out: with secrets, or not feeds`,
      }[io.tongue],
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
      const mark = isFailure(outcome)
        ? '✗'
        : outcome.kind === 'failed'
          ? '·'
          : outcome.kind === 'silent'
            ? '?'
            : '✓';
      const words =
        outcome.kind === 'new'
          ? { zh: `${outcome.entries} 条`, en: `${outcome.entries} entries` }[io.tongue]
          : describeOutcome(outcome, 0);
      io.out(`${mark} ${source.id}  ${source.name}  ${words}`);
    }
    const asked = new Set(results.map(({ source }) => source.id));
    const changes = (await room.store.sourceEvents(room.clock() - CHANGES_MS)).filter(({ sourceId }) =>
      asked.has(sourceId),
    );
    for (const { at, sourceId, before, after } of changes.slice(0, CHANGES_SHOWN))
      io.out(
        `  ${clockTime(room.config.timezone, at)}  ${sourceId}  ${healthWord(before, io.tongue)} → ${healthWord(after, io.tongue)}`,
      );
    for (const line of await hostLines(room, io)) io.out(line);
    const failed = results.filter(({ outcome }) => isFailure(outcome)).length;
    io.out(
      { zh: `${results.length} 个来源，${failed} 个失败`, en: `${results.length} sources, ${failed} failed` }[
        io.tongue
      ],
    );
    return failed > 0 ? EXIT.other : EXIT.ok;
  });
}

/** A source that wants to be left alone for a while was not asked, so it did not fail. */
function isFailure(outcome: SourceOutcome): boolean {
  return outcome.kind === 'failed' && outcome.code !== 'source-waiting';
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

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { Edition } from '../../domain/edition.ts';
import { isWeek } from '../../domain/week.ts';
import { aroundOf } from '../../newsroom/archive.ts';
import { addDays, dateIn, isDate } from '../../newsroom/calendar.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { channelName, outletsOf } from '../../newsroom/outbox.ts';
import { publishEdition } from '../../newsroom/publish-edition.ts';
import { channelKind } from '../../publish/channels/registry.ts';
import { MEMORY } from '../../publish/site/manifest.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { deliveryLines } from '../delivery-lines.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRun, Io } from '../io.ts';
import { showProgress } from '../progress.ts';
import { withNewsroom } from '../with-newsroom.ts';

/** Without a date, the newest edition of so many days is meant. */
const DAYS_BACK = 31;
/** Of more files, as a site has, only their names are shown, and those of this edition whole. */
const MOST_SHOWN = 40;

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, {
    ...CONFIG_OPTION,
    date: { type: 'string' },
    channel: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  });
  const { date, channel } = values;
  if (date !== undefined && !isDate(date) && !isWeek(date))
    throw usage(`--date ${date} 不是日期，应写成 2026-03-10（周报 2026-W11）这样 / not a date`);
  return withNewsroom(io, values.config, async (room) => {
    const names = room.config.channels.map(channelName);
    if (channel !== undefined && !names.includes(channel))
      throw usage(`没有渠道 ${channel}；配置里有 / the config has: ${names.join(', ')}`);
    const edition = await editionOf(room, date);
    if (values['dry-run']) {
      await rehearse(room, edition, channel, io);
      return EXIT.ok;
    }
    const progress = showProgress(io);
    const wanted = (name: string) => channel === undefined || name === channel;
    const report = await publishEdition(room, edition, progress.tell, wanted).finally(progress.end);
    io.out(deliveryLines(report.deliveries, io).join('\n'));
    return report.failures.length > 0 ? EXIT.undelivered : EXIT.ok;
  });
};

async function editionOf(room: Newsroom, date: string | undefined): Promise<Edition> {
  const tomorrow = addDays(dateIn(room.config.timezone, room.clock()), 1);
  const edition = date
    ? await room.store.edition(date)
    : (await room.store.editions(addDays(tomorrow, -DAYS_BACK), tomorrow)).at(-1);
  if (edition === undefined) throw usage(`还没有${date ?? ''}的日报；先 ribao run / no such edition`);
  if (edition.status.kind === 'held')
    throw usage(`${edition.date} 被扣下了，不能发布；ribao show 看原因 / that edition is held`);
  return edition;
}

/**
 * Shows the very bytes: of messages each part's body, of files what would be written, of a site only what would change.
 * Nothing is sent or kept.
 */
async function rehearse(room: Newsroom, edition: Edition, only: string | undefined, io: Io): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-publish-'));
  try {
    const placed = room.config.channels.map((config, n) => {
      const moved = (channelKind(config.kind)?.paths ?? []).flatMap((key) => {
        const path: unknown = Reflect.get(config, key);
        if (typeof path !== 'string' || statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
        const to = join(folder, String(n), key);
        // What a site remembers of its last build: so only what would change is written.
        if (existsSync(join(path, MEMORY))) cpSync(join(path, MEMORY), join(to, MEMORY), { recursive: true });
        return [[key, to]];
      });
      return { ...config, ...Object.fromEntries(moved) };
    });
    for (const { channel, outlet } of outletsOf(placed)) {
      if (only !== undefined && channel !== only) continue;
      if (outlet.form === 'messages') {
        const parts = outlet.compose(edition);
        for (const { id, body } of parts)
          io.out(`── ${channel} ${id}/${parts.length} · ${Buffer.byteLength(body)} B\n${body}`);
        continue;
      }
      if (outlet.form === 'letters') {
        const shown = outlet.show(outlet.compose(edition));
        io.out(`── ${channel} · ${Buffer.byteLength(shown)} B\n${shown}`);
        continue;
      }
      const { post: _, ...around } = aroundOf(room);
      const before = filesIn(folder).length;
      const outcome = await outlet.deliver(edition, around);
      if (outcome.kind !== 'delivered') io.out(`── ${channel} · ${outcome.code}：${outcome.message}`);
      else if (filesIn(folder).length === before)
        io.out(`── ${channel} · ${outcome.where.replace(`${folder}${sep}`, '')}`);
    }
    const files = filesIn(folder);
    const shown = files.filter(({ name }) => files.length <= MOST_SHOWN || name.includes(edition.date));
    for (const file of files)
      io.out(
        `── ${file.name} · ${file.bytes} B${file.text === undefined || !shown.includes(file) ? '' : `\n${file.text}`}`,
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(folder: string): { name: string; bytes: number; text?: string }[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => !name.split(sep).includes(MEMORY) && statSync(join(folder, name)).isFile())
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const shown = /\.(md|html|xml|json|txt)$/.test(name);
      return { name, bytes: statSync(path).size, ...(shown ? { text: readFileSync(path, 'utf8') } : {}) };
    });
}

import type { Edition } from '../../domain/edition.ts';
import { isWeek } from '../../domain/week.ts';
import { isDate } from '../../newsroom/calendar.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { renderMarkdown } from '../../publish/render/render-markdown.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { findStory } from '../find-story.ts';
import type { CommandRun, Io } from '../io.ts';
import { ledgerRows, ledgerTable } from '../ledger.ts';
import { editionLines } from '../print-edition.ts';
import { sourceReport, storyReport } from '../story-report.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    {
      ...CONFIG_OPTION,
      markdown: { type: 'boolean', default: false },
      'left-out': { type: 'boolean', default: false },
      ledger: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      revision: { type: 'string' },
    },
    { words: 2 },
  );
  const [what, id] = positionals;
  return withNewsroom(io, values.config, async (room) => {
    if (what === 'story') return showStory(room, io, id);
    if (what === 'source') return showSource(room, io, id);
    const edition = await findEdition(room, what, values.revision);
    if (values.ledger && values.json)
      io.out(
        ledgerRows(edition)
          .map((row) => JSON.stringify(row))
          .join('\n'),
      );
    else if (values.ledger) io.out(ledgerTable(edition).join('\n'));
    else if (values.markdown) io.raw(edition.asWritten ?? renderMarkdown(edition));
    else if (values['left-out']) io.out(leftOutLines(edition).join('\n'));
    else io.out(editionLines(edition, io).join('\n'));
    return EXIT.ok;
  });
};

async function findEdition(
  room: Newsroom,
  date: string | undefined,
  revision: string | undefined,
): Promise<Edition> {
  if (date !== undefined && !isDate(date) && !isWeek(date))
    throw usage(`${date} 不是日期，应写成 2026-03-10（周报 2026-W11）这样 / not a date`);
  if (revision !== undefined && !/^\d+$/.test(revision))
    throw usage('--revision 要一个数字 / needs a number');
  const day = date ?? (await room.store.editions('0000-00-00', '9999-12-31')).at(-1)?.date;
  const edition =
    day === undefined
      ? undefined
      : await room.store.edition(day, revision === undefined ? undefined : Number(revision));
  if (!edition)
    throw usage(`没有${date ? ` ${date} ` : ''}这一期；用 ribao status 看有哪些 / no such edition`);
  return edition;
}

function leftOutLines({ leftOut }: Edition): string[] {
  return leftOut.map(
    ({ worth, title, publisher, why, storyId }) =>
      `${String(worth).padStart(3)}  ${title}（${publisher}）\n     ${why}  ${storyId}`,
  );
}

async function showStory(room: Newsroom, io: Io, id: string | undefined): Promise<number> {
  if (id === undefined)
    throw usage('show story 后面要写故事编号、文章编号或网址 / a story id, article id or URL is missing');
  io.out((await storyReport(room, await findStory(room, id), io)).join('\n'));
  return EXIT.ok;
}

async function showSource(room: Newsroom, io: Io, id: string | undefined): Promise<number> {
  const source = room.sources.find((known) => known.id === id);
  if (!source) throw usage(`没有来源 ${id ?? ''}；用 ribao sources list 看有哪些 / no such source`);
  io.out((await sourceReport(room, source, io)).join('\n'));
  return EXIT.ok;
}

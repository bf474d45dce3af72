import type { DeepRead } from '../domain/deep-read.ts';
import type { Edition, Item } from '../domain/edition.ts';
import { dayOf, isWeek } from '../domain/week.ts';
import { articleId, canonicalUrl, identityOf } from '../gather/identity.ts';
import {
  readEditionMarkdown,
  type WrittenDeepRead,
  type WrittenEdition,
  type WrittenItem,
} from '../publish/read-markdown.ts';
import { renderMarkdown } from '../publish/render/render-markdown.ts';
import { endOfDay, isDate } from './calendar.ts';
import { withLease } from './lease.ts';
import { newRun } from './new-run.ts';
import type { Newsroom } from './newsroom.ts';
import { contentHashOf } from './steps/compose.ts';

/** What became of one file. `oddities` and `why` are for an editor (Chinese). */
export type Imported =
  | { kind: 'imported'; date: string; revision: number; items: number; oddities: string[] }
  | { kind: 'refused'; why: string };

/**
 * Takes an edition made elsewhere into the archive: it counts as told, stands on the site, and is brought to no channel
 * by itself. A date that has an edition already is refused unless `replace`, which makes a new revision.
 * @throws Problem already-running
 */
export async function importEdition(room: Newsroom, text: string, replace: boolean): Promise<Imported> {
  const reading = readEditionMarkdown(text);
  if (reading.kind === 'unreadable') return { kind: 'refused', why: reading.why };
  const { edition: written, oddities } = reading;
  const { date } = written;
  if (!isDate(date) && !isWeek(date)) return { kind: 'refused', why: `${date} 不是日期` };
  const now = room.clock();
  return withLease(room, 'newsroom', async () => {
    const last = await room.store.edition(date);
    if (last !== undefined && !replace)
      return { kind: 'refused', why: `${date} 已有第 ${last.revision} 版；要换成这一份请加 --replace` };
    const { deepReads: deep = [], ...frame } = written;
    const sections = await sectionsOf(room, written);
    const deepReads = deep.map((one) => deepReadOf(one, date, sections));
    const content = { ...frame, sections, ...(deepReads.length === 0 ? {} : { deepReads }) };
    const stories = content.sections.flatMap((section) => section.items);
    const edition: Edition = {
      ...content,
      revision: (last?.revision ?? 0) + 1,
      contentHash: contentHashOf(content),
      madeFrom: 'imported',
      composedAt: Math.min(now, endOfDay(room.config.timezone, dayOf(date)) - 1),
      status: { kind: 'approved' },
      leftOut: [],
      articleIds: Object.fromEntries(stories.map(({ brief }) => [brief.storyId, [brief.articleId]])),
      ...(renderMarkdown(content) === text ? {} : { asWritten: text }),
    };
    const run = newRun(date, now, edition.composedAt);
    await room.store.openRun(run);
    const subject = `${date}/r${edition.revision}`;
    const note = `导入 ${stories.length} 条`;
    const line = { runId: run.id, step: 'compose', subject, outcome: 'done', note, at: now } as const;
    await room.store.recordEdition(edition, line);
    await room.store.endRun(run.id, 'imported', room.clock());
    return { kind: 'imported', date, revision: edition.revision, items: stories.length, oddities };
  });
}

async function sectionsOf(room: Newsroom, { sections }: WrittenEdition): Promise<Edition['sections']> {
  const made: Edition['sections'] = [];
  for (const { name, items } of sections) {
    const kept: Item[] = [];
    for (const item of items) kept.push(await itemOf(room, item));
    made.push({ name, items: kept });
  }
  return made;
}

/** The item under the story it belongs to, or would open were its article collected: so it counts as told. */
async function itemOf(room: Newsroom, { headline, summary, url = '', outlets }: WrittenItem): Promise<Item> {
  const identity = url === '' ? `imported:${headline}` : identityOf(url);
  const known = await room.store.articleByIdentity(identity);
  const id = known?.id ?? articleId(identity);
  return {
    brief: {
      storyId: (await room.store.storyOf(id)) ?? `s${id}`,
      articleId: id,
      url: url === '' ? '' : canonicalUrl(url),
      headline,
      summary,
      marks: [],
      evidence: [],
      writer: 'imported',
    },
    worth: 0,
    publisher: known?.publisher ?? hostOf(url),
    outlets: outlets.map((outlet) => ({ ...outlet, title: '' })),
    parts: [],
  };
}

/** The deep read under the item that links the same article. */
function deepReadOf(
  { headline, url, parts, further }: WrittenDeepRead,
  date: string,
  sections: Edition['sections'],
): DeepRead {
  const address = url === '' ? '' : canonicalUrl(url);
  const item = sections.flatMap(({ items }) => items).find(({ brief }) => brief.url === address);
  const id = articleId(url === '' ? `imported:${headline}` : identityOf(url));
  const said = (claims: readonly string[]) =>
    claims.map((claim) => ({ claim, source: claim, articleId: item?.brief.articleId ?? id }));
  return {
    storyId: item?.brief.storyId ?? `s${id}`,
    articleId: item?.brief.articleId ?? id,
    url: address,
    publisher: item?.publisher ?? hostOf(url),
    headline,
    date,
    told: said(parts.told),
    figures: said(parts.figures),
    matters: said(parts.matters),
    doubts: said(parts.doubts),
    further,
    writer: 'imported',
  };
}

/** Which account a WeChat article is of stands in no link. */
function hostOf(url: string): string {
  const host = URL.parse(url)?.hostname.replace(/^www\./, '') ?? '';
  return host === 'mp.weixin.qq.com' ? '微信公众号' : host;
}

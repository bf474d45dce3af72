import { createHash } from 'node:crypto';
import type { StylePair, StyleRule } from '../domain/house-style.ts';
import { learnStyle, type Proposal } from '../edit/learn-style.ts';
import { canonicalUrl } from '../gather/identity.ts';
import { readEditionMarkdown, type WrittenItem } from '../publish/read-markdown.ts';
import { renderMarkdown } from '../publish/render/render-markdown.ts';
import { checkFacts } from '../write/facts.ts';
import { isSameNews, saidBy } from '../write/lay-style.ts';
import type { ModelDesk } from '../write/model/model-desk.ts';
import { styleLesson } from '../write/model/style-lesson.ts';
import { addDays, endOfDay } from './calendar.ts';
import type { Newsroom } from './newsroom.ts';

/** More examples cost tokens in every question and teach little more. */
const EXAMPLES = 5;

/** What editors taught, as it holds for one edition. */
export type HouseStyle = {
  /** The rules they accepted, oldest first. */
  rules: StyleRule[];
  /** What the model's prompt has beside its own text; the same all day, so that the same question stays the same. */
  lesson: string;
};

/**
 * The rules accepted so far, and the newest changed briefs of earlier days as examples. What is changed today teaches
 * from tomorrow: a prompt that changed during the day would have everything asked and paid for again.
 */
export async function houseStyle(room: Newsroom, date: string): Promise<HouseStyle> {
  const accepted = await room.store.styleRules();
  const rules = accepted.map(({ rule }) => rule);
  const morning = endOfDay(room.config.timezone, addDays(date, -1));
  const before = (await room.store.stylePairs()).filter(({ at }) => at < morning);
  const earlier = accepted.filter(({ at }) => at < morning).map(({ rule }) => rule);
  const lesson = styleLesson(before.slice(-EXAMPLES).toReversed(), earlier);
  return { rules, lesson };
}

/** The model's desk with what editors taught; its version tells that the prompt is another. */
export function taughtDesk(desk: ModelDesk, { lesson }: Pick<HouseStyle, 'lesson'>): ModelDesk {
  if (lesson === '') return desk;
  const { text, version } = desk.prompt;
  const taught = {
    text: `${text}\n\n${lesson}`,
    version: hashOf(`${version}\0${lesson}`).slice(0, version.length),
  };
  return { ...desk, prompt: taught };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Keeps what an editor made of a published brief; nothing when it is the same but for blanks. */
export async function keepPair(room: Newsroom, pair: Omit<StylePair, 'at'>): Promise<boolean> {
  const { date, storyId, before, after } = pair;
  const isChanged = (['headline', 'summary'] as const).some(
    (field) => before[field].replace(/\s+/g, '') !== after[field].replace(/\s+/g, ''),
  );
  if (!isChanged || after.headline.trim() === '' || after.summary.trim() === '') return false;
  await room.store.keepStylePair({ at: room.clock(), date, storyId, before, after });
  return true;
}

/** What became of an edited edition: `kept` changed items, `same`, and headlines nobody published. */
export type PairsKept =
  | { kind: 'read'; date: string; kept: number; same: number; unknown: string[] }
  | { kind: 'refused'; why: string };

/**
 * Reads an edition's Markdown that an editor has changed and keeps each changed item beside what was published: items
 * meet by their link, or by the headline where it stayed.
 */
export async function keepEditedEdition(room: Newsroom, text: string, date?: string): Promise<PairsKept> {
  const reading = readEditionMarkdown(text);
  if (reading.kind === 'unreadable') return { kind: 'refused', why: reading.why };
  const day = date ?? reading.edition.date;
  const published = await room.store.edition(day);
  if (published === undefined) return { kind: 'refused', why: `没有 ${day} 的日报可以对照` };
  // What readers saw, read in the same way: what only the form of Markdown changes is no change.
  const seen = readEditionMarkdown(published.asWritten ?? renderMarkdown(published));
  const before = seen.kind === 'read' ? seen.edition.sections.flatMap(({ items }) => items) : [];
  const stories = published.sections.flatMap(({ items }) => items.map(({ brief }) => brief));
  const result = { kind: 'read' as const, date: day, kept: 0, same: 0, unknown: [] as string[] };
  for (const item of reading.edition.sections.flatMap(({ items }) => items)) {
    const at = before.findIndex((one) => isSameItem(one, item));
    const [old, story] = [before[at], stories[at]];
    if (old === undefined || story === undefined) {
      result.unknown.push(item.headline);
      continue;
    }
    const textOf = ({ headline, summary }: WrittenItem) => ({ headline, summary });
    const pair = { date: day, storyId: story.storyId, before: textOf(old), after: textOf(item) };
    if (await keepPair(room, pair)) result.kept += 1;
    else result.same += 1;
  }
  return result;
}

function isSameItem(one: WrittenItem, other: WrittenItem): boolean {
  if (one.url !== undefined && other.url !== undefined)
    return canonicalUrl(one.url) === canonicalUrl(other.url);
  return one.headline === other.headline;
}

/** The rules that the kept pairs speak for and that change no fact of any of them; the same pairs give the same list. */
export async function proposeRules(room: Newsroom): Promise<Proposal[]> {
  const pairs = await room.store.stylePairs();
  const known = (await room.store.styleRules()).map(({ rule }) => rule);
  const { writing, segment } = room.editorial;
  const isSafe = (rule: StyleRule) =>
    pairs.every(({ before: { headline, summary } }) =>
      [headline, summary].every((text) => {
        const said = saidBy([rule], text, writing, segment);
        if (said === text) return true;
        const source = { id: 'before', title: '', text };
        return (
          isSameNews(text, said, writing) &&
          checkFacts({ headline: '', summary: said }, [source], writing.facts).every(({ ok }) => ok)
        );
      }),
    );
  return learnStyle(pairs, known, { segment, isSafe, house: writing.style.length });
}

import type { Edition, Item } from '../domain/edition.ts';
import { Problem } from '../domain/problem.ts';
import type { Decision, Ruling } from '../domain/ruling.ts';
import type { StoryFile } from '../domain/story.ts';
import { visibleLength } from '../text/length.ts';
import { repairTypography } from '../text/typography.ts';
import { checkFacts } from '../write/facts.ts';
import { factSourcesOf } from '../write/prove-brief.ts';
import type { Style } from '../write/style.ts';
import { keepPair } from './house-style.ts';
import { withLease } from './lease.ts';
import { newRun } from './new-run.ts';
import type { Newsroom } from './newsroom.ts';
import { contentHashOf, withCorrections } from './steps/compose.ts';

/** A decision over an edition that was printed. */
export type EditionDecision = Extract<Decision, { date: string }>;

/** What an editor wants of an item; what is not given stays as it is. */
export type Wish = { kind: 'correct'; headline?: string; summary?: string } | { kind: 'withdraw' };

/** A correction that was thought through and not made yet. */
export type PlannedCorrection = {
  decision: EditionDecision;
  item: Item;
  /** What the editor should look at again (Chinese). None of it stands in the way: the editor's word holds. */
  doubts: string[];
};

/**
 * What a wish comes to: typography repaired, every claim compared with the story's articles. Changes nothing.
 * @throws Problem correction-invalid when nothing would change
 */
export async function planCorrection(
  room: Newsroom,
  edition: Edition,
  item: Item,
  wish: Wish,
): Promise<PlannedCorrection> {
  const { brief } = item;
  const about = { storyId: brief.storyId, date: edition.date };
  if (wish.kind === 'withdraw') return { decision: { kind: 'withdraw', ...about }, item, doubts: [] };
  const headline = repaired(wish.headline) ?? brief.headline;
  const summary = repaired(wish.summary) ?? brief.summary;
  if (headline === brief.headline && summary === brief.summary)
    throw invalid('标题和摘要都没有变。 Neither headline nor summary would change.');
  return {
    decision: { kind: 'correct', ...about, headline, summary },
    item,
    doubts: [
      ...lengthDoubts(brief, { headline, summary }, room.editorial.writing.style.length),
      ...(await factDoubts(room, item, headline, summary)),
    ],
  };
}

type Words = { headline: string; summary: string };

function repaired(words: string | undefined): string | undefined {
  const clean = words === undefined ? '' : repairTypography(words.replace(/\s+/g, ' ')).trim();
  return clean === '' ? undefined : clean;
}

/** Of what was changed. */
function lengthDoubts(before: Words, { headline, summary }: Words, house: Style['length']): string[] {
  const doubt = (what: string, text: string, { least, most }: { least: number; most: number }) => {
    const length = visibleLength(text);
    return text === before.headline || text === before.summary
      ? []
      : length < least || length > most
        ? [`${what} ${length} 字，本刊通常 ${least}–${most} 字`]
        : [];
  };
  return [...doubt('标题', headline, house.headline), ...doubt('摘要', summary, house.summary)];
}

async function factDoubts(
  room: Newsroom,
  { brief }: Item,
  headline: string,
  summary: string,
): Promise<string[]> {
  const file: StoryFile | undefined = await room.store.story(brief.storyId);
  const sources = file === undefined ? [] : factSourcesOf(file, room.editorial.writing);
  if (sources.length === 0) return ['库里没有这一条的原文，没有核对事实'];
  return checkFacts({ headline, summary }, sources, room.editorial.writing.facts).flatMap((claim) =>
    claim.ok ? [] : claim.problems.map(({ message }) => `「${claim.claim}」${message}`),
  );
}

/**
 * Makes a correction: the ruling is kept and the edition gets a revision that says so. Asked again for the same, it
 * makes no second one. Bringing it to the channels is the next step, `publishEdition`.
 * @throws Problem correction-invalid | already-running
 */
export async function correctEdition(
  room: Newsroom,
  { decision, item }: Pick<PlannedCorrection, 'decision' | 'item'>,
  note: string,
): Promise<{ ruling: Ruling; edition: Edition; before: Item }> {
  const said = repaired(note);
  if (said === undefined)
    throw invalid('更正要写明错在哪里：--note。 Say what was wrong with --note: readers see it.');
  return withLease(room, 'newsroom', async () => {
    const same = (await room.store.rulings()).find(
      (one) => one.undoneAt === undefined && one.note === said && isSame(one.decision, decision),
    );
    const ruling =
      same ?? (await room.store.addRuling({ at: room.clock(), decision, note: said, traits: {} }));
    if (decision.kind === 'correct') {
      const { storyId, headline, summary } = item.brief;
      const after = { headline: decision.headline, summary: decision.summary };
      await keepPair(room, { date: decision.date, storyId, before: { headline, summary }, after });
    }
    const edition = await relay(room, decision.date);
    return { ruling, edition, before: item };
  });
}

/**
 * Takes a correction back: a revision as if it had never been made.
 * @throws Problem correction-invalid when there is none of that number; already-running
 */
export async function undoCorrection(room: Newsroom, n: number): Promise<Edition> {
  return withLease(room, 'newsroom', async () => {
    const ruling = (await room.store.rulings()).find((one) => one.n === n);
    if (ruling === undefined || !('date' in ruling.decision))
      throw invalid(`没有更正 #${n}。 No such correction.`);
    await room.store.undoRuling(n, room.clock());
    return relay(room, ruling.decision.date);
  });
}

function isSame(one: Decision, other: EditionDecision): boolean {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.every((key) => Reflect.get(one, key) === Reflect.get(other, key));
}

/** The newest approved revision with the corrections that stand now; a new revision when that reads otherwise. */
async function relay(room: Newsroom, date: string): Promise<Edition> {
  const newest = await room.store.edition(date);
  let last = newest;
  while (last?.status.kind === 'held')
    last = last.revision > 1 ? await room.store.edition(date, last.revision - 1) : undefined;
  if (newest === undefined || last === undefined)
    throw invalid(`${date} 没有发布过的日报。 No such edition.`);
  // The Markdown it was imported from says otherwise by now.
  const { asWritten: _, corrections, opening, deepReads, title, tagline, sections, ...kept } = last;
  const content = await withCorrections(room, {
    date,
    title,
    tagline,
    sections,
    ...(opening === undefined ? {} : { opening }),
    ...(deepReads === undefined ? {} : { deepReads }),
    ...(corrections === undefined ? {} : { corrections }),
  });
  const contentHash = contentHashOf(content);
  if (contentHash === last.contentHash) return last;
  const edition: Edition = { ...kept, ...content, revision: newest.revision + 1, contentHash };
  const now = room.clock();
  const run = newRun(date, now, now);
  await room.store.openRun(run);
  const made = content.corrections?.made.length ?? 0;
  const note = made === 0 ? '更正已撤销' : `更正 ${made} 处`;
  const subject = `${date}/r${edition.revision}`;
  await room.store.recordEdition(edition, {
    runId: run.id,
    step: 'compose',
    subject,
    outcome: 'done',
    note,
    at: now,
  });
  await room.store.endRun(run.id, 'posted', room.clock());
  return edition;
}

function invalid(message: string): Problem {
  return new Problem({
    code: 'correction-invalid',
    message,
    fix: '用 ribao show 日期 看这一期有哪些条目。 See the items with `ribao show DATE`.',
  });
}

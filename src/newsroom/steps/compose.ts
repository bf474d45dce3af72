import { createHash } from 'node:crypto';
import type { Brief } from '../../domain/brief.ts';
import type { Edition, EditionContent, HoldReason, Item } from '../../domain/edition.ts';
import type { RuledStory } from '../../domain/ruling.ts';
import type { Run } from '../../domain/run.ts';
import type { StoryFile, Verdict } from '../../domain/story.ts';
import { layCorrections } from '../../edit/lay-corrections.ts';
import { type Candidate, composeEdition } from '../../publish/compose-edition.ts';
import { guardEdition } from '../../publish/guard-edition.ts';
import { primarySource } from '../../sift/primary-source.ts';
import { subjectOf } from '../../sift/subject.ts';
import { writeOpening } from '../../write/opening.ts';
import { dateIn } from '../calendar.ts';
import type { Newsroom } from '../newsroom.ts';
import { quarantined } from '../quarantine.ts';
import type { StepResult, Tell } from '../tell.ts';
import { deepen, WORK_LABELS } from './deepen.ts';

export type Desk = {
  files: StoryFile[];
  verdicts: Verdict[];
  briefs: Map<string, Brief>;
  ruled: Map<string, RuledStory>;
};

/**
 * Makes the edition and lets the guard look at it. It becomes a new revision when it differs from the last one;
 * `fresh` says so. A dry run records nothing.
 */
export async function compose(
  room: Newsroom,
  run: Run,
  desk: Desk,
  options: { dryRun: boolean; madeFrom: string },
  tell: Tell,
): Promise<StepResult & { edition: Edition; fresh: boolean }> {
  tell({ kind: 'step-started', step: 'compose', total: 1 });
  const { edition: plan, guard } = room.config;
  const held = await quarantined(room, options.dryRun);
  const {
    leftOut,
    leads,
    content: chosen,
  } = composeEdition(candidatesOf(room, desk, held), {
    ...plan,
    familyOf: room.familyOf,
    date: run.date,
    sections: room.editorial.sectionPlan,
  });
  const opening = writeOpening(leads, room.editorial.writing);
  const { deepReads, failures } = await deepen(room, run, chosen, desk.files);
  const written: EditionContent = {
    ...chosen,
    ...(opening === undefined ? {} : { opening }),
    ...(deepReads.length === 0 ? {} : { deepReads }),
  };
  // What was corrected after publication stays corrected, whatever is written anew.
  const content = await withCorrections(room, written);
  const reasons = guardEdition(written, await sourceTally(room, run), guard);
  const contentHash = contentHashOf(content);
  const last = await room.store.edition(run.date);
  const fresh = last?.contentHash !== contentHash || (last.status.kind === 'held') !== reasons.length > 0;
  const edition: Edition = {
    ...content,
    revision: last ? last.revision + (fresh ? 1 : 0) : 1,
    contentHash,
    madeFrom: options.madeFrom,
    composedAt: run.startedAt,
    status: statusOf(reasons),
    leftOut,
    // What was withdrawn has been told all the same: it does not come back as news.
    articleIds: articleIdsOf(written, desk.files),
  };
  const items = content.sections.reduce((sum, section) => sum + section.items.length, 0);
  const note = `${items} 条，未入选 ${leftOut.length} 个${deepReads.length > 0 ? `，深读 ${deepReads.length} 篇` : ''}${reasons.length > 0 ? '，扣下' : ''}`;
  if (fresh && !options.dryRun)
    await room.store.recordEdition(edition, {
      runId: run.id,
      step: 'compose',
      subject: `${run.date}/r${edition.revision}`,
      outcome: 'done',
      note,
      at: room.clock(),
    });
  if (fresh || !last) return { done: items, failures, note, edition, fresh };
  // Readers see what they saw; what else was considered since then belongs into its ledger.
  const same = { ...last, leftOut, madeFrom: edition.madeFrom };
  if (!options.dryRun) await room.store.updateLedger(same);
  return { done: items, failures, note, edition: same, fresh };
}

/** The edition with the corrections that stand laid over it. */
export async function withCorrections(room: Newsroom, content: EditionContent): Promise<EditionContent> {
  const rulings = (await room.store.rulings()).filter(
    ({ decision }) => 'date' in decision && decision.date === content.date,
  );
  if (rulings.length === 0) return content;
  const ids = rulings.flatMap(({ decision }) => ('storyId' in decision ? [decision.storyId] : []));
  const dayOf = (at: number) => dateIn(room.config.timezone, at);
  const now = await room.store.resolveStories([...new Set(ids)]);
  const laid = layCorrections(content, rulings, dayOf, now);
  if (laid.corrections === undefined || laid.opening === undefined) return laid;
  // It rests on briefs that may read otherwise now, or be gone.
  const { opening: _, ...rest } = laid;
  const opening = writeOpening(leadsOf(laid), room.editorial.writing);
  return { ...rest, ...(opening === undefined ? {} : { opening }) };
}

/** The briefs, those of the title first. */
function leadsOf({ title, sections }: EditionContent): Brief[] {
  const isLead = ({ brief }: Item) => Number(title.includes(brief.headline));
  return sections
    .flatMap(({ items }) => items)
    .toSorted((one, other) => isLead(other) - isLead(one) || other.worth - one.worth)
    .map(({ brief }) => brief);
}

function candidatesOf(
  room: Newsroom,
  { files, verdicts, briefs, ruled }: Desk,
  held: ReadonlySet<string>,
): Candidate[] {
  const byStory = new Map(verdicts.map((verdict) => [verdict.storyId, verdict]));
  return files.flatMap((file): Candidate[] => {
    const verdict = byStory.get(file.story.id);
    if (verdict === undefined) return [];
    const ruling = ruled.get(file.story.id);
    return [
      {
        file,
        verdict,
        brief: briefs.get(file.story.id),
        company: subjectOf(file.articles, room.editorial.judging.findNames),
        ...primaryOf(room, file),
        onTrial: file.articles.every(({ sourceId }) => held.has(sourceId)),
        ...(ruling ? { ruling } : {}),
      },
    ];
  });
}

function primaryOf(room: Newsroom, { articles }: StoryFile): Pick<Candidate, 'primary'> {
  if (!room.config.edition.showPrimary) return {};
  const work = primarySource(articles, room.editorial.judging.worth.primary.hosts);
  return work === undefined ? {} : { primary: { label: WORK_LABELS[work.kind], url: work.url } };
}

function statusOf(reasons: HoldReason[]): Edition['status'] {
  return reasons.length > 0 ? { kind: 'held', reasons } : { kind: 'approved' };
}

/** How the run's sources ended, from its journal: a resumed run counts those asked before it was cut. */
async function sourceTally(room: Newsroom, run: Run): Promise<{ asked: number; failed: number }> {
  const lines = (await room.store.journal(run.id)).filter((line) => line.step === 'collect');
  return { asked: lines.length, failed: lines.filter((line) => line.outcome === 'failed').length };
}

const UNSEEN: ReadonlySet<string> = new Set(['worth', 'parts', 'evidence', 'newSentence']);

/** What readers see decides whether an edition is new: scores may wobble without a new revision. */
export function contentHashOf(content: EditionContent): string {
  const seen = JSON.stringify(content, (key, value: unknown) =>
    UNSEEN.has(key) ? undefined : inOrder(value),
  );
  return createHash('sha256').update(seen).digest('hex');
}

/** What comes back from the store has its keys in another order than what was just written; the content is the same. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function articleIdsOf(content: EditionContent, files: StoryFile[]): Record<string, string[]> {
  const inEdition = new Set(
    content.sections.flatMap((section) => section.items.map((item) => item.brief.storyId)),
  );
  return Object.fromEntries(
    files
      .filter((file) => inEdition.has(file.story.id))
      .map((file) => [file.story.id, file.articles.map((article) => article.id)]),
  );
}

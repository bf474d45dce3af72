import { createHash } from 'node:crypto';
import type { Brief } from '../../domain/brief.ts';
import type { RuledStory } from '../../domain/ruling.ts';
import type { Run } from '../../domain/run.ts';
import type { StoryFile, Verdict } from '../../domain/story.ts';
import type { KeptBrief } from '../../store/store.ts';
import { writeBrief } from '../../write/write-brief.ts';
import type { Newsroom } from '../newsroom.ts';
import type { StepResult, Tell } from '../tell.ts';
import { VERSION } from '../version.ts';

/** Writes a brief for every story that may be in the edition and has none from the same text. */
export async function write(
  room: Newsroom,
  run: Run,
  judged: { files: StoryFile[]; verdicts: Verdict[]; ruled: ReadonlyMap<string, RuledStory> },
  tell: Tell,
): Promise<StepResult & { briefs: Map<string, Brief> }> {
  const verdicts = new Map(judged.verdicts.map((verdict) => [verdict.storyId, verdict]));
  const wanted = judged.files.flatMap((file) => {
    const verdict = verdicts.get(file.story.id);
    const worthy = verdict && verdict.noise.kind === null && verdict.novelty.kind !== 'repeat';
    const useful = worthy || judged.ruled.get(file.story.id)?.accepted;
    return useful ? [{ file: whatIsNew(file), inputHash: inputHash(room, whatIsNew(file)) }] : [];
  });
  const known = await room.store.briefs(wanted.map(({ file }) => file.story.id));
  // A brief of other text than today's is none: it may tell what the publisher has since corrected.
  const kept = wanted.flatMap(({ file, inputHash }) => {
    const one = known.get(file.story.id);
    return one?.inputHash === inputHash ? [one] : [];
  });
  const keptIds = new Set(kept.map(({ brief }) => brief.storyId));
  const unwritten = wanted.filter(({ file }) => !keptIds.has(file.story.id));
  tell({ kind: 'step-started', step: 'write', total: unwritten.length });
  let mended = 0;
  const written = unwritten.flatMap(({ file, inputHash }): KeptBrief[] => {
    const one = writeBrief(file, room.editorial.writing);
    tell({ kind: 'step-advanced', step: 'write', subject: one?.brief.headline ?? file.story.id });
    mended += one !== undefined && one.refuted.length > 0 ? 1 : 0;
    return one ? [{ brief: one.brief, inputHash }] : [];
  });
  const note = `写成 ${written.length} 条，沿用 ${kept.length} 条${mended > 0 ? `，${mended} 条经核对改用原句` : ''}`;
  await room.store.recordBriefs(written, [
    { runId: run.id, step: 'write', subject: '*', outcome: 'done', note, at: room.clock() },
  ]);
  const briefs = new Map([...kept, ...written].map(({ brief }) => [brief.storyId, brief]));
  return { done: written.length, failures: [], note, briefs };
}

/** Of a story that was told before, the articles that came since: a follow-up is written from these. */
function whatIsNew(file: StoryFile): StoryFile {
  const before = new Set(file.told?.articleIds);
  const articles = file.articles.filter((article) => !before.has(article.id));
  return articles.length > 0 ? { ...file, articles } : file;
}

function inputHash(room: Newsroom, file: StoryFile): string {
  const input = file.articles.map(({ id, title, url, body, excerpt }) => [id, title, url, body, excerpt]);
  return createHash('sha256')
    .update(JSON.stringify([VERSION, room.editorial.fingerprint, file.story.joins, input]))
    .digest('hex');
}

import { createHash } from 'node:crypto';
import type { Brief } from '../../domain/brief.ts';
import type { RuledStory } from '../../domain/ruling.ts';
import type { Failure, Run } from '../../domain/run.ts';
import type { StoryFile, Verdict } from '../../domain/story.ts';
import type { KeptBrief } from '../../store/store.ts';
import { layStyle } from '../../write/lay-style.ts';
import { withoutOrders } from '../../write/model/orders.ts';
import { writeBrief } from '../../write/write-brief.ts';
import { foreseeCost } from '../foresee-cost.ts';
import { type HouseStyle, houseStyle, taughtDesk } from '../house-style.ts';
import type { Newsroom } from '../newsroom.ts';
import type { StepResult, Tell } from '../tell.ts';
import { VERSION } from '../version.ts';
import {
  type Attempt,
  attemptFailures,
  modelWriter,
  WRITTEN_PER_PLACE,
  writeWithModel,
} from '../write-with-model.ts';

/** A story that may be in the edition; `asked`: the model writes it, where there is one. */
type Wanted = { file: StoryFile; verdict: Verdict; asked: boolean; plainHash: string; modelHash: string };

/**
 * Writes a brief for every story that may be in the edition and has none from the same text: by the model where the
 * config wants it and its answer holds, else from the articles' own sentences. Kept as they come.
 */
export async function write(
  room: Newsroom,
  run: Run,
  judged: { files: StoryFile[]; verdicts: Verdict[]; ruled: ReadonlyMap<string, RuledStory> },
  tell: Tell,
): Promise<StepResult & { briefs: Map<string, Brief> }> {
  const llm = room.config.model?.writing ? room.openModel(run) : undefined;
  const style = await houseStyle(room, run.date);
  const desk = llm && taughtDesk(room.editorial.modelDesk(), style);
  const writer = llm && desk && modelWriter(llm, desk);
  const wanted = wantedStories(room, judged, writer, style);
  const { writing, segment } = room.editorial;
  const styled = (brief: Brief, file: StoryFile) => layStyle(brief, style.rules, file, writing, segment);
  const known = await room.store.briefs(wanted.map(({ file }) => file.story.id));
  // A brief of other text than today's is none: it may tell what the publisher has since corrected.
  const kept = wanted.flatMap(({ file, asked, plainHash, modelHash }) => {
    const one = known.get(file.story.id);
    const isSame = one && (one.inputHash === modelHash || (!asked && one.inputHash === plainHash));
    return isSame ? [one] : [];
  });
  const keptIds = new Set(kept.map(({ brief }) => brief.storyId));
  const unwritten = wanted.filter(({ file }) => !keptIds.has(file.story.id));
  tell({ kind: 'step-started', step: 'write', total: unwritten.length });
  const told = (one: Wanted, brief: Brief | undefined) =>
    tell({ kind: 'step-advanced', step: 'write', subject: brief?.headline ?? one.file.story.id });

  const foreseen = llm && (await foreseeCost(room, run, unwritten.filter(({ asked }) => asked).length));
  const byModel = new Map<string, KeptBrief>();
  const attempts = new Map<string, Attempt>();
  if (llm !== undefined && desk !== undefined) {
    const asked = unwritten.filter((one) => one.asked);
    const stories = asked.map(({ file, verdict }) => ({
      file,
      section: verdict.section.name,
      newSentence: verdict.novelty.newSentence,
    }));
    const hashes = new Map(asked.map(({ file, modelHash }) => [file.story.id, modelHash]));
    await writeWithModel(llm, desk, stories, async ({ file }, attempt) => {
      attempts.set(file.story.id, attempt);
      if (attempt.kind !== 'written') return;
      const one = { brief: styled(attempt.brief, file), inputHash: hashes.get(file.story.id) ?? '' };
      byModel.set(file.story.id, one);
      await room.store.recordBriefs([one], []);
      tell({ kind: 'step-advanced', step: 'write', subject: attempt.brief.headline });
    });
  }

  let mended = 0;
  const extracted = unwritten.flatMap((one): KeptBrief[] => {
    const attempt = attempts.get(one.file.story.id);
    if (attempt?.kind === 'written') return [];
    const written = writeBrief(llm ? withoutOrdersIn(one.file, room) : one.file, writing);
    told(one, written?.brief);
    mended += written !== undefined && written.refuted.length > 0 ? 1 : 0;
    if (written === undefined || written.brief.headline === '') return [];
    // What no model could answer today is written again when it can; what it got wrong is not asked again.
    const isFinal = attempt !== undefined && attempt.kind !== 'unanswered';
    const brief = styled(written.brief, one.file);
    return [{ brief, inputHash: isFinal ? one.modelHash : one.plainHash }];
  });
  // In the order of the stories, whichever answer came first.
  const written = unwritten.flatMap(({ file }) => {
    const one = byModel.get(file.story.id) ?? extracted.find(({ brief }) => brief.storyId === file.story.id);
    return one ? [one] : [];
  });
  const money = await foreseen?.words();
  const note = noteOf(written.length, kept.length, mended, [...attempts.values()], money);
  const failures: Failure[] = attemptFailures(
    unwritten.flatMap(({ file }) => attempts.get(file.story.id) ?? []),
  );
  await room.store.recordBriefs(extracted, [
    { runId: run.id, step: 'write', subject: '*', outcome: 'done', note, at: room.clock() },
  ]);
  const briefs = new Map([...kept, ...written].map(({ brief }) => [brief.storyId, brief]));
  return { done: written.length, failures, note, briefs };
}

function wantedStories(
  room: Newsroom,
  judged: { files: StoryFile[]; verdicts: Verdict[]; ruled: ReadonlyMap<string, RuledStory> },
  writer: string | undefined,
  style: HouseStyle,
): Wanted[] {
  const { maxItems, minWorth } = room.config.edition;
  const verdicts = new Map(judged.verdicts.map((verdict) => [verdict.storyId, verdict]));
  const useful = judged.files.flatMap((file) => {
    const verdict = verdicts.get(file.story.id);
    const accepted = judged.ruled.get(file.story.id)?.accepted !== undefined;
    const worthy = verdict && verdict.noise.kind === null && verdict.novelty.kind !== 'repeat';
    return verdict && (worthy || accepted) ? [{ file: whatIsNew(file), verdict, accepted }] : [];
  });
  const worthiest = (writer === undefined ? [] : useful)
    .filter(({ verdict, accepted }) => accepted || verdict.worth.score >= minWorth)
    .toSorted(
      (one, other) =>
        Number(other.accepted) - Number(one.accepted) || other.verdict.worth.score - one.verdict.worth.score,
    )
    .slice(0, Math.ceil(maxItems * WRITTEN_PER_PLACE));
  const places = new Map(worthiest.map(({ file }, place) => [file.story.id, place]));
  const isAsked = (id: string) => writer !== undefined && places.has(id);
  // The worthiest first: a ceiling of calls leaves out the others.
  return useful
    .toSorted(
      (one, other) =>
        (places.get(one.file.story.id) ?? places.size) - (places.get(other.file.story.id) ?? places.size),
    )
    .map(({ file, verdict }) => ({
      file,
      verdict,
      asked: isAsked(file.story.id),
      plainHash: inputHash(room, file, style),
      modelHash: inputHash(room, file, style, writer),
    }));
}

function withoutOrdersIn(file: StoryFile, room: Newsroom): StoryFile {
  const { findOrder } = room.editorial.modelDesk();
  return { ...file, articles: file.articles.map((article) => withoutOrders(article, findOrder)) };
}

function noteOf(
  written: number,
  kept: number,
  mended: number,
  attempts: readonly Attempt[],
  money: string | undefined,
): string {
  const count = (kind: Attempt['kind']) => attempts.filter((attempt) => attempt.kind === kind).length;
  const again = attempts.filter((attempt) => attempt.kind === 'written' && attempt.again).length;
  const orders = attempts.filter((attempt) => attempt.kind === 'unasked' && attempt.why === 'orders').length;
  const parts = [
    `写成 ${written} 条`,
    ...(attempts.length > 0
      ? [`其中模型 ${count('written')} 条${again > 0 ? `（返工 ${again} 条）` : ''}`]
      : []),
    ...(count('refused') > 0 ? [`${count('refused')} 条未过核对改用摘句`] : []),
    ...(count('unanswered') > 0 ? [`${count('unanswered')} 条模型没有答复改用摘句`] : []),
    ...(orders > 0 ? [`${orders} 条文中有写给模型的话，没有给模型看`] : []),
    `沿用 ${kept} 条`,
    ...(mended > 0 ? [`${mended} 条经核对改用原句`] : []),
    ...(money === undefined ? [] : [money]),
  ];
  return parts.join('，');
}

/** Of a story that was told before, the articles that came since: a follow-up is written from these. */
function whatIsNew(file: StoryFile): StoryFile {
  const before = new Set(file.told?.articleIds);
  const articles = file.articles.filter((article) => !before.has(article.id));
  return articles.length > 0 ? { ...file, articles } : file;
}

/** The text a brief is of, the rules, what editors taught, and for the model which one with which prompt, and what was told before. */
function inputHash(room: Newsroom, file: StoryFile, { rules }: HouseStyle, writer?: string): string {
  const input = file.articles.map(({ id, title, url, body, excerpt }) => [id, title, url, body, excerpt]);
  const more = writer === undefined ? [] : [writer, file.told?.date ?? '', file.told?.headline ?? ''];
  return createHash('sha256')
    .update(
      JSON.stringify([
        VERSION,
        room.editorial.fingerprint,
        file.story.joins,
        input,
        ...more,
        ...(rules.length > 0 ? [rules] : []),
      ]),
    )
    .digest('hex');
}

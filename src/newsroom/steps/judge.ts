import type { RuledStory } from '../../domain/ruling.ts';
import type { Run } from '../../domain/run.ts';
import type { StoryFile, Verdict } from '../../domain/story.ts';
import { rulingsByStory } from '../../edit/lay-rulings.ts';
import { learnTaste, sectionLean, tasteParts } from '../../edit/taste.ts';
import { traitsOf } from '../../edit/traits.ts';
import { judgeStories } from '../../sift/judge-stories.ts';
import { endOfDay } from '../calendar.ts';
import type { Newsroom } from '../newsroom.ts';
import { askAboutItems } from '../second-look.ts';
import type { StepResult, Tell } from '../tell.ts';
import { earlierTelling } from '../told.ts';
import type { Window } from '../window.ts';

/** The day's stories with what earlier editions said of them, a verdict for each, and what an editor ruled. */
export async function judge(
  room: Newsroom,
  run: Run,
  window: Window,
  tell: Tell,
): Promise<StepResult & { files: StoryFile[]; verdicts: Verdict[]; ruled: Map<string, RuledStory> }> {
  const stories = await room.store.stories(window.from, window.until);
  tell({ kind: 'step-started', step: 'judge', total: stories.length });
  const told = await earlierTelling(room, run.date);
  const files = stories.map(({ story, articles }): StoryFile => {
    const before = told.get(story.id);
    return { story, articles, ...(before ? { told: before } : {}) };
  });
  const { findNames } = room.editorial.judging;
  const rulings = await room.store.rulings();
  const taste = learnTaste(rulings);
  const own = judgeStories({
    files,
    sections: room.editorial.sections,
    sources: new Map(room.sources.map((source) => [source.id, source])),
    familyOf: room.familyOf,
    models: room.models(),
    taste: (verdict, articles) => {
      const traits = traitsOf(verdict, articles, findNames);
      return { worth: tasteParts(taste, traits), sections: sectionLean(taste, traits) };
    },
    // The day's end rather than this minute: a second look at the same stories must weigh them the same.
    cutoffAt: endOfDay(room.config.timezone, run.date),
    rules: room.editorial.judging,
  });
  const model = room.config.model?.secondReader ? room.openModel(run) : undefined;
  const { verdicts, failures } = model
    ? await askAboutItems(room, model, files, own)
    : { verdicts: own, failures: [] };
  const noise = verdicts.filter((verdict) => verdict.noise.kind !== null).length;
  const note = `${verdicts.length} 个故事，噪音 ${noise} 个`;
  await room.store.recordVerdicts(run.date, verdicts, [
    { runId: run.id, step: 'judge', subject: '*', outcome: 'done', note, at: room.clock() },
  ]);
  const ids = rulings.flatMap(({ decision }) => ('storyId' in decision ? [decision.storyId] : []));
  const ruled = rulingsByStory(rulings, await room.store.resolveStories([...new Set(ids)]));
  return { done: verdicts.length, failures, note, files, verdicts, ruled };
}

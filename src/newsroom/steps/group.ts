import type { Failure, Run } from '../../domain/run.ts';
import { learnTaste } from '../../edit/taste.ts';
import { groupArticles } from '../../sift/group-articles.ts';
import type { GroupOptions } from '../../sift/story-window.ts';
import { DAY_MS } from '../calendar.ts';
import type { Newsroom } from '../newsroom.ts';
import { decidedPairs, pairKey } from '../rulings.ts';
import { askAboutPairs, embeddingEvidence } from '../second-look.ts';
import type { StepResult, Tell } from '../tell.ts';
import type { Window } from '../window.ts';

/**
 * Puts every article of the window that has no story into one: an open story of the last days, or a new one.
 * One transaction: a run killed here has grouped all or nothing, so that order never depends on where it was cut.
 */
export async function group(room: Newsroom, run: Run, window: Window, tell: Tell): Promise<StepResult> {
  const fresh = await room.store.ungrouped(window.from, window.until);
  tell({ kind: 'step-started', step: 'group', total: fresh.length });
  if (fresh.length === 0) return { done: 0, failures: [], note: '没有新文章要归组' };
  const lookback = window.until - room.config.edition.lookbackDays * DAY_MS;
  const open = await room.store.stories(Math.min(lookback, window.from), window.until);
  const taste = learnTaste(await room.store.rulings());
  const certain = await decidedPairs(room);
  const model = room.openModel(run);
  const failures: Failure[] = [];
  const articles = new Map([...open.flatMap((file) => file.articles), ...fresh].map((one) => [one.id, one]));
  const options: GroupOptions = { lean: taste.grouping, decided: certain };
  if (model && room.config.model?.embeddings) {
    const evidence = await embeddingEvidence(model, [...articles.values()]);
    options.further = evidence.further;
    failures.push(...evidence.failures.map((message) => modelFailure(message)));
  }
  const put = () =>
    groupArticles({ fresh, open, tools: room.editorial.groupTools(), models: room.models(), options });
  let grouping = put();
  if (model && room.config.model?.secondReader && grouping.unsure.length > 0) {
    const read = await askAboutPairs(model, grouping.unsure, articles);
    failures.push(...read.failures);
    // An editor's word stands above the reader's.
    options.decided = (left, right) => certain(left, right) ?? read.said.get(pairKey(left, right));
    grouping = put();
  }
  const { stories, changes } = grouping;
  const known = new Set(open.map(({ story }) => story.id));
  const opened = stories.filter((story) => !known.has(story.id)).length;
  const note = `${fresh.length} 篇文章：新开 ${opened} 个故事，并入已有故事 ${stories.length - opened} 个${
    changes.length > 0 ? `，合并故事 ${changes.length} 对` : ''
  }`;
  await room.store.recordStories(
    stories,
    [{ runId: run.id, step: 'group', subject: '*', outcome: 'done', note, at: room.clock() }],
    changes,
  );
  return { done: fresh.length, failures, note };
}

function modelFailure(message: string): Failure {
  return { code: 'llm-unreachable', subject: 'embeddings', message, retryable: true };
}

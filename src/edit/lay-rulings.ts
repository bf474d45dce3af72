import type { RuledStory, Ruling } from '../domain/ruling.ts';

/** The rulings that hold, by story. `now`: where stories went that were merged since. */
export function rulingsByStory(
  rulings: readonly Ruling[],
  now: ReadonlyMap<string, string> = new Map(),
): Map<string, RuledStory> {
  const ruled = new Map<string, RuledStory>();
  for (const { decision, note, undoneAt } of rulings) {
    if (undoneAt !== undefined || !('storyId' in decision)) continue;
    const id = now.get(decision.storyId) ?? decision.storyId;
    const { accepted: _, rejected: __, ...rest } = ruled.get(id) ?? {};
    if (decision.kind === 'accept') ruled.set(id, { ...rest, accepted: { note } });
    if (decision.kind === 'reject') ruled.set(id, { ...rest, rejected: { note } });
    if (decision.kind === 'move') ruled.set(id, { ...ruled.get(id), section: decision.section });
  }
  return ruled;
}

/** Which articles an editor took out of which story, and which stories were put together: never undone by the desk. */
export function splitsOf(rulings: readonly Ruling[]): { storyId: string; articleIds: string[] }[] {
  return rulings.flatMap(({ decision, undoneAt }) =>
    decision.kind === 'split' && undoneAt === undefined
      ? [{ storyId: decision.storyId, articleIds: decision.articleIds }]
      : [],
  );
}

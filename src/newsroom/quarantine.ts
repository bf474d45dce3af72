import type { SourceState } from '../domain/source.ts';
import type { Newsroom } from './newsroom.ts';
import { scoreCard } from './score-card.ts';

const DAY_MS = 86_400_000;
/** What a new source must have shown: enough articles to judge by, most of them no noise and no repeats. */
const PROOF = { articles: 5, noiseShare: 0.5, duplicateShare: 0.5 };

/**
 * The standing of a source that was never asked before: a newsroom that has published keeps newcomers in quarantine; what
 * a new newsroom starts with was chosen by its editor.
 */
export async function standingOfNewcomers(room: Newsroom): Promise<'quarantine' | 'admitted'> {
  if (room.config.quarantineDays === 0) return 'admitted';
  const runs = await room.store.runs(RUNS_LOOKED_AT);
  const published = runs.some(({ state }) => state === 'published' || state === 'undelivered');
  return published ? 'quarantine' : 'admitted';
}

/** The latest runs say whether this newsroom ever published. */
const RUNS_LOOKED_AT = 500;

/**
 * The ids of sources whose articles are judged but not printed. Those that have proved themselves are let in, on record
 * unless this is a rehearsal.
 */
export async function quarantined(room: Newsroom, rehearsal: boolean): Promise<Set<string>> {
  const states = await room.store.sourceStates();
  const held = new Set<string>();
  for (const source of room.sources) {
    const state = states.get(source.id);
    if (state?.standing !== 'quarantine') continue;
    if (!(await hasProved(room, state))) held.add(source.id);
    else if (!rehearsal) await room.store.saveSourceState({ ...state, standing: 'admitted' });
  }
  return held;
}

async function hasProved(room: Newsroom, state: SourceState): Promise<boolean> {
  const source = room.sources.find(({ id }) => id === state.sourceId);
  const daysHere = (room.clock() - (state.firstAskedAt ?? room.clock())) / DAY_MS;
  if (source === undefined || daysHere < room.config.quarantineDays || state.failureStreak > 0) return false;
  const card = await scoreCard(room, source);
  return (
    card.articles >= PROOF.articles &&
    card.noiseShare <= PROOF.noiseShare &&
    card.duplicateShare <= PROOF.duplicateShare
  );
}

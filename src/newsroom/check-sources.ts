import pLimit from 'p-limit';
import type { Source, SourceOutcome } from '../domain/source.ts';
import { collectSource } from '../gather/collect-source.ts';
import { hideSecrets } from './config/secrets.ts';
import type { Newsroom } from './newsroom.ts';

/**
 * Asks these sources now, from scratch, and keeps nothing: for an editor who wants to know whether they work. Hosts at
 * rest and sources that asked for patience are not asked.
 */
export async function checkSources(
  room: Newsroom,
  sources: readonly Source[],
): Promise<{ source: Source; outcome: SourceOutcome }[]> {
  const limit = pLimit(16);
  const states = await room.store.sourceStates();
  const resting = new Map(
    (await room.store.restingHosts(room.clock())).map(({ host, until }) => [host, until]),
  );
  return Promise.all(
    sources.map((source) =>
      limit(async () => {
        const waits = [states.get(source.id)?.notBeforeAt, resting.get(URL.parse(source.url)?.host ?? '')];
        const state = {
          sourceId: source.id,
          failureStreak: 0,
          notBeforeAt: Math.max(0, ...waits.map((at) => at ?? 0)),
        };
        const { outcome } = await collectSource(source, state, { fetch: room.net.fetch, now: room.clock() });
        if (outcome.kind !== 'failed') return { source, outcome };
        return { source, outcome: { ...outcome, message: hideSecrets(outcome.message, room.secrets) } };
      }),
    ),
  );
}

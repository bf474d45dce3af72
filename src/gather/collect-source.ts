import type { Entry, Instant } from '../domain/article.ts';
import type { Source, SourceOutcome, SourceState } from '../domain/source.ts';
import { healthOf } from './health.ts';
import { nextPollAt } from './next-poll.ts';
import { usualGapOf } from './rhythm.ts';
import { optional } from './sources/raw-feed.ts';
import { sourceKind } from './sources/registry.ts';
import type { CollectDeps, Collected } from './sources/source-kind.ts';

const DAY_MS = 86_400_000;

/** Weekends and holidays make three days without news ordinary for any source. */
const SILENT_MIN_MS = 3 * DAY_MS;

/** A source that posts weekly is not silent after ten days; four of its own gaps without a word are unusual. */
const SILENT_GAPS = 4;

/** Longest wait we grant a Retry-After, so that one absurd header does not lose a source for good. */
const MAX_WAIT_MS = 7 * DAY_MS;

/**
 * Sources worth asking at the same time; each host is held to its own limit below this. 1,000 feeds with 50 ms latency
 * took 4.2 s and 2.3 s (nothing new) with 24, 3.9 s and 0.9 s with 64, 4.9 s and 0.5 s with 128.
 */
export const SOURCES_AT_ONCE = 64;

/** No outlet's link comes near it; what is longer would not fit into any message that leads there. */
const LONGEST_LINK = 4096;

export type Collection = { outcome: SourceOutcome; state: SourceState; entries: Entry[] };

/**
 * Asks one source what it lists now and remembers how that went. Ends in exactly one outcome, never throws for what
 * the source does. `new` carries `fresh: 0`: only the caller knows which entries it has not seen before.
 */
export async function collectSource(
  source: Source,
  state: SourceState,
  deps: CollectDeps,
): Promise<Collection> {
  const { now } = deps;
  if (state.notBeforeAt !== undefined && now < state.notBeforeAt) {
    const until = new Date(state.notBeforeAt).toISOString().slice(0, 16).replace('T', ' ');
    const message = `对方要求 ${until}（UTC）之前不要再请求，这次没有去问`;
    const outcome: SourceOutcome = { kind: 'failed', code: 'source-waiting', message, retryable: true };
    // Nobody was asked, so neither the streak nor the times change.
    return { outcome, state: { ...state, lastOutcome: outcome }, entries: [] };
  }
  const kind = sourceKind(source.kind);
  const collected: Collected = kind
    ? await kind.collect(source, state, deps)
    : {
        kind: 'failed',
        code: 'source-kind',
        message: `不认识的信息源类型「${source.kind}」，请改正配置`,
        retryable: false,
      };
  const asked = { ...state, sourceId: source.id, lastTriedAt: now, firstAskedAt: state.firstAskedAt ?? now };
  const collection = settle(collected, asked, now);
  const { health } = healthOf(collection.state, now);
  const pollAt = nextPollAt(collection.state, now, collected.kind === 'listed' ? collected.freshForMs : 0);
  return { ...collection, state: { ...collection.state, health, pollAt } };
}

function settle(collected: Collected, state: SourceState, now: Instant): Collection {
  if (collected.kind === 'failed') {
    const { retryAfterMs, ...outcome } = collected;
    const waitMs = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, MAX_WAIT_MS);
    const { notBeforeAt: _passed, ...rest } = state;
    const failed = {
      ...rest,
      failureStreak: state.failureStreak + 1,
      failingSince: state.failureStreak === 0 ? now : (state.failingSince ?? now),
      lastOutcome: outcome,
    };
    return { outcome, state: { ...failed, ...optional('notBeforeAt', waitMs && now + waitMs) }, entries: [] };
  }
  const { notBeforeAt: _passed, failingSince: _well, ...rest } = state;
  const memory = optional('memory', collected.memory ?? state.memory);
  const restMs = collected.restForMs === undefined ? undefined : Math.min(collected.restForMs, MAX_WAIT_MS);
  const pause = optional('notBeforeAt', restMs === undefined ? undefined : now + restMs);
  const ok = { ...rest, ...memory, ...pause, lastOkAt: now, failureStreak: 0 };
  if (collected.kind === 'unchanged') {
    // A feed that is never changed again answers 304 for ever: that is silence, too.
    const outcome = (collected.rests ? undefined : silence(state, now, collected.note)) ?? {
      kind: 'unchanged',
      ...optional('note', collected.note),
    };
    return { outcome, state: { ...ok, lastOutcome: outcome }, entries: [] };
  }
  const entries = collected.entries.filter(({ url }) => url.length <= LONGEST_LINK);
  const overlong = collected.entries.length - entries.length;
  const notes = [
    collected.note,
    overlong === 0 ? undefined : `${overlong} 条的链接超过 ${LONGEST_LINK} 个字符，已略去`,
  ];
  const note = notes.filter((one) => one !== undefined).join('；') || undefined;
  const { etag: _etag, lastModified: _lastModified, ...withoutValidators } = ok;
  const dates = datesOf(entries);
  const rhythm = {
    ...optional('lastNewAt', dates[0] ?? state.lastNewAt),
    ...optional('usualGapMs', usualGapOf(dates) ?? state.usualGapMs),
  };
  // Of entries without dates only the newsroom knows whether they are new.
  const outcome = (dates.length === 0 ? undefined : silence(rhythm, now, note)) ?? {
    kind: 'new',
    entries: entries.length,
    fresh: 0,
    ...optional('note', note),
  };
  return {
    outcome,
    entries,
    state: {
      ...withoutValidators,
      ...optional('etag', collected.etag),
      ...optional('lastModified', collected.lastModified),
      ...rhythm,
      lastOutcome: outcome,
    },
  };
}

/** `silent` when nothing new came for longer than the source's own rhythm explains. */
function silence(
  { lastNewAt, usualGapMs }: Pick<SourceState, 'lastNewAt' | 'usualGapMs'>,
  now: Instant,
  note: string | undefined,
): SourceOutcome | undefined {
  if (lastNewAt === undefined || usualGapMs === undefined) return undefined;
  if (now - lastNewAt <= Math.max(SILENT_MIN_MS, SILENT_GAPS * usualGapMs)) return undefined;
  return { kind: 'silent', lastNewAt, usualGapMs, ...optional('note', note) };
}

/** Newest first. */
function datesOf(entries: Entry[]): Instant[] {
  return entries
    .map((entry) => entry.publishedAt)
    .filter((at) => at !== undefined)
    .sort((a, b) => b - a);
}

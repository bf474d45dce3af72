import pLimit from 'p-limit';
import type { Failure, JournalEntry, Run } from '../../domain/run.ts';
import type { HostRest, Source, SourceEvent, SourceOutcome, SourceState } from '../../domain/source.ts';
import { collectSource, SOURCES_AT_ONCE } from '../../gather/collect-source.ts';
import { healthOf } from '../../gather/health.ts';
import { usualGapOf } from '../../gather/rhythm.ts';
import { optional } from '../../gather/sources/raw-feed.ts';
import { toArticle } from '../../gather/to-article.ts';
import { hideSecrets } from '../config/secrets.ts';
import type { Newsroom } from '../newsroom.ts';
import { standingOfNewcomers } from '../quarantine.ts';
import type { StepResult, Tell } from '../tell.ts';

/**
 * Asks every source that this run has not asked yet; `due`: only those whose own rhythm says that it is time. Each ends
 * with a recorded outcome; none stops the others.
 */
export async function collect(
  room: Newsroom,
  run: Run,
  tell: Tell,
  which: 'all' | 'due' = 'all',
): Promise<StepResult> {
  const asked = new Set(
    (await room.store.journal(run.id)).filter((line) => line.step === 'collect').map((line) => line.subject),
  );
  const states = await room.store.sourceStates();
  const isDue = ({ id }: Source) => which === 'all' || (states.get(id)?.pollAt ?? 0) <= run.startedAt;
  const sources = room.sources.filter((source) => !asked.has(source.id) && isDue(source));
  const newcomer = await standingOfNewcomers(room);
  const resting = new Map((await room.store.restingHosts(run.startedAt)).map((rest) => [rest.host, rest]));
  tell({ kind: 'step-started', step: 'collect', total: sources.length });
  const limit = pLimit(SOURCES_AT_ONCE);
  const harvests = await Promise.all(
    sources.map((source) =>
      limit(async () => {
        const known = states.get(source.id);
        const state = known ?? { sourceId: source.id, failureStreak: 0, standing: newcomer };
        const rest = resting.get(URL.parse(source.url)?.host ?? '');
        const harvest = await collectOne(room, run, source, rested(state, rest));
        tell({ kind: 'step-advanced', step: 'collect', subject: source.name });
        return harvest;
      }),
    ),
  );
  const failures = harvests.flatMap(({ source, outcome }) => toFailure(source, outcome));
  const fresh = harvests.reduce((sum, harvest) => sum + harvest.fresh, 0);
  return {
    done: harvests.length - failures.length,
    failures,
    note: `${harvests.length} 个来源，新文章 ${fresh} 篇`,
  };
}

/** A source on a host that is left alone waits as long as the host rests. */
function rested(state: SourceState, rest: HostRest | undefined): SourceState {
  if (rest === undefined) return state;
  return { ...state, notBeforeAt: Math.max(state.notBeforeAt ?? 0, rest.until) };
}

async function collectOne(room: Newsroom, run: Run, source: Source, before: SourceState) {
  const now = run.startedAt;
  const known = await withRhythm(room, before);
  const { outcome, state, entries } = await collectSource(source, known, { fetch: room.net.fetch, now });
  if (outcome.kind === 'failed' && outcome.code === 'page-blocked' && state.notBeforeAt !== undefined)
    await room.store.restHost({
      host: new URL(source.url).host,
      until: state.notBeforeAt,
      why: outcome.message,
    });
  const shown = withoutSecrets(outcome, room.secrets);
  const articles = entries.map((entry) => {
    const article = toArticle(entry, source);
    return { article, identities: [article.identity], entry };
  });
  const saved: SourceState = { ...state, lastOutcome: shown };
  const { fresh } = await room.store.recordCollection({
    state: saved,
    ...changeOf(before, saved, now),
    articles: articles.map(({ article, identities }) => ({ article, identities })),
    sightings: articles.map(({ article, entry }) => ({
      articleId: article.id,
      sourceId: source.id,
      url: entry.url,
      title: entry.title,
      seenAt: now,
      ...(entry.engagement === undefined ? {} : { engagement: entry.engagement }),
    })),
    journal: (count) => ({
      runId: run.id,
      step: 'collect',
      subject: source.id,
      outcome: journalWord(outcome),
      note: describeOutcome(shown, count),
      at: room.clock(),
    }),
  });
  return { source, outcome: shown, fresh };
}

/**
 * A source that dates nothing, or lists only what is new, shows no rhythm in one answer; its articles of the past do.
 * Those that came at one time count as one.
 */
async function withRhythm(room: Newsroom, state: SourceState): Promise<SourceState> {
  if (state.usualGapMs !== undefined && state.memory === undefined) return state;
  const articles = await room.store.articlesOfSource(state.sourceId, RHYTHM_ARTICLES);
  const moments = [...new Set(articles.map(({ publishedAt }) => publishedAt))].toSorted((a, b) => b - a);
  return {
    ...state,
    ...optional('lastNewAt', moments[0] ?? state.lastNewAt),
    ...optional('usualGapMs', usualGapOf(moments) ?? state.usualGapMs),
  };
}

const RHYTHM_ARTICLES = 20;

/** The change of health that this visit brought; a newcomer's first good day is none. */
function changeOf(before: SourceState, after: SourceState, now: number): { event?: SourceEvent } {
  const [was = 'new', is = 'new'] = [before.health, after.health];
  if (was === is || (was === 'new' && is === 'healthy')) return {};
  const { why } = healthOf(after, now);
  return { event: { at: now, sourceId: after.sourceId, before: was, after: is, why } };
}

/** A source that asked to be left alone until later was not asked: that is no failure of today's. */
function journalWord(outcome: SourceOutcome): JournalEntry['outcome'] {
  if (outcome.kind !== 'failed') return 'done';
  return outcome.code === 'source-waiting' ? 'skipped' : 'failed';
}

function withoutSecrets(outcome: SourceOutcome, secrets: string[]): SourceOutcome {
  if (outcome.kind === 'failed') return { ...outcome, message: hideSecrets(outcome.message, secrets) };
  return outcome.note === undefined ? outcome : { ...outcome, note: hideSecrets(outcome.note, secrets) };
}

function toFailure(source: Source, outcome: SourceOutcome): Failure[] {
  if (outcome.kind !== 'failed') return [];
  const { code, message, retryable } = outcome;
  return [{ code, subject: source.id, message, retryable }];
}

/** One line about how a source ended, for the journal and for `status`. */
export function describeOutcome(outcome: SourceOutcome, fresh: number): string {
  switch (outcome.kind) {
    case 'new':
      return `${outcome.entries} 条，新 ${fresh} 篇${outcome.note ? `（${outcome.note}）` : ''}`;
    case 'unchanged':
      return `没有变化${outcome.note ? `（${outcome.note}）` : ''}`;
    case 'silent':
      return `久无新文：通常每 ${hours(outcome.usualGapMs)} 一篇，最近一篇在 ${new Date(outcome.lastNewAt).toISOString().slice(0, 10)}`;
    case 'failed':
      return `${outcome.code}：${outcome.message}`;
  }
}

function hours(ms: number): string {
  const count = ms / 3_600_000;
  return count < 48 ? `${Math.max(1, Math.round(count))} 小时` : `${Math.round(count / 24)} 天`;
}

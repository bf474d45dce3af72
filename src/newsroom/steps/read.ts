import pLimit from 'p-limit';
import type { Article } from '../../domain/article.ts';
import type { Failure, Run } from '../../domain/run.ts';
import { type ReadOutcome, readArticle } from '../../gather/read-article.ts';
import { HOUR_MS } from '../calendar.ts';
import type { Newsroom } from '../newsroom.ts';
import type { StepResult, Tell } from '../tell.ts';
import type { Window } from '../window.ts';

/** Pages under way at the same time: enough to keep two reading threads busy while the network waits. */
const AT_ONCE = 16;

/** A page that could not be had is left alone for so long: a host in trouble needs no hammering, nor an editor a wait. */
const TRY_AGAIN_MS = HOUR_MS;

/**
 * Reads every page of the window that this run has not tried yet. A page that cannot be had leaves the source's own
 * text in its place and says so; a host that asks for a captcha is left alone for the rest of the run.
 */
export async function read(room: Newsroom, run: Run, window: Window, tell: Tell): Promise<StepResult> {
  const tried = new Set(
    (await room.store.journal(run.id)).filter((line) => line.step === 'read').map((line) => line.subject),
  );
  const unread = await room.store.unreadArticles(window.from, window.until, run.startedAt - TRY_AGAIN_MS);
  const articles = unread.filter((article) => !tried.has(article.id));
  tell({ kind: 'step-started', step: 'read', total: articles.length });
  const limit = pLimit(AT_ONCE);
  const blockedHosts = new Set<string>();
  const outcomes = await Promise.all(
    articles.map((article) =>
      limit(async () => {
        const outcome = await readOne(room, run, article, blockedHosts);
        if (outcome.kind === 'blocked') blockedHosts.add(outcome.host);
        await record(room, run, outcome);
        tell({ kind: 'step-advanced', step: 'read', subject: article.title });
        return outcome;
      }),
    ),
  );
  const failures = outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : []));
  const pages = outcomes.filter(({ article }) => article.body.kind === 'page').length;
  const gone = outcomes.filter((outcome) => outcome.kind === 'gone').length;
  return {
    done: outcomes.length - failures.length,
    failures,
    note: `原文 ${pages} 篇，用订阅文字 ${outcomes.length - pages - gone} 篇，已删 ${gone} 篇`,
  };
}

async function readOne(
  room: Newsroom,
  run: Run,
  article: Article,
  blockedHosts: ReadonlySet<string>,
): Promise<ReadOutcome> {
  const source = room.sources.find(({ id }) => id === article.sourceId);
  if (source?.fullText === 'feed') return { kind: 'read', article: asFeedText(article), identities: [] };
  const host = new URL(article.url).host;
  if (blockedHosts.has(host)) {
    const message = `${host} 刚要求验证，本次不再打扰`;
    const failure: Failure = { code: 'page-blocked', subject: article.url, message, retryable: true };
    return { kind: 'blocked', article, failure, host };
  }
  return readArticle(article, {
    fetch: room.net.fetch,
    readPage: (input) => room.pages().read(input),
    now: run.startedAt,
  });
}

function asFeedText(article: Article): Article {
  return { ...article, body: { kind: 'feed', text: article.excerpt, why: '来源设为只用订阅文字' } };
}

async function record(room: Newsroom, run: Run, outcome: ReadOutcome): Promise<void> {
  const article = afterReading(outcome);
  await room.store.recordReading({
    article,
    identities: outcome.kind === 'read' ? outcome.identities : [],
    readAt: run.startedAt,
    journal: {
      runId: run.id,
      step: 'read',
      subject: article.id,
      outcome: 'failure' in outcome ? 'failed' : 'done',
      note: noteOf(outcome),
      at: room.clock(),
    },
  });
}

/** What may succeed later is marked for another try; the source's own text serves until then. */
function afterReading(outcome: ReadOutcome): Article {
  if (!('failure' in outcome) || !outcome.failure.retryable) return outcome.article;
  const { article, failure } = outcome;
  const text = article.body.kind === 'feed' ? article.body.text : article.excerpt;
  return { ...article, body: { kind: 'feed', text, why: failure.message, again: true } };
}

function noteOf(outcome: ReadOutcome): string {
  if (outcome.kind === 'gone') return outcome.why;
  if ('failure' in outcome) return `${outcome.failure.code}：${outcome.failure.message}`;
  return outcome.article.body.kind === 'page' ? outcome.article.body.extractor : '订阅文字';
}

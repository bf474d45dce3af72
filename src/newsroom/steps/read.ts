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

/** How long a host rests that showed a captcha, and one that said we ask too often. ribao never tries to get round either. */
const CAPTCHA_REST_MS = 6 * HOUR_MS;
const LIMIT_REST_MS = HOUR_MS;

/** A page that could not be had is left alone for so long: a host in trouble needs no hammering, nor an editor a wait. */
const TRY_AGAIN_MS = HOUR_MS;

/**
 * Reads every page of the window that this run has not tried yet. A page that cannot be had leaves the source's own
 * text in its place and says so; a host that asks for a captcha is left alone for hours, in later runs too.
 */
export async function read(room: Newsroom, run: Run, window: Window, tell: Tell): Promise<StepResult> {
  const tried = new Set(
    (await room.store.journal(run.id)).filter((line) => line.step === 'read').map((line) => line.subject),
  );
  const unread = await room.store.unreadArticles(window.from, window.until, run.startedAt - TRY_AGAIN_MS);
  const articles = unread.filter((article) => !tried.has(article.id));
  tell({ kind: 'step-started', step: 'read', total: articles.length });
  const limit = pLimit(AT_ONCE);
  const resting = new Map((await room.store.restingHosts(run.startedAt)).map(({ host, why }) => [host, why]));
  const hosts = new Map<string, ReturnType<typeof pLimit>>();
  /** A slow host keeps few of the places busy while its pages wait for their turn. */
  const inTurn = <T>(host: string, task: () => Promise<T>) => {
    const own = hosts.get(host) ?? pLimit(room.config.network.perHost);
    hosts.set(host, own);
    return own(() => limit(task));
  };
  const outcomes = await Promise.all(
    articles.map((article) =>
      inTurn(URL.parse(article.url)?.host ?? '', async () => {
        const outcome = await readOne(room, run, article, resting);
        if (outcome.kind === 'blocked' && !resting.has(outcome.host)) {
          const { code, message: why } = outcome.failure;
          resting.set(outcome.host, why);
          const until = run.startedAt + (code === 'page-blocked' ? CAPTCHA_REST_MS : LIMIT_REST_MS);
          await room.store.restHost({ host: outcome.host, until, why });
        }
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
  resting: ReadonlyMap<string, string>,
): Promise<ReadOutcome> {
  const source = room.sources.find(({ id }) => id === article.sourceId);
  if (source?.fullText === 'feed') return { kind: 'read', article: asFeedText(article), identities: [] };
  const host = new URL(article.url).host;
  const why = resting.get(host);
  if (why !== undefined) {
    const message = `${host} 正在休息（${why}），这次不去打扰`;
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

import type { Entry } from '../../domain/article.ts';
import type { Source, SourceState } from '../../domain/source.ts';
import { decodeText } from '../decode-text.ts';
import { htmlToText } from '../html-text.ts';
import { BLOCKED, MAX_FAILURE_PAGE_BYTES, signIn } from '../pages/page-signs.ts';
import { parseFeedText } from './parse-feed.ts';
import { optional, type RawItem } from './raw-feed.ts';
import { type CollectDeps, type Collected, failed } from './source-kind.ts';

/** What a kind that is a feed with its own ways does otherwise. */
export type FeedWays = {
  url?: string;
  /** Mends an entry, or leaves it out. */
  mend?: (entry: Entry) => Entry | undefined;
  /** What is wrong, when an entry is the service's complaint rather than an article. */
  complaint?: (entry: Entry) => string | undefined;
  /** What this kind knows of its items that others do not: before they are made entries. */
  mendItem?: (item: RawItem) => RawItem;
  /** What the service says in place of a feed. */
  excuse?: (text: string) => string | undefined;
  /** Says that a feed without entries is no failure, and why. */
  emptyIsFine?: string;
};

/** A feed that says it is good for a week is still looked at every day. */
const MAX_TTL_MS = 24 * 3_600_000;

/** As long as a host rests whose page showed one. */
const CAPTCHA_REST_MS = 6 * 3_600_000;

/** Asks a feed address and reads what comes: RSS, Atom, RDF or JSON Feed. */
export async function askFeed(
  source: Source,
  state: SourceState,
  { fetch, now }: CollectDeps,
  ways: FeedWays = {},
): Promise<Collected> {
  const answer = await fetch({
    url: ways.url ?? source.url,
    accept: 'feed',
    ...optional('etag', state.etag),
    ...optional('lastModified', state.lastModified),
  });
  if (answer.kind === 'not-modified') return { kind: 'unchanged' };
  if (answer.kind === 'failed') return answer;
  const text = decodeText(answer.bytes, answer.headers['content-type']);
  const reading = await parseFeedText(text, {
    source,
    feedUrl: answer.url,
    now,
    ...optional('mendItem', ways.mendItem),
  });
  const validators = { ...optional('etag', answer.etag), ...optional('lastModified', answer.lastModified) };
  switch (reading.kind) {
    case 'entries': {
      const { mend, complaint } = ways;
      const wrong = complaint && reading.entries.map(complaint).find((words) => words !== undefined);
      if (wrong !== undefined) return failed('source-settings', wrong, false);
      const entries =
        mend === undefined ? reading.entries : reading.entries.flatMap((one) => mend(one) ?? []);
      if (entries.length > 0)
        return {
          kind: 'listed',
          entries,
          ...validators,
          ...optional('note', reading.note),
          ...optional('title', reading.title),
          ...optional('about', reading.about),
          freshForMs: Math.max(
            answer.freshForMs ?? 0,
            Math.min((reading.ttlMinutes ?? 0) * 60_000, MAX_TTL_MS),
          ),
        };
      if (reading.entries.length > 0) return { kind: 'unchanged', note: '没有合用的条目' };
      return failed('feed-empty', `没有可用的条目：${reading.note ?? ''}`, false);
    }
    case 'resting':
      return { kind: 'unchanged', rests: true, note: '源今日休息（源自己声明有不更新的日子），没有条目' };
    case 'empty':
      if (ways.emptyIsFine !== undefined) return { kind: 'unchanged', rests: true, note: ways.emptyIsFine };
      return failed('feed-empty', '订阅源是空的，一条内容也没有。若一直如此，请核对地址或换用别的源', true);
    case 'html': {
      const visible = htmlToText(text);
      const blocked =
        Buffer.byteLength(visible) > MAX_FAILURE_PAGE_BYTES ? undefined : signIn(visible, BLOCKED);
      if (blocked !== undefined)
        return {
          ...failed('page-blocked', `对方要求验证（${blocked}），先不去打扰`, true),
          retryAfterMs: CAPTCHA_REST_MS,
        };
      return failed(
        'feed-is-html',
        '这个地址给出的是网页而不是订阅源。请打开该网页查找 RSS 地址，再改正配置',
        false,
      );
    }
    case 'malformed': {
      const said = ways.excuse?.(text);
      const what =
        said === undefined
          ? '内容不是能读懂的 RSS、Atom 或 JSON Feed，可能已损坏，请核对地址'
          : `对方说：${said}`;
      return failed('feed-malformed', what, true);
    }
  }
}

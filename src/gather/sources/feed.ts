import { decodeText } from '../decode-text.ts';
import { parseFeedText } from './parse-feed.ts';
import { optional } from './raw-feed.ts';
import { failed, type SourceKind } from './source-kind.ts';

/**
 * `kind: feed` — an RSS, Atom, RDF or JSON Feed address. Bridges that turn WeChat accounts into feeds are this kind too.
 */
export const feed: SourceKind = {
  kind: 'feed',
  settings: {},
  async collect(source, state, { fetch, now }) {
    const answer = await fetch({
      url: source.url,
      accept: 'feed',
      ...optional('etag', state.etag),
      ...optional('lastModified', state.lastModified),
    });
    if (answer.kind === 'not-modified') return { kind: 'unchanged' };
    if (answer.kind === 'failed') return answer;
    const text = decodeText(answer.bytes, answer.headers['content-type']);
    const reading = await parseFeedText(text, { source, feedUrl: answer.url, now });
    const validators = { ...optional('etag', answer.etag), ...optional('lastModified', answer.lastModified) };
    switch (reading.kind) {
      case 'entries':
        if (reading.entries.length === 0)
          return failed('feed-empty', `没有可用的条目：${reading.note ?? ''}`, false);
        return { kind: 'listed', entries: reading.entries, ...validators, ...optional('note', reading.note) };
      case 'resting':
        return { kind: 'unchanged', note: '源今日休息（源自己声明有不更新的日子），没有条目' };
      case 'empty':
        return failed('feed-empty', '订阅源是空的，一条内容也没有。若一直如此，请核对地址或换用别的源', true);
      case 'html':
        return failed(
          'feed-is-html',
          '这个地址给出的是网页而不是订阅源。请打开该网页查找 RSS 地址，再改正配置',
          false,
        );
      case 'malformed':
        return failed(
          'feed-malformed',
          '内容不是能读懂的 RSS、Atom 或 JSON Feed，可能已损坏，请核对地址',
          true,
        );
    }
  },
};

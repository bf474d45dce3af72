import { z } from 'zod';
import { askFeed } from './ask-feed.ts';
import { defineKind, failed } from './source-kind.ts';

const settings = z.object({
  channel: z
    .string()
    .regex(/^UC[\w-]{22}$/, '频道 ID 以 UC 开头，共 24 个字符')
    .exactOptional(),
  playlist: z
    .string()
    .regex(/^[\w-]+$/)
    .exactOptional()
    .describe('UULF… 是不含短视频的 / UULF… leaves out Shorts'),
});

/**
 * `kind: youtube` — the newest videos of a channel or playlist, with their descriptions. The feed answers 404 or 500 for
 * days now and then; that passes and is never taken for an end.
 */
export const youtube = defineKind({
  kind: 'youtube',
  home: 'https://www.youtube.com/feeds/videos.xml',
  fullText: 'feed',
  settings,
  async collect(source, { channel, playlist }, state, deps) {
    const url = new URL(source.url);
    if (playlist !== undefined) url.searchParams.set('playlist_id', playlist);
    else if (channel !== undefined) url.searchParams.set('channel_id', channel);
    if (url.search === '') return failed('source-settings', 'youtube 来源要写 channel 或 playlist', false);
    const answer = await askFeed(source, state, deps, { url: url.href });
    if (answer.kind !== 'failed' || !/^http-(404|5\d\d)$/.test(answer.code)) return answer;
    const message = `${answer.message}。YouTube 的订阅源常有数日的假故障，多半会自己恢复`;
    return { ...answer, retryable: true, message };
  },
});

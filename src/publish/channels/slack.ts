import { z } from 'zod';
import { retryAfterMs } from '../../net/failure.ts';
import { fitTitle } from '../render/fit-title.ts';
import { headlineOf, linkingPen, oneLine, paragraphOf } from '../render/item-words.ts';
import type { Dialect } from '../render/split-edition.ts';
import { askOutlet, auth, busy, fieldOf, JSON_HEADERS, refused, said, unclear } from './ask-outlet.ts';
import { correctionsField, type DeliveryOutcome, type MessageChannel, type Outside } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z
  .strictObject({
    kind: z.literal('slack'),
    webhook: z.string().min(1).exactOptional().describe('Incoming Webhook 的地址 / the incoming webhook'),
    token: z.string().min(1).exactOptional().describe('机器人的令牌，xoxb- 开头，可以改消息 / a bot’s token'),
    channel: z.string().min(1).exactOptional().describe('频道编号，与 token 同用 / id of the channel'),
    apiBase: z.url().default('https://slack.com/api'),
    corrections: correctionsField,
  })
  .refine(
    ({ webhook, token, channel }) =>
      (webhook !== undefined) !== (token !== undefined && channel !== undefined),
    'webhook，或 token 与 channel，二者选一 / either webhook, or token and channel',
  );
type Config = z.infer<typeof schema>;

const BLOCKS = 48;
const SECTION_CHARS = 3000;
const HEADER_CHARS = 150;
/** The whole message; more is refused as `msg_blocks_too_long`. */
const MOST_CHARS = 12_000;

/** `<!channel>` and `<@U1>` are mentions: `<` never comes through. */
const escaped = (text: string) =>
  oneLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
/** Signs that mean emphasis at a word's edge become their full-width forms. */
const plain = (text: string) =>
  escaped(text).replace(/[*_~`]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const PEN = linkingPen(
  plain,
  (words, url) => `<${escaped(url).replaceAll('|', '%7C')}|${plain(words).replaceAll('|', '｜')}>`,
);

/** The head is plain text, which knows no entities. */
const withoutAngles = (text: string) => oneLine(text).replaceAll('<', '＜').replaceAll('>', '＞');
const GAP = '\n\n';
const DIALECT: Dialect = {
  title: (title, mark) =>
    `${fitTitle(withoutAngles(title), (one) => one.length + mark.length <= HEADER_CHARS)}${mark}`,
  tagline: PEN.text,
  opening: PEN.text,
  section: (name) => `*【${PEN.text(name)}】*`,
  item: (item) => `*${PEN.text(headlineOf(item))}*\n${paragraphOf(item, PEN)}`,
  gap: GAP,
  fits(text) {
    const blocks = text.split(GAP);
    return (
      blocks.length <= BLOCKS &&
      blocks.every((block) => block.length <= SECTION_CHARS) &&
      JSON.stringify(wrapped(text).blocks).length <= MOST_CHARS
    );
  },
};

function wrapped(text: string) {
  const [title = '', ...blocks] = text.split(GAP);
  return {
    text: escaped(title),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title || '日报' } },
      ...blocks.map((block) => ({ type: 'section', text: { type: 'mrkdwn', text: block } })),
    ],
  };
}

/** A Slack channel: blocks, through an incoming webhook, or by a bot whose messages can be edited later. */
export const slack: MessageChannel<typeof schema> = {
  kind: 'slack',
  schema,
  secrets: ['webhook', 'token'],
  paths: [],
  gapMs: 1100,
  repeatable: false,
  compose: (edition) => partsOf(edition, DIALECT, wrapped),
  notice: (title, lines) => noticeOf(title, lines, DIALECT, wrapped),
  send({ body }, config, outside) {
    const { webhook, channel } = config;
    if (webhook === undefined)
      return call('chat.postMessage', { channel, ...JSON.parse(body) }, config, outside);
    return askOutlet({ url: webhook, headers: JSON_HEADERS, body }, outside, (text) =>
      text.trim() === 'ok' ? { kind: 'delivered', where: 'Slack' } : refused(`Slack：${said(text)}`),
    );
  },
  edit(ref, { body }, config, outside) {
    const [channel, ts] = ref.split('/');
    return call('chat.update', { channel, ts, ...JSON.parse(body) }, config, outside);
  },
};

/** The Web API says in the body what it means, with status 200. Its name for a message is the channel's id and a time. */
async function call(
  method: string,
  fields: object,
  { token, apiBase }: Config,
  outside: Outside,
): Promise<DeliveryOutcome> {
  const url = `${apiBase.replace(/\/$/, '')}/${method}`;
  const headers = { ...JSON_HEADERS, authorization: `Bearer ${token}` };
  return askOutlet({ url, headers, body: JSON.stringify(fields) }, outside, (text, answered) => {
    const [channel, ts, error] = ['channel', 'ts', 'error'].map((key) => fieldOf(text, key));
    if (fieldOf(text, 'ok') === true) return { kind: 'delivered', where: 'Slack', ref: `${channel}/${ts}` };
    const words = `Slack：${said(String(error ?? text))}`;
    if (error === 'ratelimited' || error === 'rate_limited')
      return busy(words, retryAfterMs(answered['retry-after'], outside.now()));
    if (/auth|token|account_inactive|missing_scope|not_in_channel|channel_not_found/.test(String(error)))
      return auth(`${words}。核对 token、它的权限与 channel，并把机器人请进频道`);
    if (/internal_error|fatal_error|service_unavailable/.test(String(error)))
      return unclear(`${words}。请看一眼那里有没有`);
    return refused(words);
  });
}

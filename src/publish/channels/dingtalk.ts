import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { fitTitle } from '../render/fit-title.ts';
import { FULL_WIDTH_PEN, headlineOf, oneLine, paragraphOf } from '../render/item-words.ts';
import { bytesOf, type Dialect } from '../render/split-edition.ts';
import { askOutlet, auth, busy, fieldOf, JSON_HEADERS, refused, said } from './ask-outlet.ts';
import { correctionsField, type DeliveryOutcome, type MessageChannel } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('dingtalk'),
  webhook: z.string().min(1).describe('自定义机器人的 webhook 地址 / webhook of the custom robot'),
  secret: z.string().exactOptional().describe('加签的密钥，SEC 开头 / signing secret'),
  keyword: z.string().exactOptional().describe('机器人要求的关键词 / keyword the robot asks for'),
  corrections: correctionsField,
});
type Config = z.infer<typeof schema>;

const MOST_BYTES = 19_500;
/** The title is what the phone's notification shows. */
const TITLE_CHARS = 40;
const PEN = FULL_WIDTH_PEN;

function dialect(config: Config): Dialect {
  return {
    title: (title, mark) => `### ${PEN.text(`${title}${mark}${config.keyword ? ` ${config.keyword}` : ''}`)}`,
    tagline: (tagline) => `> ${PEN.text(tagline)}`,
    opening: PEN.text,
    section: (name) => `#### ${PEN.text(name)}`,
    // Two blanks before a line end: DingTalk joins lines otherwise.
    item: (item) => `**${PEN.text(headlineOf(item))}**  \n${paragraphOf(item, PEN)}`,
    gap: '\n\n',
    fits: (text) => bytesOf(JSON.stringify(wrapped(text))) <= MOST_BYTES,
  };
}

function wrapped(text: string) {
  const title = oneLine(text.split('\n')[0]?.replace(/^#+ /, '') ?? '');
  const short = fitTitle(title, (one) => Array.from(one).length <= TITLE_CHARS);
  return { msgtype: 'markdown', markdown: { title: short || '日报', text }, at: { isAtAll: false } };
}

/** A DingTalk group, through its custom robot: Markdown. */
export const dingtalk: MessageChannel<typeof schema> = {
  kind: 'dingtalk',
  schema,
  secrets: ['webhook', 'secret'],
  paths: [],
  // Twenty a minute; who sends more is muted for ten minutes.
  gapMs: 3100,
  repeatable: false,
  compose: (edition, config) => partsOf(edition, dialect(config), wrapped),
  notice: (title, lines, config) => noticeOf(title, lines, dialect(config), wrapped),
  send({ body }, { webhook, secret }, outside) {
    const url = new URL(webhook);
    if (secret !== undefined) {
      const now = outside.now();
      url.searchParams.set('timestamp', String(now));
      url.searchParams.set('sign', sign(secret, now));
    }
    return askOutlet({ url: url.href, headers: JSON_HEADERS, body }, outside, judge);
  },
};

/** The secret is the key; time in milliseconds and secret are the message. */
export function sign(secret: string, timeMs: number): string {
  return createHmac('sha256', secret).update(`${timeMs}\n${secret}`).digest('base64');
}

function judge(text: string): DeliveryOutcome {
  const code = fieldOf(text, 'errcode');
  if (code === 0) return { kind: 'delivered', where: '钉钉群' };
  const words = `钉钉 ${String(code)}：${said(text)}`;
  if (code === 130101 || code === 410100) return busy(words, 600_000);
  if (code === 310000) return auth(`${words}。签名、关键词或 IP 白名单不符：核对 secret、keyword 与本机时钟`);
  if (code === 300001 || code === 40035) return auth(`${words}。webhook 地址不对`);
  return refused(words);
}

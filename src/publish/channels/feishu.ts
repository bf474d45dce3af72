import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { FULL_WIDTH_PEN, fullWidthSigns, headlineOf, paragraphOf } from '../render/item-words.ts';
import { bytesOf, type Dialect } from '../render/split-edition.ts';
import { askOutlet, auth, busy, fieldOf, JSON_HEADERS, refused, said } from './ask-outlet.ts';
import { correctionsField, type DeliveryOutcome, type MessageChannel } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('feishu'),
  webhook: z.string().min(1).describe('自定义机器人的 webhook 地址 / webhook of the custom bot'),
  secret: z.string().exactOptional().describe('签名校验的密钥 / signing secret'),
  keyword: z.string().exactOptional().describe('机器人要求的关键词 / keyword the bot asks for'),
  corrections: correctionsField,
});
type Config = z.infer<typeof schema>;

/** The whole body may have 20 KB; time and signature come on top of the card. */
const MOST_BYTES = 19_000;
/** Card markdown knows no escapes: signs that mean something are written in full width. */
const PEN = FULL_WIDTH_PEN;

function dialect(config: Config): Dialect {
  return {
    // The title stands in the card's head; the first line carries it there.
    title: (title, mark) => fullWidthSigns(`${title}${mark}${config.keyword ? ` ${config.keyword}` : ''}`),
    tagline: PEN.text,
    opening: PEN.text,
    section: (name) => `**${PEN.text(name)}**`,
    item: (item) => `**${PEN.text(headlineOf(item))}**\n${paragraphOf(item, PEN)}`,
    gap: '\n\n',
    fits: (text) => bytesOf(JSON.stringify(card(text))) <= MOST_BYTES,
  };
}

/** Card JSON 2.0: unknown attributes are an error, so only these. */
function card(text: string) {
  const [title = '', ...rest] = text.split('\n\n');
  return {
    msg_type: 'interactive',
    card: {
      schema: '2.0',
      config: { update_multi: true },
      header: { template: 'red', title: { tag: 'plain_text', content: title } },
      body: { direction: 'vertical', elements: [{ tag: 'markdown', content: rest.join('\n\n') }] },
    },
  };
}

/** A Feishu or Lark group, through its custom bot: cards of Markdown. */
export const feishu: MessageChannel<typeof schema> = {
  kind: 'feishu',
  schema,
  secrets: ['webhook', 'secret'],
  paths: [],
  // Five a second are allowed, a hundred a minute.
  gapMs: 700,
  repeatable: false,
  compose: (edition, config) => partsOf(edition, dialect(config), card),
  notice: (title, lines, config) => noticeOf(title, lines, dialect(config), card),
  send({ body }, { webhook, secret }, outside) {
    const signed = secret === undefined ? {} : signature(secret, Math.floor(outside.now() / 1000));
    const whole = JSON.stringify({ ...signed, ...JSON.parse(body) });
    return askOutlet({ url: webhook, headers: JSON_HEADERS, body: whole }, outside, judge);
  },
};

/** Feishu's own way: time and secret are the key, the message is empty. */
export function signature(secret: string, seconds: number): { timestamp: string; sign: string } {
  const timestamp = String(seconds);
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}

function judge(text: string): DeliveryOutcome {
  const code = fieldOf(text, 'code') ?? fieldOf(text, 'StatusCode');
  if (code === 0) return { kind: 'delivered', where: '飞书群' };
  const words = `飞书 ${String(code)}：${said(text)}`;
  if (code === 11232) return busy(words, 60_000);
  if (code === 19021) return auth(`${words}。签名不对：核对 secret 与本机时钟`);
  if (code === 19022) return auth(`${words}。本机 IP 不在机器人的白名单里`);
  if (code === 19024) return auth(`${words}。机器人要求关键词：把它写进 keyword`);
  if (code === 19001) return auth(`${words}。webhook 地址不对或机器人已移除`);
  return refused(words);
}

import { z } from 'zod';
import { FULL_WIDTH_PEN, headlineOf, paragraphOf } from '../render/item-words.ts';
import { bytesOf, type Dialect } from '../render/split-edition.ts';
import { askOutlet, auth, busy, fieldOf, JSON_HEADERS, refused, said } from './ask-outlet.ts';
import { correctionsField, type DeliveryOutcome, type MessageChannel } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('wecom'),
  webhook: z.string().min(1).describe('群机器人（消息推送）的 webhook 地址 / webhook of the group robot'),
  corrections: correctionsField,
});

/** Bytes of the content, not characters. */
const MOST_BYTES = 4096;
const PEN = FULL_WIDTH_PEN;

const DIALECT: Dialect = {
  title: (title, mark) => `**${PEN.text(title)}**${mark}`,
  tagline: (tagline) => `> ${PEN.text(tagline)}`,
  opening: PEN.text,
  section: (name) => `<font color="info">${PEN.text(name)}</font>`,
  item: (item) => `**${PEN.text(headlineOf(item))}**\n${paragraphOf(item, PEN)}`,
  gap: '\n\n',
  fits: (text) => bytesOf(text) <= MOST_BYTES,
};

const wrapped = (content: string) => ({ msgtype: 'markdown', markdown: { content } });

/** A WeCom group, through its robot: Markdown of 4,096 bytes. */
export const wecom: MessageChannel<typeof schema> = {
  kind: 'wecom',
  schema,
  secrets: ['webhook'],
  paths: [],
  // Twenty a minute.
  gapMs: 3100,
  repeatable: false,
  compose: (edition) => partsOf(edition, DIALECT, wrapped),
  notice: (title, lines) => noticeOf(title, lines, DIALECT, wrapped),
  send: ({ body }, { webhook }, outside) =>
    askOutlet({ url: webhook, headers: JSON_HEADERS, body }, outside, judge),
};

function judge(text: string): DeliveryOutcome {
  const code = fieldOf(text, 'errcode');
  if (code === 0) return { kind: 'delivered', where: '企业微信群' };
  const words = `企业微信 ${String(code)}：${said(text)}`;
  if (code === 45009) return busy(words, 60_000);
  if (code === 93000) return auth(`${words}。webhook 的 key 不对或机器人已移除`);
  return refused(words);
}

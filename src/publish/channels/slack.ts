import { z } from 'zod';
import { fitTitle } from '../render/fit-title.ts';
import { headlineOf, linkingPen, oneLine, paragraphOf } from '../render/item-words.ts';
import type { Dialect } from '../render/split-edition.ts';
import { askOutlet, JSON_HEADERS, refused, said } from './ask-outlet.ts';
import type { MessageChannel } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('slack'),
  webhook: z.string().min(1).describe('Incoming Webhook 的地址 / the incoming webhook'),
});

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

/** A Slack channel, through an incoming webhook: blocks. */
export const slack: MessageChannel<typeof schema> = {
  kind: 'slack',
  schema,
  secrets: ['webhook'],
  paths: [],
  gapMs: 1100,
  repeatable: false,
  compose: (edition) => partsOf(edition, DIALECT, wrapped),
  notice: (title, lines) => noticeOf(title, lines, DIALECT, wrapped),
  send: ({ body }, { webhook }, outside) =>
    askOutlet({ url: webhook, headers: JSON_HEADERS, body }, outside, (text) =>
      text.trim() === 'ok' ? { kind: 'delivered', where: 'Slack' } : refused(`Slack：${said(text)}`),
    ),
};

import { z } from 'zod';
import { fitTitle } from '../render/fit-title.ts';
import { headlineOf, linkingPen, oneLine, paragraphOf } from '../render/item-words.ts';
import type { Dialect } from '../render/split-edition.ts';
import { busy, fieldOf, JSON_HEADERS, outcomeOf, said, unclear } from './ask-outlet.ts';
import { correctionsField, type DeliveryOutcome, type MessageChannel, type Outside } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('discord'),
  webhook: z.string().min(1).describe('频道 webhook 的地址 / the channel’s webhook'),
  thread: z.string().exactOptional().describe('帖子编号 / thread id'),
  corrections: correctionsField,
});
type Config = z.infer<typeof schema>;

const TITLE_CHARS = 256;
const DESCRIPTION_CHARS = 4096;

const escaped = (text: string) => oneLine(text).replace(/[\\*_`~|<>[\]()#@:-]/g, '\\$&');
const PEN = linkingPen(escaped, (words, url) => `[${escaped(words)}](${url})`);
const GAP = '\n\n';

const DIALECT: Dialect = {
  title: (title, mark) =>
    `${fitTitle(oneLine(title), (one) => one.length + mark.length <= TITLE_CHARS)}${mark}`,
  tagline: (tagline) => `*${PEN.text(tagline)}*`,
  opening: PEN.text,
  section: (name) => `**【${PEN.text(name)}】**`,
  item: (item) => `**${PEN.text(headlineOf(item))}**\n${paragraphOf(item, PEN)}`,
  gap: GAP,
  fits: (text) => text.slice(text.indexOf(GAP) + GAP.length).length <= DESCRIPTION_CHARS,
};

/** One embed a message: several with one address would be shown as one. Nobody is ever mentioned. */
function wrapped(text: string) {
  const [title = '', ...blocks] = text.split(GAP);
  return { embeds: [{ title, description: blocks.join(GAP) }], allowed_mentions: { parse: [] } };
}

/** A Discord channel, through a webhook: embeds that can be edited later. */
export const discord: MessageChannel<typeof schema> = {
  kind: 'discord',
  schema,
  secrets: ['webhook'],
  paths: [],
  gapMs: 1000,
  repeatable: false,
  compose: (edition) => partsOf(edition, DIALECT, wrapped),
  notice: (title, lines) => noticeOf(title, lines, DIALECT, wrapped),
  send({ body }, config, outside) {
    const url = addressOf(config, '');
    // Without `wait` later failures are silent, and there is no id.
    url.searchParams.set('wait', 'true');
    return call(url, 'POST', body, outside);
  },
  edit: (ref, { body }, config, outside) =>
    call(addressOf(config, `/messages/${encodeURIComponent(ref)}`), 'PATCH', body, outside),
};

function addressOf({ webhook, thread }: Config, path: string): URL {
  const url = new URL(webhook);
  url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
  if (thread !== undefined) url.searchParams.set('thread_id', thread);
  return url;
}

async function call(
  url: URL,
  method: 'POST' | 'PATCH',
  body: string,
  outside: Outside,
): Promise<DeliveryOutcome> {
  const answer = await outside.post({ url: url.href, method, headers: JSON_HEADERS, body });
  if (answer.kind === 'answered' && answer.status === 429) {
    const wait = fieldOf(answer.text, 'retry_after');
    return busy(
      `Discord：${said(answer.text)}`,
      typeof wait === 'number' ? Math.ceil(wait * 1000) : undefined,
    );
  }
  return outcomeOf(answer, outside.now(), (text) => {
    const id = fieldOf(text, 'id');
    return typeof id === 'string'
      ? { kind: 'delivered', where: 'Discord', ref: id }
      : unclear('Discord 的回音里没有编号，请看一眼那里有没有');
  });
}

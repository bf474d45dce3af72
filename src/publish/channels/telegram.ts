import { z } from 'zod';
import { headlineOf, linkingPen, oneLine, paragraphOf } from '../render/item-words.ts';
import type { Dialect } from '../render/split-edition.ts';
import { auth, busy, fieldOf, JSON_HEADERS, outcomeOf, refused, said, unclear } from './ask-outlet.ts';
import { correctionsField, type DeliveryOutcome, type MessageChannel, type Outside } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('telegram'),
  token: z.string().min(1).describe('BotFather 给的令牌 / the bot’s token'),
  chat: z.union([z.string().min(1), z.int()]).describe('@频道名或数字编号 / @channel or number'),
  thread: z.int().exactOptional().describe('话题编号 / topic of a forum group'),
  apiBase: z.url().default('https://api.telegram.org').describe('自建 Bot API 的地址 / own Bot API server'),
  corrections: correctionsField,
});
type Config = z.infer<typeof schema>;

/** UTF-16 units after the markup is read. */
const MOST_CHARS = 4096;
/** A message shows a hundred links and bold words; what is over is dropped in silence. */
const MOST_ENTITIES = 95;

const escaped = (text: string) =>
  oneLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const PEN = linkingPen(escaped, (words, url) => `<a href="${escaped(url)}">${escaped(words)}</a>`);

const DIALECT: Dialect = {
  title: (title, mark) => `<b>${PEN.text(title)}</b>${mark}`,
  tagline: (tagline) => `<i>${PEN.text(tagline)}</i>`,
  opening: PEN.text,
  section: (name) => `<b>【${PEN.text(name)}】</b>`,
  item: (item) => `<b>${PEN.text(headlineOf(item))}</b>\n${paragraphOf(item, PEN)}`,
  gap: '\n\n',
  fits: (text) =>
    shownLength(text) <= MOST_CHARS && (text.match(/<(?:a |b>|i>)/g)?.length ?? 0) <= MOST_ENTITIES,
};

function shownLength(text: string): number {
  return text.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot);/g, '&').length;
}

const wrapped = (text: string) => ({ text, parse_mode: 'HTML', link_preview_options: { is_disabled: true } });

/** A Telegram chat or channel, through a bot: HTML messages that can be edited later. */
export const telegram: MessageChannel<typeof schema> = {
  kind: 'telegram',
  schema,
  secrets: ['token'],
  paths: [],
  // Twenty a minute in a group.
  gapMs: 3100,
  repeatable: false,
  compose: (edition) => partsOf(edition, DIALECT, wrapped),
  notice: (title, lines) => noticeOf(title, lines, DIALECT, wrapped),
  send: ({ body }, config, outside) =>
    call('sendMessage', { ...addressOf(config), ...JSON.parse(body) }, config, outside),
  edit: (ref, { body }, config, outside) =>
    call(
      'editMessageText',
      { chat_id: config.chat, message_id: Number(ref), ...JSON.parse(body) },
      config,
      outside,
    ),
};

function addressOf({ chat, thread }: Config) {
  return { chat_id: chat, ...(thread === undefined ? {} : { message_thread_id: thread }) };
}

async function call(
  method: string,
  fields: object,
  { token, apiBase }: Config,
  outside: Outside,
): Promise<DeliveryOutcome> {
  const url = `${apiBase.replace(/\/$/, '')}/bot${token}/${method}`;
  const answer = await outside.post({ url, headers: JSON_HEADERS, body: JSON.stringify(fields) });
  // Telegram says in the body what it means, whatever the status.
  if (answer.kind !== 'answered' || fieldOf(answer.text, 'ok') === undefined)
    return outcomeOf(answer, outside.now(), () => unclear('Telegram 的回音看不懂，请看一眼那里有没有'));
  return judge(answer.text);
}

function judge(text: string): DeliveryOutcome {
  const id = fieldOf(text, 'result', 'message_id');
  if (fieldOf(text, 'ok') === true)
    return { kind: 'delivered', where: 'Telegram', ...(typeof id === 'number' ? { ref: String(id) } : {}) };
  const code = fieldOf(text, 'error_code');
  const description = String(fieldOf(text, 'description') ?? '');
  const words = `Telegram ${String(code)}：${said(description)}`;
  // An edit that changes nothing: what should stand there stands there.
  if (/message is not modified/.test(description)) return { kind: 'delivered', where: 'Telegram' };
  const wait = fieldOf(text, 'parameters', 'retry_after');
  if (code === 429) return busy(words, typeof wait === 'number' ? wait * 1000 : undefined);
  const moved = fieldOf(text, 'parameters', 'migrate_to_chat_id');
  if (moved !== undefined) return auth(`${words}。群已升级，chat 请改为 ${String(moved)}`);
  if (code === 401 || code === 403 || code === 404 || /chat not found/.test(description))
    return auth(`${words}。核对 token 与 chat，并确认机器人在群里`);
  return refused(words);
}

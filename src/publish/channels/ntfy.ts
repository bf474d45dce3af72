import { z } from 'zod';
import { plainDialect, titleAndBody } from '../render/plain-dialect.ts';
import { bytesOf } from '../render/split-edition.ts';
import { askOutlet, fieldOf, JSON_HEADERS, unclear } from './ask-outlet.ts';
import { correctionsField, type MessageChannel } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('ntfy'),
  server: z.url().default('https://ntfy.sh'),
  topic: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .describe('主题名，等于钥匙，不要太好猜 / the topic: as good as a key'),
  token: z.string().exactOptional().describe('访问令牌 / access token'),
  corrections: correctionsField,
});

/** Longer messages become a file. */
const MOST_BYTES = 4096;

const DIALECT = plainDialect((text) => bytesOf(text) <= MOST_BYTES);

/** ntfy: plain text to phones that follow a topic. */
export const ntfy: MessageChannel<typeof schema> = {
  kind: 'ntfy',
  schema,
  secrets: ['topic', 'token'],
  paths: [],
  // One every five seconds once the first sixty are spent.
  gapMs: 1000,
  repeatable: false,
  compose: (edition, { topic }) => partsOf(edition, DIALECT, (text) => wrapped(text, topic)),
  notice: (title, lines, { topic }) => noticeOf(title, lines, DIALECT, (text) => wrapped(text, topic)),
  send({ body }, { server, token }, outside) {
    const headers = { ...JSON_HEADERS, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    return askOutlet({ url: server, headers, body }, outside, (text) =>
      typeof fieldOf(text, 'id') === 'string'
        ? { kind: 'delivered', where: 'ntfy' }
        : unclear('ntfy 的回音里没有编号，请看一眼手机'),
    );
  },
};

function wrapped(text: string, topic: string) {
  const { title, body } = titleAndBody(text);
  return { topic, title, message: body };
}

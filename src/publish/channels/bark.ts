import { z } from 'zod';
import { plainDialect, titleAndBody } from '../render/plain-dialect.ts';
import { bytesOf } from '../render/split-edition.ts';
import { askOutlet, auth, fieldOf, JSON_HEADERS, refused, said } from './ask-outlet.ts';
import { correctionsField, type MessageChannel } from './channel.ts';
import { noticeOf, partsOf } from './compose-parts.ts';

const schema = z.strictObject({
  kind: z.literal('bark'),
  server: z.url().default('https://api.day.app'),
  key: z.string().min(1).describe('Bark 里的设备钥匙 / the device key'),
  corrections: correctionsField,
});

/** Apple's push messages have 4 KB, the server's own fields included. */
const MOST_BYTES = 3400;

const DIALECT = plainDialect((text) => bytesOf(JSON.stringify(wrapped(text))) <= MOST_BYTES);

function wrapped(text: string) {
  return { ...titleAndBody(text), group: '日报', isArchive: '1' };
}

/** Bark: plain text to an iPhone. */
export const bark: MessageChannel<typeof schema> = {
  kind: 'bark',
  schema,
  secrets: ['key'],
  paths: [],
  gapMs: 1000,
  repeatable: false,
  compose: (edition) => partsOf(edition, DIALECT, wrapped),
  notice: (title, lines) => noticeOf(title, lines, DIALECT, wrapped),
  send({ body }, { server, key }, outside) {
    const whole = JSON.stringify({ device_key: key, ...JSON.parse(body) });
    const url = `${server.replace(/\/$/, '')}/push`;
    return askOutlet({ url, headers: JSON_HEADERS, body: whole }, outside, (text) => {
      const code = fieldOf(text, 'code');
      if (code === 200) return { kind: 'delivered', where: 'Bark' };
      const words = `Bark ${String(code)}：${said(text)}`;
      return /device|key/i.test(text) ? auth(`${words}。核对设备钥匙 key`) : refused(words);
    });
  },
};

import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { EditionContent, Item } from '../../domain/edition.ts';
import { sectionsWithDeepReads } from '../render/deep-words.ts';
import { bytesOf, shorterForms, startOf } from '../render/split-edition.ts';
import { askOutlet } from './ask-outlet.ts';
import { correctionPart, correctionsField, type MessageChannel, type Part } from './channel.ts';

const schema = z.strictObject({
  kind: z.literal('webhook'),
  url: z.string().min(1).describe('收消息的地址 / where to post'),
  secret: z
    .string()
    .exactOptional()
    .describe('Standard Webhooks 密钥，whsec_ 开头 / signing secret, whsec_ and Base64'),
  corrections: correctionsField,
});

/** Standard Webhooks advises less than 20 KB. */
const MOST_BYTES = 19_500;
/** For what stands around the items: title, tagline, names of sections. */
const ENVELOPE = 3000;
const SECTION_CHARS = 60;

type Slice = EditionContent['sections'];

/** The item in ever fewer words: what readers see stays longest. */
function lighterForms(item: Item): Item[] {
  const shown = { ...item, parts: [], brief: { ...item.brief, evidence: [] } };
  return [item, ...shorterForms(shown)];
}

/** The edition's sections in slices that fit, cut between items. */
function slicesOf(content: EditionContent): Slice[] {
  const slices: Slice[] = [[]];
  for (const { name: fullName, items } of sectionsWithDeepReads(content)) {
    const name = startOf(fullName, SECTION_CHARS);
    for (const whole of items) {
      const forms = lighterForms(whole);
      const item =
        forms.find((form) => bytesOf(JSON.stringify(form)) < MOST_BYTES - ENVELOPE) ?? forms.at(-1) ?? whole;
      const current = slices.at(-1) ?? [];
      const last = current.at(-1);
      const here =
        last?.name === name
          ? [...current.slice(0, -1), { name, items: [...last.items, item] }]
          : [...current, { name, items: [item] }];
      if (current.length === 0 || bytesOf(JSON.stringify(here)) <= MOST_BYTES - ENVELOPE)
        slices[slices.length - 1] = here;
      else slices.push([{ name, items: [item] }]);
    }
  }
  return slices;
}

/**
 * Any program that takes JSON over HTTP, by Standard Webhooks 1.0: `webhook-id` stays the same at every attempt, so that
 * the receiver can drop what it has seen.
 */
export const webhook: MessageChannel<typeof schema> = {
  kind: 'webhook',
  schema,
  secrets: ['url', 'secret'],
  paths: [],
  gapMs: 0,
  repeatable: true,
  compose(edition): Part[] {
    const { date, revision, composedAt } = edition;
    const [title, tagline] = [startOf(edition.title, 200), startOf(edition.tagline, 200)];
    const opening = startOf(edition.opening ?? '', 200);
    const slices = slicesOf(edition);
    return slices.map((sections, n) => ({
      id: `${n + 1}`,
      body: JSON.stringify({
        type: 'edition.published',
        timestamp: new Date(composedAt).toISOString(),
        data: {
          date,
          revision,
          title,
          tagline,
          ...(opening === '' ? {} : { opening }),
          part: n + 1,
          of: slices.length,
          sections,
        },
      }),
    }));
  },
  correct: (edition, correction) => ({
    id: correctionPart(correction),
    body: JSON.stringify({
      type: 'edition.corrected',
      timestamp: new Date(correction.at).toISOString(),
      data: { date: edition.date, revision: edition.revision, correction },
    }),
  }),
  notice: (title, lines) => ({
    id: 'notice',
    body: JSON.stringify({ type: 'newsroom.alert', data: { title, lines } }),
  }),
  send({ body }, { url, secret }, outside) {
    const timestamp = String(Math.floor(outside.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'webhook-id': outside.key,
      'webhook-timestamp': timestamp,
      ...(secret === undefined
        ? {}
        : { 'webhook-signature': signature(secret, outside.key, timestamp, body) }),
    };
    return askOutlet({ url, headers, body }, outside, () => ({ kind: 'delivered', where: 'webhook' }));
  },
};

/** `v1,BASE64` of HMAC-SHA256 over `id.timestamp.body`. */
export function signature(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

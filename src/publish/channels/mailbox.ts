import { hash } from 'node:crypto';
import { z } from 'zod';
import { letterOutcome, troubleOutcome } from '../mail/letter-outcome.ts';
import { openSmtp } from '../mail/smtp.ts';
import { domainOf, SMTP_KEYS, senderOf, serverOf } from '../mail/smtp-keys.ts';
import { writeLetter } from '../mail/write-letter.ts';
import { renderLetter, renderNote, withPersonal } from '../render/render-letter.ts';
import { correctionsField, type DeliveryOutcome, type MessageChannel, type Part } from './channel.ts';

const schema = z.strictObject({
  kind: z.literal('mailbox'),
  ...SMTP_KEYS,
  to: z.email().describe('寄到哪个邮箱 / the one address it goes to'),
  corrections: correctionsField,
});

const bodySchema = z.object({ subject: z.string(), text: z.string(), html: z.string() });
const asBody = (body: z.infer<typeof bodySchema>) => JSON.stringify(body);

/** One mailbox of the newsroom's own, or a group's: the edition as one letter, and alerts. */
export const mailbox: MessageChannel<typeof schema> = {
  kind: 'mailbox',
  schema,
  secrets: ['password', 'to'],
  paths: [],
  gapMs: 0,
  repeatable: false,
  compose(edition): Part[] {
    const letter = withPersonal(renderLetter(edition), { html: '', text: '' });
    return [{ id: '1', body: asBody(letter) }];
  },
  notice: (title, lines) => ({ id: 'notice', body: asBody(renderNote({ title, lines })) }),
  async send({ body }, config, { now, key }): Promise<DeliveryOutcome> {
    const from = senderOf(config.from);
    const letter = await writeLetter({
      ...bodySchema.parse(JSON.parse(body)),
      from,
      to: config.to,
      messageId: `${hash('sha256', key, 'hex').slice(0, 32)}@${domainOf(from.address)}`,
      date: now(),
    });
    const line = openSmtp(serverOf(config));
    try {
      const trouble = await line.ready();
      if (trouble !== undefined) return troubleOutcome(trouble, config.host);
      const {
        line: _,
        bounce: __,
        ...outcome
      } = letterOutcome(await line.send({ from: from.address, to: config.to }, letter), config.host);
      return outcome;
    } finally {
      await line.close();
    }
  },
};

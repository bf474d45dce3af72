import MailComposer from 'nodemailer/lib/mail-composer';
import type { Instant } from '../../domain/article.ts';

/** A letter before it is put into its envelope. Both texts are whole; nothing is fetched or attached. */
export type Letter = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Without angle brackets. */
  messageId: string;
  date: Instant;
  /** The list it belongs to (RFC 2919), and the ways out of it (RFC 2369, RFC 8058). */
  list?: { id: string; unsubscribe: string; mailto?: string };
};

/**
 * The letter as it goes over the wire: multipart/alternative, text first, both in Base64 (Chinese as quoted-printable
 * takes three times the room), the subject in encoded words (RFC 2047).
 */
export function writeLetter(letter: Letter): Promise<Buffer> {
  const { from, to, subject, text, html, messageId, date, list } = letter;
  const ways = list && [`<${list.unsubscribe}>`, ...(list.mailto ? [`<${list.mailto}>`] : [])];
  return new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    date: new Date(date),
    textEncoding: 'base64',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: [
      // On one line: programs that sort letters by it do not all unfold it.
      { key: 'Message-ID', value: { prepared: true, foldLines: false, value: `<${messageId}>` } },
      // Holidays and other robots are asked not to answer (RFC 3834).
      { key: 'Auto-Submitted', value: 'auto-generated' },
      ...(list === undefined || ways === undefined
        ? []
        : [
            { key: 'List-Id', value: `<${list.id}>` },
            // Folded by hand between the two: an address that is broken in two is no address.
            {
              key: 'List-Unsubscribe',
              value: { prepared: true, foldLines: false, value: ways.join(',\r\n ') },
            },
            { key: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
          ]),
    ],
  })
    .compile()
    .build();
}

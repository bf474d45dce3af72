import PostalMime, { type Email } from 'postal-mime';
import type { Instant } from '../../domain/article.ts';
import { fetchLetters, imapMemorySchema } from './imap-letters.ts';
import { readFolder } from './letter-folder.ts';
import { type Collected, failed } from './source-kind.ts';

/** What of a letter in the mailbox of returned letters matters. Marks are texts that look like ribao's own tokens. */
export type Returned = {
  /** Marks in its own subject and recipients. */
  addressed: string[];
  /** Marks in the Message-ID of the letter it gives back. */
  original: string[];
  /** A report (RFC 3464) that a letter could not be delivered for good, and why by RFC 3463. */
  bounce?: { status: string };
};

/** A subscriber's id, perhaps what it is about, and a seal. */
const MARK = /\b[0-9a-f]{16}(?:-[0-9a-z]{1,16})?-[0-9a-f]{24}\b/gi;
/** Deeper than this no mail server nests. */
const MAX_NESTING = 20;
/** On the first visit older letters are remembered, not read. */
const FIRST_MS = 14 * 86_400_000;

/** Where to look: a folder of this machine, or an IMAP mailbox. */
type Box = {
  folder?: string;
  host?: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  mailbox: string;
};

/**
 * Hands what is new in the mailbox to `take`. The mailbox is only read; `memory` is what the last visit gave. Letters
 * that cannot be read as mail are passed over.
 */
export async function readReturnBox(
  box: Box,
  memory: unknown,
  now: Instant,
  take: (letter: Returned) => void,
): Promise<{ kind: 'read'; memory: unknown } | Extract<Collected, { kind: 'failed' }>> {
  const read = async (raw: Uint8Array) => {
    const letter = await readReturned(raw);
    if (letter !== undefined) take(letter);
  };
  const { folder, host, ...login } = box;
  if (folder !== undefined) {
    const visit = await readFolder(folder, memory, now, read);
    return visit.kind === 'failed' ? visit : { kind: 'read', memory: visit.memory };
  }
  if (host === undefined) return failed('source-settings', '没有写 returnFolder 或 returnHost', false);
  const known = imapMemorySchema.safeParse(memory).data;
  const visit = await fetchLetters({ ...login, host, since: now - FIRST_MS, memory: known }, read);
  return visit.kind === 'failed' ? visit : { kind: 'read', memory: visit.memory };
}

/** What a letter gives back, or asks. Undefined when it is no mail. */
export async function readReturned(raw: Uint8Array): Promise<Returned | undefined> {
  let letter: Email;
  try {
    letter = await PostalMime.parse(raw, { maxNestingDepth: MAX_NESTING, forceRfc822Attachments: true });
  } catch {
    return undefined;
  }
  const own = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'subject'];
  const addressed = letter.headers.filter(({ key }) => own.includes(key)).map(({ value }) => value);
  const parts = letter.attachments.map(({ mimeType, content }) => ({
    mimeType,
    text: typeof content === 'string' ? content : new TextDecoder().decode(content),
  }));
  const report = parts.find(({ mimeType }) => mimeType === 'message/delivery-status');
  const given = parts.find(({ mimeType }) => /^(?:message\/rfc822|text\/rfc822-headers)$/.test(mimeType));
  const status = report && failureIn(report.text);
  return {
    addressed: marksIn(addressed.join('\n')),
    original: marksIn(/^message-id:.*(?:\r?\n[ \t].*)*/im.exec(given?.text ?? '')?.[0] ?? ''),
    ...(status === undefined ? {} : { bounce: { status } }),
  };
}

function marksIn(text: string): string[] {
  return [...new Set(text.match(MARK))].map((mark) => mark.toLowerCase());
}

/** The status of the first recipient whom it failed to reach; undefined for delays and successes. */
function failureIn(report: string): string | undefined {
  for (const group of report.split(/\r?\n\s*\r?\n/)) {
    const field = (name: string) => new RegExp(`^${name}:\\s*([^\\s;(]+)`, 'im').exec(group)?.[1];
    if (field('Action')?.toLowerCase() !== 'failed') continue;
    const status = field('Status');
    if (status !== undefined && /^5\.\d{1,3}\.\d{1,3}$/.test(status)) return status;
  }
  return undefined;
}

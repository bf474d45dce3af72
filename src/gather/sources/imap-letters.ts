import { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import { type Collected, failed } from './source-kind.ts';

/** What tells letters that were read: UIDs grow, unless the server says by another UIDVALIDITY that they were dealt anew. */
export const imapMemorySchema = z.object({ uidValidity: z.string(), lastUid: z.number() });
type ImapMemory = z.infer<typeof imapMemorySchema>;

const TIMEOUT_MS = 20_000;
/** Letters read in one go; what is more comes next time. */
export const LETTERS = 100;
/** A letter with larger attachments is no newsletter. */
export const LETTER_BYTES = 5_000_000;

type Letters =
  | { kind: 'letters'; letters: Uint8Array[]; memory: ImapMemory }
  | Extract<Collected, { kind: 'failed' }>;

/**
 * Reads the letters of a mailbox that came since last time, or since `since` on the first visit. The mailbox is opened
 * read-only. Never throws for what the server does; the password is in no message.
 */
export async function fetchLetters(wanted: {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  mailbox: string;
  since: Instant;
  memory: ImapMemory | undefined;
}): Promise<Letters> {
  const { host, port, secure, user, password } = wanted;
  const client = new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass: password },
    logger: false,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    ...(secure ? {} : { doSTARTTLS: false }),
  });
  // Without a listener a broken connection would end the program; the failing call below tells it anyway.
  client.on('error', () => {});
  try {
    await client.connect();
    const mailbox = await client.mailboxOpen(wanted.mailbox, { readOnly: true });
    const uidValidity = String(mailbox.uidValidity);
    const known = wanted.memory?.uidValidity === uidValidity ? wanted.memory.lastUid : undefined;
    const range = known === undefined ? { since: new Date(wanted.since) } : { uid: `${known + 1}:*` };
    const found = (await client.search(range, { uid: true })) || [];
    // `n:*` always names the last letter, even when its UID is smaller.
    const uids = found.filter((uid) => known === undefined || uid > known).toSorted((a, b) => a - b);
    const now = uids.slice(0, LETTERS);
    const letters: Uint8Array[] = [];
    if (now.length > 0)
      for await (const message of client.fetch(
        now,
        { uid: true, source: { maxLength: LETTER_BYTES } },
        { uid: true },
      ))
        if (message.source !== undefined) letters.push(message.source);
    const newest = now.at(-1) ?? known ?? Math.max(0, Number(mailbox.uidNext) - 1);
    return { kind: 'letters', letters, memory: { uidValidity, lastUid: newest } };
  } catch (error) {
    return failure(error, host);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

function failure(error: unknown, host: string): Extract<Collected, { kind: 'failed' }> {
  const refused =
    error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true;
  if (refused) return failed('source-imap-login', `${host} 不接受这个用户名或密码`, false);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return failed(
    'source-imap',
    `读不到 ${host} 的邮箱${code === '' ? '' : `（${code}）`}，请检查地址、端口和邮箱名`,
    true,
  );
}

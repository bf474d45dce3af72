import { isIP } from 'node:net';
import { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import { type Collected, failed } from './source-kind.ts';

/** What tells letters that were read: UIDs grow, unless the server says by another UIDVALIDITY that they were dealt anew. */
export const imapMemorySchema = z.object({ uidValidity: z.string(), lastUid: z.number() });
type ImapMemory = z.infer<typeof imapMemorySchema>;

/** For one answer of the server. */
const ANSWER_MS = 20_000;
/** For all of it: a server that sends a byte now and then must not hold up the day. */
const VISIT_MS = 120_000;
/** Letters read in one go; what is more comes next time. */
export const LETTERS = 100;
/** More of a letter is attachments; the words of the largest newsletters take less than a tenth of it. */
export const LETTER_BYTES = 5_000_000;

type Visit = { kind: 'letters'; memory: ImapMemory } | Extract<Collected, { kind: 'failed' }>;

/**
 * Hands each letter that came since last time, or since `since` on the first visit, to `read`, oldest first. The mailbox
 * is opened read-only (EXAMINE): nothing is marked, moved or deleted. Without TLS from the start the connection must
 * turn to it (STARTTLS) before the password is said, except on this machine. Never throws for what the server does; the
 * password is in no message.
 */
export async function fetchLetters(
  wanted: {
    host: string;
    port: number;
    secure: boolean;
    user: string;
    password: string;
    mailbox: string;
    since: Instant;
    memory: ImapMemory | undefined;
    timeoutMs?: number;
  },
  read: (raw: Uint8Array) => Promise<void>,
): Promise<Visit> {
  const { host, port, secure, user, password, timeoutMs = VISIT_MS } = wanted;
  const patience = Math.min(ANSWER_MS, timeoutMs);
  const client = new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass: password },
    logger: false,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    ...(secure ? {} : { doSTARTTLS: !isThisMachine(host) }),
  });
  // Without a listener a broken connection would end the program; the failing call below tells it anyway.
  client.on('error', () => {});
  const deadline = setTimeout(() => client.close(), timeoutMs);
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
    if (now.length > 0)
      for await (const { source } of client.fetch(
        now,
        { uid: true, source: { maxLength: LETTER_BYTES } },
        { uid: true },
      ))
        if (source !== undefined) await read(source);
    const newest = now.at(-1) ?? known ?? Math.max(0, Number(mailbox.uidNext) - 1);
    await client.logout().catch(() => {});
    return { kind: 'letters', memory: { uidValidity, lastUid: newest } };
  } catch (error) {
    return failure(error, host);
  } finally {
    clearTimeout(deadline);
    client.close();
  }
}

/** Loopback by its own look; what a name resolves to can change between looking and asking. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** An error of the connection, told by the properties imapflow gives it. */
const errorSchema = z.object({
  authenticationFailed: z.boolean().optional().catch(undefined),
  tlsFailed: z.boolean().optional().catch(undefined),
  mailboxMissing: z.boolean().optional().catch(undefined),
  code: z.string().catch(''),
});

function failure(error: unknown, host: string): Extract<Collected, { kind: 'failed' }> {
  if (!(error instanceof Error)) throw error;
  const { authenticationFailed, tlsFailed, mailboxMissing, code } = errorSchema.parse({ ...error });
  if (authenticationFailed) return failed('source-imap-login', `${host} 不接受这个用户名或密码`, false);
  if (tlsFailed)
    return failed(
      'source-imap',
      `${host} 没有能用的加密连接，密码不会明文发出：请用 secure: true（多为 993 端口），或核对证书`,
      false,
    );
  if (mailboxMissing) return failed('source-imap', `${host} 上没有这个邮箱（mailbox），请核对名字`, false);
  return failed(
    'source-imap',
    `读不到 ${host} 的邮箱${code === '' ? '' : `（${code}）`}，请检查地址、端口和邮箱名`,
    true,
  );
}

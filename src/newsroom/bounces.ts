import type { Instant } from '../domain/article.ts';
import type { Failure } from '../domain/run.ts';
import { BOUNCE_DAYS, type Bounce, MOST_BOUNCES } from '../domain/subscriber.ts';
import { type Returned, readReturnBox } from '../gather/sources/returned-mail.ts';
import type { LetterOutlet } from '../publish/channels/channel.ts';
import { isNoAddress } from '../publish/mail/letter-outcome.ts';
import type { Store } from '../store/store.ts';
import { DAY_MS } from './calendar.ts';
import type { NamedOutlet } from './outbox.ts';

type Desk = { store: Store; clock: () => Instant };

/** What reading a mailbox of returned letters came to. */
export type BounceReport = {
  /** Letters read; of them bounces that count, and requests to leave. */
  read: number;
  bounces: number;
  left: number;
  /** Readers whose letters stopped because of it. */
  disabled: number;
  failure?: Failure;
};

/**
 * Reads what came back to an outlet of letters: hard bounces (RFC 3464) are counted against the reader whose letter it
 * was, and readers who asked by letter to leave leave. Only what bears a mark made here counts: anybody can write a
 * letter that looks like a bounce. What was read is remembered with what it said, in one transaction.
 */
export async function readReturned(
  desk: Desk,
  { channel, outlet }: NamedOutlet<LetterOutlet>,
): Promise<BounceReport> {
  const report = { read: 0, bounces: 0, left: 0, disabled: 0 };
  if (outlet.returns === undefined) return report;
  const memory = await desk.store.mailboxMemory(channel);
  const bounces: Bounce[] = [];
  const leaving: string[] = [];
  const take = (letter: Returned) => {
    report.read += 1;
    const { bounce, addressed, original } = letter;
    // A report gives the letter back with its way out: that is nobody's wish to leave.
    const leave = bounce === undefined ? marked(outlet, 'leave', addressed) : undefined;
    if (leave !== undefined) leaving.push(leave.id);
    const about = bounce && marked(outlet, 'letter', [...original, ...addressed]);
    if (bounce === undefined || about === undefined || !isNoAddress(550, bounce.status)) return;
    bounces.push({ subscriberId: about.id, about: about.about, at: desk.clock(), status: bounce.status });
  };
  const visit = await readReturnBox(outlet.returns, memory, desk.clock(), take);
  if (visit.kind === 'failed') {
    const { code, message, retryable } = visit;
    return { ...report, failure: { code, subject: channel, message: `退信：${message}`, retryable } };
  }
  for (const id of leaving) await desk.store.forgetSubscriber(id, desk.clock());
  const disabled = await recordReturned(desk, bounces, { channel, memory: visit.memory });
  return { ...report, bounces: bounces.length, left: leaving.length, disabled };
}

function marked(outlet: LetterOutlet, purpose: 'leave' | 'letter', marks: readonly string[]) {
  for (const mark of marks) {
    const found = outlet.openToken(purpose, mark);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Keeps bounces, and stops letters to readers with too many of them; gives how many those were. */
export async function recordReturned(
  desk: Desk,
  bounces: Bounce[],
  mailbox?: { channel: string; memory: unknown },
): Promise<number> {
  await desk.store.recordBounces(bounces, mailbox);
  if (bounces.length === 0) return 0;
  const now = desk.clock();
  const counted = await desk.store.bounces(now - BOUNCE_DAYS * DAY_MS);
  let disabled = 0;
  for (const id of new Set(bounces.map(({ subscriberId }) => subscriberId))) {
    if ((counted.get(id)?.length ?? 0) < MOST_BOUNCES) continue;
    await desk.store.changeSubscriber({ id }, (reader) => {
      if (reader?.state !== 'active') return undefined;
      disabled += 1;
      return { ...reader, state: 'disabled', changedAt: now };
    });
  }
  return disabled;
}

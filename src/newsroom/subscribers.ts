import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import type { Instant } from '../domain/article.ts';
import { Problem } from '../domain/problem.ts';
import type { Failure } from '../domain/run.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { LetterOutlet } from '../publish/channels/channel.ts';
import { CONFIRM_DAYS } from '../publish/channels/email.ts';
import { DAY_MS, HOUR_MS } from './calendar.ts';
import { hideSecrets } from './config/secrets.ts';
import type { Newsroom } from './newsroom.ts';
import { type NamedOutlet, outletsOf } from './outbox.ts';

/** What looking after subscribers uses of the newsroom. */
export type SubscriberDesk = Pick<Newsroom, 'store' | 'clock' | 'secrets'> & NamedOutlet<LetterOutlet>;

/**
 * The newsroom with its channel of letters.
 * @throws Problem mail-missing when the config has none
 */
export function subscriberDesk(room: Newsroom): SubscriberDesk {
  for (const { channel, outlet } of outletsOf(room.config.channels))
    if (outlet.form === 'letters')
      return { store: room.store, clock: room.clock, secrets: room.secrets, channel, outlet };
  throw new Problem({
    code: 'mail-missing',
    message: '配置里没有 email 渠道。 The config has no channel of kind email.',
    fix: '在 channels 里加一个，见 docs/channels.md。 Add one under `channels`.',
  });
}

/** An address as letters can be sent to it, its domain in ASCII; undefined for what is none. */
export function readAddress(text: string): string | undefined {
  const [, local = '', domain = ''] = /^([^@\s]+)@([^@\s]+)$/.exec(text.trim()) ?? [];
  const address = `${local}@${domainToASCII(domain)}`;
  return address.length <= 254 && z.email().safeParse(address).success ? address : undefined;
}

/** Letters to confirm go to one address at most this often: a stranger may have typed it. */
function quietTime(asks: number): number {
  return asks < 3 ? HOUR_MS : DAY_MS;
}

/**
 * Somebody typed this address and wants letters; one that asks to confirm will be sent. Does the same work for known and
 * unknown addresses, so that nobody learns from it who is subscribed.
 */
export async function askFor(desk: SubscriberDesk, address: string): Promise<void> {
  const now = desk.clock();
  await desk.store.changeSubscriber({ address }, (known) => {
    const one = known ?? newSubscriber(address, now);
    const isTooSoon = one.asks > 0 && now - one.askedAt < quietTime(one.asks);
    return isTooSoon ? one : { ...one, askedAt: now, asks: one.asks + 1, letterDue: true, changedAt: now };
  });
}

function newSubscriber(address: string, now: Instant): Subscriber {
  const id = randomBytes(8).toString('hex');
  return { id, address, state: 'pending', askedAt: now, asks: 0, letterDue: false, changedAt: now };
}

/** The owner of the address pressed the button. `expired` also where the token was never made here. */
export async function confirm(desk: SubscriberDesk, token: string): Promise<'confirmed' | 'expired'> {
  const now = desk.clock();
  const sealed = desk.outlet.openToken('confirm', token);
  if (sealed === undefined || now - Number.parseInt(sealed.about, 36) > CONFIRM_DAYS * DAY_MS)
    return 'expired';
  const one = await desk.store.changeSubscriber({ id: sealed.id }, (known) => known && activated(known, now));
  if (one === undefined) return 'expired';
  await desk.store.forgetBounces(one.id);
  await desk.store.welcomeBack(one.address);
  return 'confirmed';
}

function activated(known: Subscriber, now: Instant): Subscriber {
  return { ...known, state: 'active', asks: 0, letterDue: false, changedAt: now };
}

/** The reader wants no more letters. False for a token that was never made here; leaving twice is leaving. */
export async function leave(desk: SubscriberDesk, token: string): Promise<boolean> {
  const sealed = desk.outlet.openToken('leave', token);
  if (sealed === undefined) return false;
  await desk.store.forgetSubscriber(sealed.id, desk.clock());
  return true;
}

/** What became of an address that an editor brought in. `left`: its owner left and has to ask themselves. */
export type Added = 'asked' | 'active' | 'known' | 'left' | 'invalid';

/** Adds an address. `confirmed`: its owner agreed elsewhere already; otherwise they are asked by letter. */
export async function addSubscriber(desk: SubscriberDesk, text: string, confirmed: boolean): Promise<Added> {
  const address = readAddress(text);
  if (address === undefined) return 'invalid';
  if (await desk.store.hasLeft(address)) return 'left';
  const now = desk.clock();
  let added: Added = 'known';
  await desk.store.changeSubscriber({ address }, (known) => {
    if (known !== undefined && (known.state !== 'pending' || !confirmed)) return undefined;
    added = confirmed ? 'active' : 'asked';
    const one = known ?? newSubscriber(address, now);
    return confirmed ? activated(one, now) : { ...one, asks: 1, letterDue: true };
  });
  return added;
}

/** Takes an address off the list; false when it was not on it. No import brings it back, only its owner. */
export async function removeSubscriber(desk: SubscriberDesk, text: string): Promise<boolean> {
  const address = readAddress(text);
  if (address === undefined) return false;
  const known = await desk.store.changeSubscriber({ address }, () => undefined);
  if (known === undefined) return false;
  await desk.store.forgetSubscriber(known.id, desk.clock());
  return true;
}

/** The addresses in a text: one a line, alone or as any column of a table. Lines without one are counted. */
export function addressesIn(text: string): { addresses: string[]; without: number } {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const found = lines.map((line) => line.split(/[\s,;<>"']+/).find((word) => /^[^@]+@[^@]+$/.test(word)));
  const addresses = found.filter((one) => one !== undefined);
  return { addresses: [...new Set(addresses)], without: found.length - addresses.length };
}

/**
 * Sends the letters to confirm that are owed, and forgets who did not confirm in time. A letter that could not go out
 * stays owed; one that was sent when the program was killed may go twice, which asks the same thing twice.
 */
export async function sendConfirmations(
  desk: SubscriberDesk,
): Promise<{ sent: number; waiting: number; failure?: Failure }> {
  const { store, clock, outlet, channel } = desk;
  const all = await store.subscribers();
  const stale = (one: Subscriber) => clock() - one.askedAt > CONFIRM_DAYS * DAY_MS;
  for (const one of all) if (one.state === 'pending' && stale(one)) await store.forgetSubscriber(one.id);
  const due = all.filter((one) => one.letterDue && !stale(one));
  if (due.length === 0) return { sent: 0, waiting: 0 };
  const failed = (outcome: { code: string; message: string; retryable?: boolean }): Failure => ({
    code: outcome.code,
    subject: channel,
    message: hideSecrets(outcome.message, desk.secrets),
    retryable: outcome.retryable ?? false,
  });
  const line = outlet.dial();
  let sent = 0;
  let failure: Failure | undefined;
  try {
    for (const one of due) {
      const trouble = await line.ready();
      if (trouble !== undefined) {
        failure = failed(trouble);
        break;
      }
      const outcome = await line.sendConfirmation(one, one.askedAt, clock());
      if (outcome.kind !== 'delivered') failure = failed(outcome);
      if (outcome.kind === 'delivered') sent += 1;
      if (outcome.line === 'down') break;
      if (outcome.kind === 'failed' && outcome.retryable) continue;
      await store.changeSubscriber({ id: one.id }, (known) =>
        known?.askedAt === one.askedAt ? { ...known, letterDue: false } : undefined,
      );
    }
  } finally {
    await line.close();
  }
  const waiting = (await store.subscribers()).filter(({ letterDue }) => letterDue).length;
  return { sent, waiting, ...(failure === undefined ? {} : { failure }) };
}

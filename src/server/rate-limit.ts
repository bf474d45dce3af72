import type { IncomingMessage } from 'node:http';
import { isOwnNetwork } from '../net/address-guard.ts';

/** Says whether somebody may ask once more now. Remembers nobody longer than the window, and no more than so many. */
export function rateLimit({ most, windowMs }: { most: number; windowMs: number }) {
  const asked = new Map<string, number[]>();
  return (who: string, now: number): boolean => {
    const recent = (asked.get(who) ?? []).filter((at) => now - at < windowMs);
    const allowed = recent.length < most;
    asked.delete(who);
    asked.set(who, allowed ? [...recent, now] : recent);
    for (const oldest of asked.keys()) {
      if (asked.size <= REMEMBERED) break;
      asked.delete(oldest);
    }
    return allowed;
  };
}

const REMEMBERED = 10_000;

/** What of a request tells who asks. */
type Request = Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } };

/**
 * Who asks. Behind a proxy of one's own, which the connection then comes from, what that proxy added last; IPv6 readers
 * own whole networks, so theirs counts by its first 64 bits.
 */
export function askerOf(request: Request): string {
  const peer = request.socket.remoteAddress ?? '';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const address = forwarded && isOwnNetwork(peer) ? forwarded : peer;
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}

import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Instant } from '../domain/article.ts';

/**
 * When the TLS certificate that a host shows runs out, whoever signed it; undefined when it shows none in time. Nothing
 * is sent. Never throws.
 */
export function certificateEnd(host: string, port: number, timeoutMs: number): Promise<Instant | undefined> {
  return new Promise((resolve) => {
    // Only its date is read: one that nobody trusts any more is what is looked for.
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const end = (endsAt?: Instant) => {
      socket.destroy();
      resolve(endsAt);
    };
    socket.once('secureConnect', () => {
      const endsAt = Date.parse(socket.getPeerCertificate().valid_to ?? '');
      end(Number.isNaN(endsAt) ? undefined : endsAt);
    });
    socket.once('timeout', () => end());
    socket.once('error', () => end());
  });
}

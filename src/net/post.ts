import { Agent, request } from 'undici';
import { failureOfError } from './failure.ts';

/** One message to an outlet's API. The address comes from the config, never from an article. */
export type PostRequest = {
  url: string;
  /** Default `POST`. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Lower-case names. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
};

export type PostOutcome =
  /** The far side answered, whatever it said. Redirects are not followed and arrive here as they are. */
  | { kind: 'answered'; status: number; headers: Record<string, string>; text: string }
  /**
   * No whole answer. `reached: false`: not a byte of the message can have been read there; `true`: it may have been
   * taken in although nothing came back. `message` is for an editor (Chinese).
   */
  | { kind: 'failed'; code: string; message: string; reached: boolean };

/** Sends once, never twice. Never throws for what the far side does. */
export type Post = (wanted: PostRequest) => Promise<PostOutcome>;

export type PostOffice = { post: Post; close(): Promise<void> };

/** No answer of an outlet's API is longer. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Failures of the time before the request is written: what is refused, unknown or untrusted has read nothing. */
const BEFORE_SENDING = /^net-(dns|refused|tls)$/;

/** The way out for publishing. Private addresses are allowed: the editor wrote them into the config. */
export function openPostOffice({
  timeoutMs,
  userAgent,
}: {
  timeoutMs: number;
  userAgent: string;
}): PostOffice {
  const agent = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
  });
  return {
    async post({ url, method = 'POST', headers, body }) {
      try {
        const answer = await request(url, {
          method,
          dispatcher: agent,
          headers: { 'user-agent': userAgent, ...headers },
          ...(body === undefined ? {} : { body }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const pieces: Buffer[] = [];
        let bytes = 0;
        for await (const piece of answer.body) {
          if (!Buffer.isBuffer(piece)) continue;
          bytes += piece.length;
          if (bytes > MAX_ANSWER_BYTES) break;
          pieces.push(piece);
        }
        return {
          kind: 'answered',
          status: answer.statusCode,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
          ),
          text: Buffer.concat(pieces).toString('utf8'),
        };
      } catch (error) {
        const { code, message } = failureOfError(error);
        const connecting =
          error instanceof Error && 'code' in error && error.code === 'UND_ERR_CONNECT_TIMEOUT';
        return { kind: 'failed', code, message, reached: !connecting && !BEFORE_SENDING.test(code) };
      }
    },
    close: () => agent.destroy(),
  };
}

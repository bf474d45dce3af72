import { retryAfterMs } from '../../net/failure.ts';
import type { PostOutcome, PostRequest } from '../../net/post.ts';
import type { DeliveryOutcome, Outside, Trouble } from './channel.ts';

/** What an outlet said with status 2xx: many put their refusals there. */
export type Judge = (text: string, headers: Record<string, string>) => DeliveryOutcome;

/** Sends one message and says what became of it. Codes stand in docs/errors.md. */
export async function askOutlet(
  request: PostRequest,
  outside: Outside,
  judge: Judge,
): Promise<DeliveryOutcome> {
  return outcomeOf(await outside.post(request), outside.now(), judge);
}

/** The same for an answer that is there already; `judge` says what an answer with status 2xx means. */
export function outcomeOf<Said>(
  answer: PostOutcome,
  now: number,
  judge: (text: string, headers: Record<string, string>) => Said,
): Said | Trouble {
  if (answer.kind === 'failed')
    return answer.reached
      ? unclear(`消息已发出，没有等到回音（${answer.message}）。请看一眼那里有没有`)
      : { kind: 'failed', code: 'channel-unreachable', message: answer.message, retryable: true };
  const { status, headers, text } = answer;
  if (status >= 200 && status < 300) return judge(text, headers);
  if (status === 429 || status === 503)
    return busy(`HTTP ${status}：对方说太频繁或暂停服务`, retryAfterMs(headers['retry-after'], now));
  if (status === 500 || status === 502 || status === 504)
    return unclear(`对方出错（HTTP ${status}），不知道消息进去没有。请看一眼那里有没有`);
  if (status === 401 || status === 403 || status === 404 || status === 410)
    return auth(`HTTP ${status}：地址或钥匙不对，或已被撤销。${said(text)}`);
  return refused(`HTTP ${status}：对方不收。${said(text)}`);
}

export function auth(message: string): Trouble {
  return { kind: 'failed', code: 'channel-auth', message, retryable: false };
}

export function refused(message: string): Trouble {
  return { kind: 'failed', code: 'channel-refused', message, retryable: false };
}

export function busy(message: string, waitMs?: number): Trouble {
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  return { kind: 'failed', code: 'channel-rate', message, retryable: true, ...wait };
}

export function unclear(message: string): Trouble {
  return { kind: 'unclear', code: 'channel-unclear', message };
}

/** What became of a step that only prepares: whatever happened to it, nothing stands before readers. */
export function notYet(trouble: Trouble): Trouble {
  if (trouble.kind === 'failed') return trouble;
  return { kind: 'failed', code: 'channel-unreachable', message: trouble.message, retryable: true };
}

/** The first words of what the outlet said. */
export function said(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}

/** A field of a JSON answer, whatever it turns out to be; undefined when there is none. */
export function fieldOf(text: string, ...path: string[]): unknown {
  try {
    let value: unknown = JSON.parse(text);
    for (const key of path)
      value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    return value;
  } catch {
    return undefined;
  }
}

/** JSON is what all of them take. */
export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

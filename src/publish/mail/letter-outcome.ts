import type { DeliveryOutcome, LetterOutcome } from '../channels/channel.ts';
import type { SmtpAnswer, SmtpTrouble } from './smtp.ts';

type Failed = Extract<DeliveryOutcome, { kind: 'failed' }>;

/** Why no letter can go out now, in words for an editor. */
export function troubleOutcome({ why, words }: SmtpTrouble, host: string): Failed {
  const failed = (code: string, message: string, retryable: boolean): Failed => ({
    kind: 'failed',
    code,
    message: `${message}（${words}）`,
    retryable,
  });
  switch (why) {
    case 'unreachable':
      return failed('channel-unreachable', `连不上发信服务器 ${host}`, true);
    case 'busy':
      return failed('channel-rate', `${host} 说现在不行`, true);
    case 'tls':
      return failed(
        'mail-tls',
        `${host} 没有能用的加密连接，密码和信不会明文发出：核对 port、secure 和证书`,
        false,
      );
    case 'login':
      return failed('channel-auth', `${host} 不接受这个用户名或密码`, false);
    case 'refused':
      return failed('channel-refused', `${host} 不接待本机`, false);
  }
}

/** What the server's answer to one letter means. */
export function letterOutcome(answer: SmtpAnswer, host: string): LetterOutcome {
  if (answer.kind === 'taken') return { kind: 'delivered', where: host, line: 'up' };
  if (answer.kind === 'cut')
    return answer.sent
      ? {
          kind: 'unclear',
          code: 'channel-unclear',
          message: `信已交出，没有等到 ${host} 的回音（${answer.words}）`,
          line: 'up',
        }
      : failed('channel-unreachable', `与 ${host} 的连接断了（${answer.words}）`, true, 'down');
  const { code, words } = answer;
  if (answer.kind === 'closing') return failed('channel-rate', `${host} 要歇一歇（${words}）`, true, 'down');
  const { what, status } = answer;
  if (code < 500)
    return what === 'sender'
      ? failed('channel-rate', `${host} 说现在不行（${words}）`, true, 'down')
      : failed('mail-later', `对方邮箱说过一会儿再来（${words}）`, true);
  if (what === 'sender')
    return failed('channel-refused', `${host} 不收这个寄信人 from 的信（${words}）`, false, 'down');
  if (what === 'recipient' && isNoAddress(code, status))
    return {
      ...failed('mail-bounced', `这个地址收不到信（${words}）`, false),
      bounce: status ?? String(code),
    };
  return failed('mail-refused', `对方不收这封信（${words}）`, false);
}

function failed(
  code: string,
  message: string,
  retryable: boolean,
  line: LetterOutcome['line'] = 'up',
): Failed & LetterOutcome {
  return { kind: 'failed', code, message, retryable, line };
}

/**
 * Is it the address that is no good? Only 5.1.x (bad address) and 5.2.1 (mailbox disabled) say so; 5.7.x is about us, and
 * a full mailbox (5.2.2) empties. Servers without enhanced codes say it by 550, 551 and 553 (RFC 5321 4.2.3).
 */
export function isNoAddress(code: number, status: string | undefined): boolean {
  return status === undefined ? [550, 551, 553].includes(code) : /^5\.(?:1\.\d+|2\.1)$/.test(status);
}

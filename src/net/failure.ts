import { PRIVATE_ADDRESS } from './address-guard.ts';
import type { FetchFailure } from './fetch.ts';
import { BODY_BOMB, BODY_ENCODING, BODY_TOO_LARGE } from './read-body.ts';

/** What every failure of the wire means, in the order it is looked up. `codes` are Node's, OpenSSL's and undici's. */
const WIRE_FAILURES: { code: string; codes: RegExp; message: string; retryable: boolean }[] = [
  {
    code: 'net-private',
    codes: new RegExp(`^${PRIVATE_ADDRESS}$`),
    message: '地址指向本机或内网，已拒绝。若确为自建服务，请把它加入允许的主机（allowHosts）',
    retryable: false,
  },
  {
    code: 'net-too-large',
    codes: new RegExp(`^(${BODY_TOO_LARGE}|UND_ERR_RES_EXCEEDED_MAX_SIZE|UND_ERR_HEADERS_OVERFLOW)$`),
    message: '响应超过大小上限，已中断。请核对地址是否指向订阅源或文章，而不是大文件',
    retryable: false,
  },
  {
    code: 'net-bomb',
    codes: new RegExp(`^${BODY_BOMB}$`),
    message: '响应解压后超过大小上限（可能是压缩炸弹），已中断。请核对该地址是否可信',
    retryable: false,
  },
  {
    code: 'net-decode',
    codes: new RegExp(`^(${BODY_ENCODING}|Z_.*|ERR_BROTLI.*|ERR__ERROR.*|ERR_ZSTD.*|ZSTD_.*|ERR_PADDING.*)$`),
    message: '响应的压缩数据损坏或编码无法识别，可稍后重试；若一直如此，请联系对方站点',
    retryable: true,
  },
  {
    code: 'net-timeout',
    codes: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|RIBAO_TIMEOUT)$/,
    message: '对方在限定时间内没有答完，稍后会再试；若经常如此，可调大超时时间',
    retryable: true,
  },
  {
    code: 'net-dns',
    codes: /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EREFUSED)$/,
    message: '域名解析失败。请检查网址是否写错，以及本机的 DNS 是否可用',
    retryable: true,
  },
  {
    code: 'net-refused',
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/,
    message: '连接不上对方服务器，可能已停机或本机网络不通，稍后会再试',
    retryable: true,
  },
  {
    code: 'net-reset',
    codes:
      /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/,
    message: '连接中途断开，稍后会再试',
    retryable: true,
  },
  {
    code: 'net-tls',
    codes:
      /^(CERT_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|ERR_TLS_.*|ERR_SSL_.*|EPROTO|HOSTNAME_MISMATCH)$/,
    message: '对方的 HTTPS 证书有问题，未建立连接。请核对网址，或等对方更新证书',
    retryable: false,
  },
];

/** The failure an error of the wire stands for; unknown errors become `net-other` with their own words. */
export function failureOfError(error: unknown): FetchFailure {
  const code = codeOf(error);
  const known = WIRE_FAILURES.find((one) => one.codes.test(code));
  if (known) return { kind: 'failed', code: known.code, message: known.message, retryable: known.retryable };
  const words = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: 'net-other', message: `请求失败：${words}`, retryable: true };
}

/** Looks through wrapped errors (`cause`, an AggregateError's first) for the code that tells what happened. */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 3) return '';
  if (error.name === 'TimeoutError') return 'RIBAO_TIMEOUT';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (own !== '' && own !== 'UND_ERR_ABORTED') return own;
  if (error instanceof AggregateError) return codeOf(error.errors[0], depth + 1);
  return codeOf(error.cause, depth + 1);
}

/** What to tell the editor of the statuses that have a known cause. */
const STATUS_WORDS: Record<number, string> = {
  400: '对方说请求有误，请核对网址',
  401: '对方要求登录，请换用公开的地址',
  402: '对方要求付费',
  403: '对方拒绝访问，可能屏蔽了程序抓取；可换用镜像源或桥接服务',
  404: '网址不存在，请核对是否已改版或搬家',
  410: '内容已被对方永久移除，可删去此源',
  429: '请求过于频繁，已按对方要求等待后再试',
  451: '因法律原因不可访问',
  500: '对方服务器出错，稍后会再试',
  502: '对方网关出错，稍后会再试',
  503: '对方暂停服务，稍后会再试',
  504: '对方网关超时，稍后会再试',
};

/** The failure of an HTTP status that is neither success nor redirect. */
export function failureOfStatus(status: number, retryAfterMs?: number): FetchFailure {
  const words =
    STATUS_WORDS[status] ?? (status >= 500 ? '对方服务器出错，稍后会再试' : '对方没有给出内容，请核对网址');
  return {
    kind: 'failed',
    code: `http-${status}`,
    message: `HTTP ${status}：${words}`,
    retryable: status >= 500 || status === 408 || status === 425 || status === 429,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Milliseconds from `now` that a Retry-After header asks for: whole seconds or an HTTP date (RFC 9110 §10.2.3). */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/**
 * How long the server asks to be left alone: `Retry-After`, or a rate limit that is used up (`x-ratelimit-remaining: 0`,
 * `x-ratelimit-reset` in seconds since the epoch, as GitHub and others send them).
 */
export function waitAskedFor(headers: Record<string, string>, now: number): number | undefined {
  const asked = retryAfterMs(headers['retry-after'], now);
  if (asked !== undefined || headers['x-ratelimit-remaining'] !== '0') return asked;
  const reset = Number(headers['x-ratelimit-reset']);
  return Number.isFinite(reset) && reset > 0 ? Math.max(0, reset * 1000 - now) : undefined;
}

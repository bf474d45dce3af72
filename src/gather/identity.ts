import { createHash } from 'node:crypto';

/**
 * Query parameters that say where a reader came from and never which page it is.
 * `utm_…` is handled as a prefix. Seen on the links of the sources in the default list.
 */
const TRACKING = new Set([
  // advertising and mail tools
  ...[
    'fbclid',
    'gclid',
    'dclid',
    'gbraid',
    'wbraid',
    'msclkid',
    'yclid',
    'igshid',
    'twclid',
    'mc_cid',
    'mc_eid',
  ],
  ...['_hsenc', '_hsmi', 'mkt_tok', 'vero_id', 'ref_src', 'ref_url', 'ref'],
  // Chinese platforms: share origin and page position
  ...[
    'spm',
    'spm_id_from',
    'from',
    'from_source',
    'isappinstalled',
    'share_source',
    'share_medium',
    'share_token',
  ],
  ...['sharer_shareid', 'sharer_sharetime', 'vd_source'],
]);

/** The parts of a WeChat article's address that matter, in the order they are written; others are noise or secrets. */
const WECHAT_PARTS: { name: string; aliases: string[] }[] = [
  { name: '__biz', aliases: [] },
  { name: 'mid', aliases: ['appmsgid'] },
  { name: 'idx', aliases: ['itemidx'] },
  { name: 'sn', aliases: ['sign'] },
];

/** Session secrets and noise of whoever copied a WeChat link; dropped also where the rest is kept. */
const WECHAT_NOISE =
  /^(chksm|mpshare|scene|ascene|subscene|srcid|lang|version|exportkey|pass_ticket|key|uin|clicktime|enterid|devicetype|nettype|abtest_cookie|wx_header|sharer_\w+|poc_token|sessionid|wxwork_userid)$/;

/**
 * The address readers get: without tracking parameters and fragment, WeChat links in their permanent form
 * (`__biz, mid, idx, sn`, or the bare short token) over https. Idempotent. What is no http(s) address comes back trimmed.
 */
export function canonicalUrl(address: string): string {
  const url = parseHttp(address);
  if (url === undefined) return address.trim();
  url.hash = '';
  url.username = '';
  url.password = '';
  if (url.host === 'mp.weixin.qq.com') url.protocol = 'https:';
  const pairs = queryPairs(url);
  const wechat = wechatParts(url, pairs);
  if (wechat !== undefined) url.search = asQuery(wechat);
  else if (isWechatHost(url) && shortToken(url) !== undefined) url.search = '';
  else if (isWechatHost(url)) url.search = asQuery(pairs.filter(([name]) => !WECHAT_NOISE.test(name)));
  else url.search = asQuery(pairs.filter(([name]) => !isTracking(name)));
  return url.href;
}

/**
 * The name under which an article is known, whichever of its addresses was seen:
 * `wechat:<biz>:<mid>:<idx>`, `wechat-short:<token>`, `arxiv:<id>` or `url:<host><path>[?<sorted query>]`.
 */
export function identityOf(address: string): string {
  const url = parseHttp(canonicalUrl(address));
  if (url === undefined) return `url:${address.trim()}`;
  const pairs = queryPairs(url);
  const wechat = wechatParts(url, pairs);
  if (wechat !== undefined) {
    const [biz, mid, idx] = wechat.map(([, value]) => decoded(value));
    return `wechat:${biz}:${mid}:${idx}`;
  }
  const token = isWechatHost(url) ? shortToken(url) : undefined;
  if (token !== undefined) return `wechat-short:${token}`;
  const paper = arxivId(url);
  if (paper !== undefined) return `arxiv:${paper}`;
  const host = url.host.replace(/^www\./, '');
  const path = url.pathname.replace(/\/+$/, '');
  const query = asQuery(pairs.toSorted(([a, av], [b, bv]) => compare(a, b) || compare(av, bv)));
  return `url:${host}${path}${query}`;
}

/** The id of an article whose first known identity is this: 16 hex digits of its SHA-256. */
export function articleId(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}

function parseHttp(address: string): URL | undefined {
  // Copied links carry HTML or JavaScript escapes of `&`, sometimes one inside the other: `\x26amp;`.
  const repaired = address
    .trim()
    .replace(/\\x26|\\u0026/gi, '&')
    .replace(/&(amp;)+/gi, '&');
  const url = URL.parse(repaired);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : undefined;
}

type Pair = [name: string, value: string];

/** The query as written: values are not decoded and encoded again, since servers differ in what they accept. */
function queryPairs(url: URL): Pair[] {
  return url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && part !== '=')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
}

function joinPairs(pairs: Pair[]): string {
  return pairs.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
}

/** With its own question mark: the URL setter would take one off the front of a parameter that begins with one. */
function asQuery(pairs: Pair[]): string {
  const joined = joinPairs(pairs);
  return joined === '' ? '' : `?${joined}`;
}

function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith('utm_') || TRACKING.has(lower);
}

function isWechatHost(url: URL): boolean {
  return url.hostname.startsWith('mp.weixin.');
}

/** `[__biz, mid, idx(, sn)]` when the address is a long WeChat link on any host (mirrors keep the shape). */
function wechatParts(url: URL, pairs: Pair[]): Pair[] | undefined {
  if (url.pathname.replace(/\/$/, '') !== '/s') return undefined;
  const found = WECHAT_PARTS.map(({ name, aliases }): Pair => {
    const value =
      pairs.find(([key, text]) => (key === name || aliases.includes(key)) && text !== '')?.[1] ?? '';
    return [name, name === '__biz' ? decoded(value) : value];
  });
  const needed = found.slice(0, 3);
  if (needed.some(([, value]) => value === '')) return undefined;
  return found.filter(([, value]) => value !== '');
}

function shortToken(url: URL): string | undefined {
  return /^\/s\/([\w-]+)\/?$/.exec(url.pathname)?.[1];
}

/** `2604.20791` or `cs/0112017` from abs, pdf and html pages; versions are one paper. */
function arxivId(url: URL): string | undefined {
  if (!/(^|\.)arxiv\.org$/.test(url.hostname)) return undefined;
  const id =
    /^\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?\/?$/.exec(
      url.pathname,
    );
  return id?.[1];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

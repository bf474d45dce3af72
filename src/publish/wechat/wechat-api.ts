import type { PostOutcome, PostRequest } from '../../net/post.ts';
import {
  auth,
  busy,
  fieldOf,
  JSON_HEADERS,
  notYet,
  outcomeOf,
  refused,
  said,
  unclear,
} from '../channels/ask-outlet.ts';
import type { Outside, Trouble } from '../channels/channel.ts';

/** An official account, by what its platform's page «基本配置» says. */
export type Account = { appId: string; secret: string; apiBase: string };

/** What the platform answered to a call that it took, or what became of the call instead. */
export type Answered = { kind: 'answered'; text: string } | Trouble;

/** Tokens of this process, with the moment they run out; another process gets the same ones from the platform. */
const TOKENS = new WeakMap<Account, { token: string; until: number }>();
/** A token is not used in its last minutes. */
const SPARE_MS = 5 * 60_000;

const TOKEN_SPENT: ReadonlySet<number> = new Set([40001, 40014, 42001]);
const BUSY_MS = 60_000;
/** The day's calls are used up; asking again within the hour cannot help. */
const QUOTA_MS = 3_600_000;

/**
 * One call of the platform's API. A token that has run out is renewed once: a call refused for its token has done
 * nothing. Errors come with status 200 and `errcode`.
 */
export async function callWechat(
  path: string,
  request: Pick<PostRequest, 'body' | 'headers'>,
  account: Account,
  outside: Outside,
): Promise<Answered> {
  for (const renew of [false, true]) {
    const token = await tokenOf(account, outside, renew);
    if (token.kind !== 'token') return token;
    const [route = '', query] = path.split('?');
    const url = `${home(account)}/cgi-bin/${route}?access_token=${encodeURIComponent(token.token)}${query === undefined ? '' : `&${query}`}`;
    const answer = await outside.post({ url, headers: JSON_HEADERS, ...request });
    if (answer.kind !== 'answered' || answer.status !== 200) return lost(answer, outside);
    const code = Number(fieldOf(answer.text, 'errcode') ?? 0);
    if (TOKEN_SPENT.has(code) && !renew) continue;
    return code === 0 ? answer : troubleOf(code, answer.text, route);
  }
  return unclear('微信没有给出可用的 access_token');
}

/** A call with a JSON body. */
export async function askWechat(
  path: string,
  body: object,
  account: Account,
  outside: Outside,
): Promise<Answered> {
  return callWechat(path, { body: JSON.stringify(body) }, account, outside);
}

const home = ({ apiBase }: Account) => apiBase.replace(/\/+$/, '');

/** `stable_token` gives the same token to all who ask and spoils nobody's; `force_refresh` only for a spent one. */
async function tokenOf(
  account: Account,
  outside: Outside,
  renew: boolean,
): Promise<{ kind: 'token'; token: string } | Trouble> {
  const known = TOKENS.get(account);
  if (!renew && known !== undefined && known.until > outside.now())
    return { kind: 'token', token: known.token };
  const answer = await outside.post({
    url: `${home(account)}/cgi-bin/stable_token`,
    headers: JSON_HEADERS,
    body: JSON.stringify({
      grant_type: 'client_credential',
      appid: account.appId,
      secret: account.secret,
      force_refresh: renew,
    }),
  });
  if (answer.kind !== 'answered' || answer.status !== 200) return notYet(lost(answer, outside));
  const token = fieldOf(answer.text, 'access_token');
  if (typeof token !== 'string')
    return notYet(troubleOf(Number(fieldOf(answer.text, 'errcode') ?? 0), answer.text, 'stable_token'));
  const seconds = Number(fieldOf(answer.text, 'expires_in') ?? 0);
  TOKENS.set(account, { token, until: outside.now() + seconds * 1000 - SPARE_MS });
  return { kind: 'token', token };
}

function lost(answer: PostOutcome, outside: Outside): Trouble {
  return outcomeOf(answer, outside.now(), (text) => unclear(`微信的回音看不懂：${said(text)}`));
}

const PERMISSIONS: Record<string, string> = {
  'draft/add': '草稿箱',
  'material/add_material': '素材管理',
  'freepublish/submit':
    '发布能力（2025 年 7 月起，个人号与未认证的号没有，请去掉 publish，在公众平台手动发布）',
};

function troubleOf(code: number, text: string, route: string): Trouble {
  const words = String(fieldOf(text, 'errmsg') ?? said(text));
  const shown = `微信 ${code}：${said(words)}`;
  switch (code) {
    case -1:
      // «The system is busy»: it may have done it or not.
      return unclear(`${shown}。请看一眼草稿箱`);
    case 40164: {
      const ip = /invalid ip ([0-9a-f.:]*[0-9a-f])/i.exec(words)?.[1];
      return auth(
        `${shown}。请把 ${ip ?? '本机的出口 IP'} 加进公众平台「基本配置」的 IP 白名单（不支持网段）`,
      );
    }
    case 48001:
      return auth(`${shown}。这个公众号没有接口权限：${PERMISSIONS[route] ?? route}`);
    case 40001:
    case 40013:
    case 40014:
    case 40125:
    case 41002:
    case 41004:
    case 42001:
      return auth(`${shown}。核对 appId 与 secret`);
    case 45009:
      return busy(`${shown}。今天的调用次数用完了`, QUOTA_MS);
    case 45011:
      return busy(shown, BUSY_MS);
    default:
      return refused(shown);
  }
}

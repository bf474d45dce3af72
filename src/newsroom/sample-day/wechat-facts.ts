import { createHash } from 'node:crypto';
import type { WechatFacts } from './sample-schema.ts';

const HOST = 'http://mp.weixin.example';

/** How far apart an account's pushes lie in `mid`; any number above 1 would do. */
const MID_STEP = 37;

/**
 * The identity and both addresses of one account's article. One push (`mid`) a day holds all articles of that
 * day, `idx` counts from 1; `sn` has 32 hex digits, `chksm` 76, a short token 22 characters, as on the real
 * platform. All follow from the slug, so that every start gives the same addresses.
 */
export function wechatFacts(
  account: { biz: string; firstMid: number },
  article: { slug: string; day: number; place: number },
): WechatFacts {
  const sn = digest('md5', article.slug, 'hex');
  const chksm = digest('sha512', article.slug, 'hex').slice(0, 76);
  const token = digest('sha256', article.slug, 'base64url').slice(0, 22);
  const mid = String(account.firstMid + article.day * MID_STEP);
  const idx = article.place + 1;
  return {
    biz: account.biz,
    mid,
    idx,
    sn,
    token,
    long: `${HOST}/s?__biz=${account.biz}&mid=${mid}&idx=${idx}&sn=${sn}&chksm=${chksm}#rd`,
    short: `${HOST}/s/${token}`,
  };
}

function digest(algorithm: string, text: string, encoding: 'hex' | 'base64url'): string {
  return createHash(algorithm).update(text).digest(encoding);
}

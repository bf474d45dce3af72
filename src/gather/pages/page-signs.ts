/** A phrase that tells what a page is, and why we trust it. Matched in the page's visible text. */
type Sign = { phrase: RegExp; why: string };

/** Said by WeChat in place of an article that is gone for good. Pages come as HTTP 200, in the reader's language. */
export const WECHAT_GONE: Sign[] = [
  { phrase: /该内容已被发布者删除|The content has been deleted by the author/i, why: '已被发布者删除' },
  { phrase: /此内容因违规无法查看|content.{0,30}(?:violat|viewed due to)/i, why: '因违规无法查看' },
  { phrase: /此内容被投诉.{0,30}无法查看|涉嫌侵(?:权|犯)/, why: '被投诉侵权' },
  { phrase: /此(?:账号|帐号)(?:已自主注销|已被屏蔽|已被封|已申请注销|已冻结)/, why: '公众号已注销或被屏蔽' },
  { phrase: /该公众号已迁移|此公众号已迁移/, why: '公众号已迁移' },
];

/** The link itself is wrong or ran out; the article may still live under another. */
export const WECHAT_UNREADABLE: Sign[] = [
  { phrase: /请在微信客户端打开链接/, why: '只能在微信客户端里打开' },
  { phrase: /链接已过期|link has expired/i, why: '链接已过期（临时链接）' },
  { phrase: /参数错误|parameter error/i, why: '链接参数错误' },
];

export const WECHAT_LATER: Sign[] = [
  { phrase: /该内容暂时无法查看|temporarily unavailable/i, why: '暂时无法查看' },
  { phrase: /系统(?:繁忙|出错)|系统错误/, why: '微信系统繁忙' },
];

/** A bot check. Never content: bridges have stored this sentence as the body of an article. */
export const BLOCKED: Sign[] = [
  { phrase: /环境异常|完成验证后即可继续访问|去验证/, why: '微信要求人机验证' },
  {
    phrase: /Just a moment\.\.\.|Checking your browser before|Attention Required! \| Cloudflare/i,
    why: 'Cloudflare 人机验证',
  },
  {
    phrase: /Verify(?:ing)? (?:that )?you are (?:a )?human|complete the (?:captcha|security check)/i,
    why: '人机验证',
  },
  { phrase: /请完成(?:安全|下列|以下)?验证|滑动(?:滑块|验证)|访问(?:过于|太)频繁|人机验证/, why: '人机验证' },
];

/** Said by other sites with status 200 where the page is not there any more. */
export const SOFT_GONE: Sign[] = [
  {
    phrase: /(?:页面|文章|内容|网页)(?:不存在|已(?:被)?删除|找不到了|已下线)|您访问的页面/,
    why: '页面已不存在',
  },
  {
    phrase: /^(?:404|page not found|not found|error 404)\b|\b404 (?:not found|error)/i,
    why: '页面已不存在（404）',
  },
];

/**
 * Failure pages say little else; on a longer page their phrases are what the page is about.
 * In bytes of UTF-8, since a Chinese sentence needs a third of the characters of an English one.
 */
export const MAX_FAILURE_PAGE_BYTES = 900;

/** The first sign found in the text, if any. */
export function signIn(text: string, signs: Sign[]): string | undefined {
  return signs.find((sign) => sign.phrase.test(text))?.why;
}

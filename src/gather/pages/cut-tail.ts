/**
 * Lines after which an article is over: credits, reading lists, calls to follow. Each with an example of its kind.
 * Matched against whole lines, so that a sentence which only mentions such a word stays.
 */
const TAIL_LINES: RegExp[] = [
  // 责任编辑：小明 / 编辑｜小红 / （本文编辑：小刚）
  /^[（(【[]?\s*(?:责任编辑|责编|本文编辑|值班编辑|编辑|校对|审核|监制|排版|图片编辑)\s*[丨|｜/:：].{0,30}$/,
  // 本文来源：某报 责任编辑：小明
  /^[（(【[]?\s*(?:本文来源|文章来源|稿件来源)\s*[丨|｜/:：].{0,60}$/,
  // 相关阅读 / 延伸阅读： / 推荐阅读 / 往期推荐 / 热门文章 / 猜你喜欢
  /^[-—=·▼▽↓★☆◆【[\s]*(?:相关阅读|延伸阅读|推荐阅读|往期推荐|往期回顾|往期精选|精彩推荐|热门文章|热门推荐|猜你喜欢|更多阅读|相关推荐|相关文章|大家都在看)[-—=·▼▽↓】\]\s:：]*$/,
  // 扫码关注我们 / 长按识别二维码 / 点击关注 / 关注公众号“…”
  /^.{0,12}(?:扫码关注|扫描(?:下方|上方)?二维码|长按(?:识别|关注)?.{0,6}二维码|识别(?:下方|上方)?二维码|点击(?:下方|上方)?.{0,4}关注|关注.{0,6}公众号).{0,30}$/,
  // 点赞、在看、转发三连 / 喜欢本文请点“在看”
  /^.{0,16}(?:点赞|点个|一键三连|分享).{0,12}(?:在看|转发|三连|点赞|收藏).{0,20}$/,
  // 版权声明：… / 本文来自…，作者… / 转载请注明 / 免责声明
  /^[【[(（]?(?:版权声明|免责声明|转载请注明|转载请联系|未经授权|特别声明|商务合作|广告合作|投稿邮箱|寻求报道)[】\])）]?.{0,80}$/,
  // Related articles / Read more / Subscribe to our newsletter / Follow us on
  /^(?:related (?:articles|posts|stories|reading)|read (?:more|next)|more from .{1,40}|you (?:may|might) also like|recommended (?:reading|stories|articles)|(?:subscribe|sign up) (?:to|for) .{1,60}|follow us on .{1,60}|share this (?:article|post|story)|leave a (?:comment|reply)|comments?)[:.]?$/i,
];

/**
 * Only the last part of a text is a tail: higher up the same words belong to the article.
 * Three tenths by length; reading lists on news portals run to a quarter of the page.
 */
const TAIL_SHARE = 0.3;

/** An article shorter than this is a newsflash: its tail may be most of it, but two lines must stay. */
const MIN_KEPT_LINES = 2;

/** The text without what editors and platforms hang below an article. */
export function cutTail(text: string): string {
  const lines = withoutClosingLines(text.split('\n'));
  let before = 0;
  for (const [index, line] of lines.entries()) {
    const inTail = before >= text.length * (1 - TAIL_SHARE) && index >= MIN_KEPT_LINES;
    if (inTail && isTail(line)) return lines.slice(0, index).join('\n');
    before += line.length + 1;
  }
  return lines.join('\n');
}

/** The lines at the very end that are nothing but tail go, also where they are most of a newsflash. */
function withoutClosingLines(lines: string[]): string[] {
  const last = lines.findLastIndex((line) => !isTail(line));
  return last < 0 ? lines : lines.slice(0, last + 1);
}

function isTail(line: string): boolean {
  return TAIL_LINES.some((tail) => tail.test(line));
}

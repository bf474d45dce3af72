/**
 * Lines above an article that say where on the site one is, or when and by whom it was put there (both are read apart). Matched against whole lines among the first few, so that an
 * article which begins with such a word stays.
 */
const HEAD_LINES: RegExp[] = [
  // 当前位置：首页 > 人工智能 > 正文
  /^(?:当前位置|您的位置|您现在的位置|你的位置|所在位置)\s*[：:].{0,60}$/,
  // 首页 > 新闻 > 正文 / Home › News
  /^(?:首页|home)\s*[>›»/＞→].{0,60}$/i,
  // 2026-03-10 18:10 来源：某报 作者：小明 字号：大 中 小
  /^(?:\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:来源|作者|编辑|字号|浏览|阅读)\s*[：:].{0,80}$/,
];

const LINES_LOOKED_AT = 4;

/** The text without what stands above the article: its title again, the path of the site, the byline. */
export function cutHead(text: string, title = ''): string {
  const isHead = (line: string) => line === title || HEAD_LINES.some((head) => head.test(line));
  return text
    .split('\n')
    .filter((line, at) => at >= LINES_LOOKED_AT || !isHead(line))
    .join('\n');
}

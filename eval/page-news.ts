import { decodeText } from '../src/gather/decode-text.ts';
import { parseDocument } from '../src/gather/dom.ts';
import { plainTitle } from '../src/gather/html-text.ts';
import { readOurs } from './read-ours.ts';
import { newsPages } from './sets/pages.ts';

/** Less is no news article. */
const MIN_BODY = 200;

/** Words of a tail; any of them in the last lines says that the text was not ended where the article ends. */
const TAIL = /责任编辑|相关阅读|相关新闻|推荐阅读|往期推荐|扫码关注|版权声明|免责声明|热门推荐|猜你喜欢/;
const LAST_LINES = 6;

/** Chinese news pages without truth: title as in `og:title` (where there is one), a body, and no tail. */
export function newsFigures(data: string, say: (line: string) => void) {
  const pages = newsPages(data);
  if (pages === undefined) return undefined;
  const rows = [...pages].map(({ file, url, bytes }) => {
    const reading = readOurs(bytes, url);
    const text = reading.kind === 'text' ? reading.text : '';
    const title = reading.kind === 'text' ? (reading.title ?? '') : '';
    const said = ogTitle(bytes);
    const row = {
      title: said === '' ? undefined : said === title || (title.length > 5 && said.startsWith(title)),
      titled: title !== '',
      body: text.length > MIN_BODY,
      clean: !TAIL.test(text.split('\n').slice(-LAST_LINES).join('\n')),
      dated: reading.kind === 'text' && reading.publishedAt !== undefined,
    };
    const bad = Object.entries(row).filter(([, good]) => good === false);
    if (bad.length > 0)
      say(
        `  ${file}: not ${bad.map(([name]) => name).join(', ')}; ${reading.kind}, ${text.length} characters`,
      );
    return row;
  });
  const share = (values: (boolean | undefined)[]): number => {
    const given = values.filter((one) => one !== undefined);
    return given.filter(Boolean).length / Math.max(1, given.length);
  };
  return {
    cases: rows.length,
    figures: {
      title: share(rows.map((row) => row.title)),
      titled: share(rows.map((row) => row.titled)),
      body: share(rows.map((row) => row.body)),
      noTail: share(rows.map((row) => row.clean)),
      dated: share(rows.map((row) => row.dated)),
    },
  };
}

function ogTitle(bytes: Uint8Array): string {
  const document = parseDocument(decodeText(bytes, 'text/html'));
  return plainTitle(document.querySelector('meta[property="og:title"]')?.getAttribute('content') ?? '');
}

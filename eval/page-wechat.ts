import { decodeText } from '../src/gather/decode-text.ts';
import { parseDocument } from '../src/gather/dom.ts';
import { htmlToText } from '../src/gather/html-text.ts';
import { dropScripts } from '../src/gather/pages/drop-scripts.ts';
import { isProse } from '../src/gather/pages/prose.ts';
import { readOurs } from './read-ours.ts';
import { type WechatKnown, wechatPages } from './sets/pages.ts';

/** An article counts as whole when this share of the characters of `#js_content` is in the text, or all but a closing list. */
const WHOLE = 0.99;

/** `item_show_type` of pages that carry their text in their data: image share, text share, short post. */
const SHARES = new Set(['8', '10', '17']);

/** With less in `#js_content` it is the button of a repost, whose text the page carries in its data. */
const MIN_ARTICLE = 80;

/**
 * WeChat pages: articles whole, shares read, everything else never stored as an article. `right` counts pages for which
 * that holds; a page of the account, of a failure or of a bare repost has no article.
 */
export function wechatFigures(data: string, say: (line: string) => void) {
  const pages = wechatPages(data);
  if (pages === undefined) return undefined;
  let cases = 0;
  let right = 0;
  const recalls: number[] = [];
  for (const { file, url, bytes, known } of pages) {
    cases += 1;
    const reading = readOurs(bytes, url);
    const kind = kindOf(known);
    if (kind === 'none') {
      const good = reading.kind !== 'text';
      right += good ? 1 : 0;
      if (!good) say(`  ${file}: stored as an article`);
      continue;
    }
    const text = reading.kind === 'text' ? reading.text : '';
    const onlyList = kind === 'article' && lostOnlyList(text, contentOf(bytes));
    const recall = kind === 'share' ? (text === '' ? 0 : 1) : coverage(text, contentOf(bytes));
    const titled =
      known.title === null || kind === 'share' || (reading.kind === 'text' && reading.title === known.title);
    if (kind === 'article') recalls.push(recall);
    const good = (recall >= WHOLE || onlyList) && titled;
    right += good ? 1 : 0;
    if (!good)
      say(`  ${file}: ${reading.kind}, recall ${recall.toFixed(4)}, title ${titled ? 'right' : 'wrong'}`);
  }
  return {
    cases,
    figures: {
      right: right / Math.max(1, cases),
      recall: recalls.reduce((a, b) => a + b, 0) / Math.max(1, recalls.length),
    },
  };
}

function kindOf({ itemShowType, js_content_chars }: WechatKnown): 'article' | 'share' | 'none' {
  if (itemShowType !== null && SHARES.has(itemShowType)) return 'share';
  if (js_content_chars >= MIN_ARTICLE) return 'article';
  return js_content_chars > 0 ? 'share' : 'none';
}

function contentOf(bytes: Uint8Array): string {
  const document = parseDocument(dropScripts(decodeText(bytes, 'text/html')));
  return htmlToText(document.querySelector('#js_content')?.innerHTML ?? '');
}

/** True when what is missing stands at the end and has no paragraph: the list of other articles below this one. */
function lostOnlyList(text: string, whole: string): boolean {
  const kept = new Set(text.split('\n'));
  const lines = whole.split('\n');
  const last = lines.findLastIndex((line) => kept.has(line));
  const lost = lines.filter((line) => !kept.has(line));
  return last >= 0 && lines.length - 1 - last === lost.length && !lost.some(isProse);
}

/** Share of the lines of `whole`, by their characters, that stand in `text`. */
function coverage(text: string, whole: string): number {
  const squeeze = (one: string): string => one.replace(/[^\p{L}\p{N}]/gu, '');
  const flat = squeeze(text);
  const lines = whole
    .split('\n')
    .map(squeeze)
    .filter((line) => line !== '');
  const all = lines.reduce((sum, line) => sum + line.length, 0);
  const kept = lines.filter((line) => flat.includes(line)).reduce((sum, line) => sum + line.length, 0);
  return all === 0 ? 0 : kept / all;
}

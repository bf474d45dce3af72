import { decodeRareEntity } from './dom.ts';

/** Elements whose content readers never see as text. */
const HIDDEN = new Set(
  'script style noscript template svg math iframe object canvas select textarea audio video'.split(' '),
);

/** Elements that begin and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

const ENTITIES: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ' },
  ...{ ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', laquo: '«', raquo: '»', hellip: '…', mdash: '—' },
  ...{ ndash: '–', middot: '·', bull: '•', times: '×', deg: '°', copy: '©', reg: '®', trade: '™', yen: '¥' },
  ...{
    euro: '€',
    pound: '£',
    cent: '¢',
    sect: '§',
    para: '¶',
    plusmn: '±',
    divide: '÷',
    shy: '',
    zwnj: '',
    zwj: '',
  },
  ...{ larr: '←', rarr: '→', uarr: '↑', darr: '↓', le: '≤', ge: '≥', ne: '≠', rsaquo: '›', lsaquo: '‹' },
};

/** Numeric references 128-159 mean Windows-1252 (HTML standard, 13.2.5.80): `&#146;` is an apostrophe. */
const WINDOWS_1252 = new TextDecoder('windows-1252');

/** Text with its character references resolved, once: `&amp;lt;` becomes `&lt;`. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,31}));?/gi,
    (whole, dec, hex, name) => {
      if (name !== undefined) {
        const known = ENTITIES[name as string] ?? ENTITIES[(name as string).toLowerCase()];
        if (known !== undefined) return known;
        return whole.endsWith(';') ? decodeRareEntity(whole) : whole;
      }
      const code = dec === undefined ? Number.parseInt(hex, 16) : Number(dec);
      if (code >= 128 && code < 160) return WINDOWS_1252.decode(Uint8Array.of(code));
      const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
      return valid ? String.fromCodePoint(code) : '';
    },
  );
}

/** Stand for «next cell» and «new line within a cell» until the row is whole; tidying takes control characters out of texts. */
const CELL = '\u0001';
const LINE_IN_CELL = '\u0002';
/** Stands for a column before a line of code, until lines are tidied. */
const INDENT = '\u0003';

/** A cell with several lines and more text than this is a column of a layout, not a cell of a table. */
const MAX_CELL = 120;

/**
 * HTML as plain paragraphs joined by `\n`: no markup, no scripts, entities resolved, one space between words,
 * no empty lines. What markup alone says is kept in signs: a table row is its cells joined by ` | `, a list item begins
 * with `- ` or its number, lines of code stay lines, a formula is its TeX or its alternative text.
 * Linear in the length of the text, also for broken markup.
 */
export function htmlToText(html: string): string {
  const out: string[] = [];
  const tags = tagScanner(html);
  const lists = listMarkers();
  let at = 0;
  let pre = 0;
  let inCell = false;
  for (;;) {
    const tag = tags.next(at);
    const text = html.slice(at, tag?.start ?? html.length);
    const words = pre > 0 ? indented(decodeEntities(text), out) : decodeEntities(text.replace(/\s+/g, ' '));
    if (words.trim() !== '') out.push(lists.due());
    out.push(words);
    if (tag === undefined) break;
    at = tag.end;
    if (tag.name === 'pre') pre = Math.max(0, pre + (tag.closing ? -1 : 1));
    if (HIDDEN.has(tag.name) && !tag.closing && !tag.selfClosing) {
      at = endOfElement(html, tag.name, at);
      if (tag.name === 'math') out.push(lists.due(), ` ${texOf(html.slice(tag.start, at))} `);
    }
    if (tag.name === 'img') out.push(formulaOf(html.slice(tag.start, tag.end)));
    lists.see(tag);
    if (tag.name === 'td' || tag.name === 'th') {
      inCell = !tag.closing;
      if (inCell) out.push(CELL);
    } else if (tag.name === 'tr' || tag.name === 'table') inCell = false;
    if (BLOCKS.has(tag.name)) out.push(inCell ? LINE_IN_CELL : '\n');
  }
  const lines = out.join('').split('\n').map(joinCells);
  if (!lines.some((line) => line.startsWith(INDENT))) return tidyLines(lines.join('\n'));
  return lines
    .map(tidyCode)
    .filter((line) => line !== '')
    .join('\n');
}

/** Blanks that begin a line of code become a sign for each column (a tab counts as four), so that tidying keeps them. */
function indented(code: string, before: readonly string[]): string {
  const last = before.findLast((piece) => piece !== '')?.at(-1) ?? '\n';
  const asSigns = (blank: string) => INDENT.repeat(blank.replaceAll('\t', '    ').length);
  const rest = code.replace(/(?<=\n)[ \t\u00a0]+/g, asSigns);
  // Highlighted code comes in pieces: a piece begins a line only where the one before ended it.
  return last === '\n' || last === INDENT ? rest.replace(/^[ \t\u00a0]+/, asSigns) : rest;
}

function tidyCode(line: string): string {
  let depth = 0;
  while (line.charAt(depth) === INDENT) depth += 1;
  const tidy = tidyLines(line);
  return tidy === '' ? '' : ' '.repeat(depth) + tidy;
}

/** A row whose text stands in one cell, or in long columns, is layout: its lines are lines. */
function joinCells(line: string): string {
  if (!line.includes(CELL)) return line;
  const linesOf = (cell: string): string[] =>
    cell
      .split(LINE_IN_CELL)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const [before = [], ...cells] = line.split(CELL).map(linesOf);
  const parts = before.length === 0 ? cells : [before, ...cells];
  const isColumn = (cell: string[]): boolean => cell.length > 1 && cell.join('').length > MAX_CELL;
  if (parts.filter((cell) => cell.length > 0).length < 2 || parts.some(isColumn))
    return parts.flat().join('\n');
  return parts.map((cell) => cell.join(' ')).join(' | ');
}

/** Item markers: a dash, or the number in a numbered list. Given out with the first words of the item. */
function listMarkers() {
  const counts: (number | undefined)[] = [];
  let waiting = '';
  return {
    due(): string {
      const marker = waiting;
      waiting = '';
      return marker;
    },
    see({ name, closing }: Tag): void {
      if (name === 'li') {
        const count = closing ? undefined : counts.at(-1);
        waiting = closing ? '' : count === undefined ? '- ' : `${count}. `;
        if (count !== undefined) counts[counts.length - 1] = count + 1;
      } else if (name === 'ol' || name === 'ul') {
        if (closing) counts.pop();
        else counts.push(name === 'ol' ? 1 : undefined);
      }
    },
  };
}

/** The TeX a MathML element carries along: in its annotation or its alternative text; else its signs. */
function texOf(math: string): string {
  const noted = /<annotation[^>]*x-tex[^>]*>([\s\S]*?)<\/annotation/i.exec(math)?.[1];
  const alternative = /\salttext\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(math);
  const signs = noted ?? alternative?.[1] ?? alternative?.[2] ?? math.replace(/<!--|-->|<[^<>]*>/g, ' ');
  return decodeEntities(signs).replace(/\s+/g, ' ').trim();
}

/** Formulas as pictures: WordPress, Wikipedia, Zhihu and others keep the TeX in the alternative text. */
function formulaOf(img: string): string {
  if (!/(?:class|src|data-src)\s*=\s*["'][^"']*(?:latex|tex\b|math|equation|formula)/i.test(img)) return '';
  const alternative = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(img);
  const tex = decodeEntities(alternative?.[1] ?? alternative?.[2] ?? '').trim();
  return tex === '' ? '' : ` ${tex} `;
}

/** Plain text as the domain wants it: trimmed lines without blanks, no zero-width or control characters. */
export function tidyLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .split(/[\n\u2028\u2029]/)
    .map((line) => line.replace(/[\t \u00a0\u2002-\u200a\u202f\u3000]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Inline tags that feeds wrongly put into titles; `<div>` in a title is more likely what the title is about. */
const TITLE_TAGS =
  /<\/?(?:a|b|i|u|em|strong|span|font|mark|small|sub|sup|br|p|code|img|wbr)(?:\s[^<>]*)?\/?>|<object\s[^<>]+>/gi;

/** A tag that acts on something is markup, never what a title is about. */
const TITLE_ACTS = /<[a-z][^<>]*[\s/"'`]on\w+\s*=[^<>]*>/gi;

/** Elements whose content is no part of a title. A lone tag of theirs may be what the title is about. */
const TITLE_HIDDEN =
  /<(script|style|iframe|object|noscript|svg)\b[^<>]*>[^<]*<\/\1\s*>|<(?:embed|link|meta)\s[^<>]*>/gi;

/** Tags that are markup only in pairs, around words; alone they are what the title is about. */
const TITLE_PAIRS =
  /<(blink|big|tt|s|strike|del|ins|cite|q|abbr|center|h[1-6])\b[^<>]*>([^<]*)<\/\1\s*>|<!--[\s\S]*?(?:-->|$)/gi;

/** A title on one line: markup out, entities resolved also when they were escaped twice. */
export function plainTitle(title: string): string {
  const unwrapped = title
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    // XHTML titles come in a box; any other `<div>` is what the title is about.
    .replace(/^\s*<div\b[^<>]*>([\s\S]*)<\/div>\s*$/i, '$1');
  const once = decodeEntities(withoutTitleTags(unwrapped));
  const twice = /&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);/i.test(once) ? decodeEntities(once) : once;
  return tidyLines(withoutTitleTags(twice)).replaceAll('\n', ' ').trim();
}

function withoutTitleTags(title: string): string {
  return title
    .replace(TITLE_PAIRS, '$2')
    .replace(TITLE_HIDDEN, ' ')
    .replace(TITLE_TAGS, ' ')
    .replace(TITLE_ACTS, ' ');
}

/** The text of a feed's HTML field, which may have been escaped once more than it should. */
export function feedHtmlToText(html: string): string {
  const unwrapped = html.replace(/<!\[CDATA\[|\]\]>/g, '');
  const escaped =
    !/<[a-z!/]/i.test(unwrapped) && /&lt;\/?(?:p|div|br|span|a|img|section|ul|h\d)\b/i.test(unwrapped);
  const markup = escaped ? decodeEntities(unwrapped) : unwrapped;
  // Text without any tag may still hold line breaks that mean paragraphs.
  return /<[a-z!/]/i.test(markup) ? htmlToText(markup) : plainLines(decodeEntities(markup));
}

/**
 * The lines of a text that was written as such. A paragraph with a line that begins in small letters was wrapped to some
 * width, in the middle of its sentences, and becomes one line; elsewhere a line is the writer's.
 */
export function plainLines(text: string): string {
  const paragraphs = text.replace(/\r\n?/g, '\n').split(/\n[\t ]*\n/);
  return tidyLines(
    paragraphs
      .map((paragraph) => (WRAPPED.test(paragraph) ? paragraph.replace(/\s*\n\s*/g, ' ') : paragraph))
      .join('\n'),
  );
}
/** Not `- one\n- two`, not `fix: one\nfeat: two`, nor two short lines of verse or of a list. */
const WRAPPED = /^(?!\s*(?:[-*•]|\d+[.)])\s)[^\n]{40,}\n\s*\p{Ll}[\p{L}’'-]*(?:[\s,.;]|$)/mu;

type Tag = { start: number; end: number; name: string; closing: boolean; selfClosing: boolean };

/** Finds tags and comments one after the other; quotes that never close are taken as ordinary characters. */
function tagScanner(html: string): { next(from: number): Tag | undefined } {
  const hopeless = new Set<string>();
  const endOfTag = (from: number): number => {
    let at = from;
    while (at < html.length) {
      const char = html.charAt(at);
      if (char === '>') return at + 1;
      if ((char === '"' || char === "'") && html.charAt(at - 1) === '=' && !hopeless.has(char)) {
        const close = html.indexOf(char, at + 1);
        if (close < 0) hopeless.add(char);
        else at = close;
      }
      at += 1;
    }
    return html.length;
  };
  return {
    next(from) {
      for (let start = html.indexOf('<', from); start >= 0; start = html.indexOf('<', start + 1)) {
        if (html.startsWith('<!--', start)) {
          const close = html.indexOf('-->', start + 4);
          return {
            start,
            end: close < 0 ? html.length : close + 3,
            name: '!',
            closing: false,
            selfClosing: true,
          };
        }
        const name = /^<(\/?)([a-z][^\s/>]*|[!?])/i.exec(html.slice(start, start + 40));
        if (name === null) continue;
        const end = endOfTag(start + name[0].length);
        const closing = name[1] === '/';
        return {
          start,
          end,
          name: (name[2] ?? '').toLowerCase(),
          closing,
          selfClosing: html.charAt(end - 2) === '/',
        };
      }
      return undefined;
    },
  };
}

/** Where the element that was just opened ends; the end of the text when it never closes. */
function endOfElement(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}[\\s/>]`, 'gi');
  close.lastIndex = from;
  return close.exec(html)?.index ?? html.length;
}

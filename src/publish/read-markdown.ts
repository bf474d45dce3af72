import { parse } from 'yaml';
import { DEEP_PARTS, type DeepPart, FURTHER, type Further, NOT_SAID } from '../domain/deep-read.ts';
import { isWeek } from '../domain/week.ts';
import { sentencesOf } from '../text/sentences.ts';
import { DEEP_SECTION } from './render/deep-words.ts';

/** What stands in an edition's Markdown, whoever wrote it. */
export type WrittenEdition = {
  date: string;
  title: string;
  tagline: string;
  opening?: string;
  sections: { name: string; items: WrittenItem[] }[];
  deepReads?: WrittenDeepRead[];
};

export type WrittenDeepRead = {
  headline: string;
  url: string;
  parts: Record<DeepPart, string[]>;
  further: Further[];
};

export type WrittenItem = {
  headline: string;
  summary: string;
  /** The link of 阅读原文, or the last link there is. */
  url?: string;
  outlets: { name: string; url: string }[];
};

export type MarkdownReading =
  /** `oddities`: what an editor should look at (Chinese), one line each. */
  { kind: 'read'; edition: WrittenEdition; oddities: string[] } | { kind: 'unreadable'; why: string };

/** A link with its words: brackets in the words may be escaped, the address has no blanks. */
const LINK = /\[((?:\\.|[^\]\\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/gu;

/**
 * Reads an edition as Markdown: front matter with `date` and `title`, the tagline as a quote, perhaps a
 * paragraph after it (the opening), `## section`,
 * `### headline`, paragraphs that end in a link; deep reads under `## 深读`. Whatever else stands there (pictures, HTML, a heading of the day) is no
 * part of an item and is left out. Linear in the length.
 */
export function readEditionMarkdown(text: string): MarkdownReading {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [, front, body = ''] = /^---\n([\s\S]*?)\n---[ \t]*(?:\n|$)([\s\S]*)$/.exec(plain) ?? [];
  if (front === undefined) return { kind: 'unreadable', why: '开头没有 --- 包着的 front matter' };
  const fields = fieldsOf(front);
  if (fields === undefined) return { kind: 'unreadable', why: 'front matter 不是 YAML' };
  const date = isWeek(fields.week) ? fields.week : /^\d{4}-\d{2}-\d{2}/.exec(fields.date)?.[0];
  if (date === undefined)
    return { kind: 'unreadable', why: `front matter 里没有日期（date: ${fields.date}）` };
  const oddities: string[] = [];
  const sections: WrittenEdition['sections'] = [];
  let tagline = '';
  let opening = '';
  const deepReads: WrittenDeepRead[] = [];
  for (const block of blocksOf(body)) {
    const [, marks = '', heading = ''] = /^(#{1,6})[ \t]+(.*)$/.exec(block.head) ?? [];
    if (marks === '##') sections.push({ name: unescaped(heading), items: [] });
    else if (marks === '####' && inDeepReads(sections)) addPart(deepReads.at(-1), heading, block.lines);
    else if (marks === '###' && inDeepReads(sections))
      deepReads.push(newDeepRead(itemOf(unescaped(heading), block.lines)));
    else if (marks === '###') {
      const section = sections.at(-1) ?? { name: '', items: [] };
      if (sections.length === 0) sections.push(section);
      const item = itemOf(unescaped(heading), block.lines);
      if (item.url === undefined) oddities.push(`《${item.headline}》没有链接`);
      if (item.summary === '') oddities.push(`《${item.headline}》没有正文`);
      section.items.push(item);
    } else if (tagline === '') {
      const lines = [block.head, ...block.lines];
      tagline = quoteOf(lines);
      if (sections.length === 0) opening = openingOf(lines);
    }
  }
  const filled = sections.filter(({ items }) => items.length > 0);
  if (filled.length === 0) return { kind: 'unreadable', why: '没有找到「### 标题」的条目' };
  if (sections.some(({ name }) => name === '')) oddities.push('有条目不在任何栏目下');
  if (fields.title === '') oddities.push('front matter 里没有标题');
  const edition = {
    date,
    title: fields.title,
    tagline,
    ...(opening === '' ? {} : { opening }),
    sections: filled,
    ...(deepReads.length === 0 ? {} : { deepReads }),
  };
  return { kind: 'read', edition, oddities };
}

function inDeepReads(sections: WrittenEdition['sections']): boolean {
  return sections.at(-1)?.name === DEEP_SECTION;
}

function newDeepRead({ headline, url = '' }: WrittenItem): WrittenDeepRead {
  return { headline, url, parts: { told: [], figures: [], matters: [], doubts: [] }, further: [] };
}

/** The lines under one `####` of a deep read: a part's sentences, or the links at its end. */
function addPart(deep: WrittenDeepRead | undefined, heading: string, lines: readonly string[]): void {
  const said = lines.map((line) => line.trim()).filter((line) => line !== '');
  const known = DEEP_PARTS.find(({ name }) => name === heading.trim());
  if (known !== undefined)
    deep?.parts[known.part].push(
      ...said
        .flatMap((line) =>
          line.startsWith('- ') ? [unescaped(line.slice(2))] : sentencesOf(unescaped(line)),
        )
        .filter((sentence) => sentence !== NOT_SAID),
    );
  if (heading.trim() === FURTHER) deep?.further.push(...said.flatMap(furtherOf));
}

function furtherOf(line: string): Further[] {
  const [, words = '', url = ''] = [...line.matchAll(LINK)][0] ?? [];
  const label = unescaped(words);
  const date = /^- 此前（(\d{4}-\d{2}-\d{2})）：/u.exec(line)?.[1];
  if (url === '') return [];
  if (date !== undefined) return [{ kind: 'earlier', label, url, date }];
  return [{ kind: line.startsWith('- 一手来源：') ? 'primary' : 'outlet', label, url }];
}

function fieldsOf(front: string): { date: string; week: string; title: string } | undefined {
  try {
    // The core schema leaves dates as they are written: a date is a day, not a moment in UTC.
    const read: unknown = parse(front, { schema: 'core' });
    if (typeof read !== 'object' || read === null) return undefined;
    const textOf = (key: string) => {
      const value: unknown = Reflect.get(read, key);
      return typeof value === 'string' ? value : '';
    };
    return { date: textOf('date'), week: textOf('week'), title: textOf('title') };
  } catch {
    return undefined;
  }
}

/** A heading, or what stands before the first, with the lines under it. */
function blocksOf(body: string): { head: string; lines: string[] }[] {
  const blocks: { head: string; lines: string[] }[] = [{ head: '', lines: [] }];
  for (const line of body.split('\n'))
    if (/^#{1,6}[ \t]/.test(line)) blocks.push({ head: line, lines: [] });
    else blocks.at(-1)?.lines.push(line);
  return blocks;
}

function quoteOf(lines: readonly string[]): string {
  const quoted = lines.filter((line) => line.startsWith('>'));
  return unescaped(quoted.map((line) => line.replace(/^>[ \t]?/, '')).join(' ')).trim();
}

/** The first paragraph after the tagline's quote. */
function openingOf(lines: readonly string[]): string {
  const last = lines.findLastIndex((line) => line.startsWith('>'));
  if (last < 0) return '';
  const [paragraph = ''] = lines
    .slice(last + 1)
    .join('\n')
    .trim()
    .split(/\n\s*\n/);
  const said = paragraph.replaceAll('\n', '');
  // A picture, HTML, a generator's sign or a list is something else.
  return /^(?:[<|:`]|!\[|[-*+] |\d+\. )/.test(said) ? '' : unescaped(said.replace(LINK, '$1'));
}

function itemOf(headline: string, lines: readonly string[]): WrittenItem {
  // HTML beside the text (a picture, a code to scan) is the page's, not the item's.
  const text = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[<|]|^!\[/.test(line))
    .join('');
  const links = [...text.matchAll(LINK)].map(([whole, words = '', url = '']) => ({
    whole,
    words: unescaped(words),
    url: url.replaceAll('&amp;', '&'),
  }));
  const own = links.findLast(({ words }) => words.includes('阅读原文')) ?? links.at(-1);
  const [, others = ''] = /另见((?:\[[^\]]*\]\([^)]*\)、?)+)。/u.exec(text) ?? [];
  const outlets = links
    .filter((link) => link !== own && others.includes(link.whole))
    .map(({ words, url }) => ({ name: words, url }));
  const said = text
    .replace(others === '' ? '' : `另见${others}。`, '')
    .replace(own?.whole ?? '', '')
    // Links to read on, `[>论文](…)`, are no words of the summary.
    .replace(LINK, (_, words: string) => (words.startsWith('>') ? '' : words));
  return {
    headline,
    summary: unescaped(said).trim(),
    ...(own === undefined || !/^https?:\/\//i.test(own.url) ? {} : { url: own.url }),
    outlets,
  };
}

/** Markdown's escapes and the entities of its own signs undone, emphasis and code signs gone. */
function unescaped(text: string): string {
  return text
    .replace(/(?<!\\)(\*\*|__|`)/g, '')
    .replace(/\\([\\`*_~[\]#+.)>-])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}

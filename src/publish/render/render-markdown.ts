import { stringify } from 'yaml';
import { type DeepRead, FURTHER, type Further } from '../../domain/deep-read.ts';
import type { EditionContent } from '../../domain/edition.ts';
import { dayOf, isWeek } from '../../domain/week.ts';
import { longDate } from './dates.ts';
import { DEEP_SECTION, deepReadFor, shownParts } from './deep-words.ts';
import {
  CORRECTIONS_HEAD,
  correctionLines,
  headlineOf,
  linkTarget,
  type Pen,
  paragraphOf,
} from './item-words.ts';

/**
 * The edition as Markdown: front matter `date` and `title`, tagline as a quote, the opening where there is one,
 * `# DATE 资讯日报`, sections, and for each item `### headline`, a blank line and one paragraph that ends in `[>阅读原文](url)`. Deep reads
 * follow at the end under `## 深读`, part by part; their items link there. Same content, same bytes.
 * Whatever an outlet wrote is escaped: no raw HTML, no emphasis, no link can come out of a title or a summary.
 */
export function renderMarkdown(content: EditionContent): string {
  return `${frontMatter(content)}\n\n${renderMarkdownBody(content)}`;
}

/** The same without its front matter. */
export function renderMarkdownBody(content: EditionContent): string {
  const blocks = [
    `> ${escapeMarkdown(content.tagline)}`,
    ...(content.opening === undefined ? [] : [escapeMarkdown(content.opening)]),
    `# ${isWeek(content.date) ? `${longDate(content.date)} 资讯周报` : `${content.date} 资讯日报`}`,
    ...content.sections.flatMap((section) => [
      `## ${escapeMarkdown(section.name)}`,
      ...section.items.flatMap((item) => [
        `### ${escapeMarkdown(headlineOf(item))}`,
        paragraphOf(item, PEN, deepReadFor(content, item) && `#${DEEP_SECTION}`),
      ]),
    ]),
    ...deepBlocks(content.deepReads ?? []),
    ...correctionBlocks(content),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Under a heading of their own, so that whoever reads the file takes them for no item's words. */
function correctionBlocks(content: EditionContent): string[] {
  const lines = correctionLines(content);
  return lines.length === 0
    ? []
    : [`## ${CORRECTIONS_HEAD}`, lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')];
}

function deepBlocks(deepReads: readonly DeepRead[]): string[] {
  if (deepReads.length === 0) return [];
  return [
    `## ${DEEP_SECTION}`,
    ...deepReads.flatMap((deep) => [
      `### ${escapeMarkdown(deep.headline)}`,
      link('>阅读原文', deep.url),
      ...shownParts(deep).flatMap(({ name, sentences, isList }) => [
        `#### ${name}`,
        isList
          ? sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')
          : escapeMarkdown(sentences.join('')),
      ]),
      ...(deep.further.length === 0
        ? []
        : [`#### ${FURTHER}`, deep.further.map((one) => `- ${furtherLine(one)}`).join('\n')]),
    ]),
  ];
}

/** With the year, so that it can be read back. */
function furtherLine(further: Further): string {
  const lead = { primary: '一手来源', outlet: '另见', earlier: '此前' }[further.kind];
  const when = further.kind === 'earlier' ? `（${further.date}）` : '';
  return `${lead}${when}：${link(escapeMarkdown(further.label), further.url)}`;
}

function link(words: string, url: string): string {
  return `[${words}](${linkTarget(url)})`;
}

function frontMatter({ date, title }: EditionContent): string {
  // `date` stays bare as every generator expects it; the title is quoted by the YAML library when it has to be.
  // Signs that YAML forbids (1.2, 5.1) and its writer lets through are no words.
  const words = title.replace(/[\r\n]/g, ' ').replace(/[\ufffe\uffff]/g, '');
  const quoted = stringify(words, { lineWidth: 0 }).replace(/\n$/, '');
  // Generators sort by a day; the week stands beside it.
  const week = isWeek(date) ? `\nweek: ${date}` : '';
  return `---\ndate: ${dayOf(date)}${week}\ntitle: ${quoted}\n---`;
}

const PEN: Pen = {
  text: escapeMarkdown,
  link: (words, url) => `[${escapeMarkdown(words)}](${url})`,
  readOn: (words, url) => `[>${escapeMarkdown(words)}](${url})`,
};

/** Plain text that Markdown shows as it is: HTML by entities, Markdown's own signs by a backslash. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\\`*[\]]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/(?<![\p{L}\p{N}])[_~]|[_~](?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^(\s*)(#{1,6}|[-+])(?=\s)/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2');
}

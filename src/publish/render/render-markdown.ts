import { stringify } from 'yaml';
import type { EditionContent } from '../../domain/edition.ts';
import { CORRECTIONS_HEAD, correctionLines, headlineOf, type Pen, paragraphOf } from './item-words.ts';

/**
 * The edition as Markdown: front matter `date` and `title`, tagline as a quote, `# DATE 资讯日报`, sections, and for
 * each item `### headline`, a blank line and one paragraph that ends in `[>阅读原文](url)`. Same content, same bytes.
 * Whatever an outlet wrote is escaped: no raw HTML, no emphasis, no link can come out of a title or a summary.
 */
export function renderMarkdown(content: EditionContent): string {
  return `${frontMatter(content)}\n\n${renderMarkdownBody(content)}`;
}

/** The same without its front matter. */
export function renderMarkdownBody(content: EditionContent): string {
  const blocks = [
    `> ${escapeMarkdown(content.tagline)}`,
    `# ${content.date} 资讯日报`,
    ...content.sections.flatMap((section) => [
      `## ${escapeMarkdown(section.name)}`,
      ...section.items.flatMap((item) => [`### ${escapeMarkdown(headlineOf(item))}`, paragraphOf(item, PEN)]),
    ]),
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

function frontMatter({ date, title }: EditionContent): string {
  // `date` stays bare as every generator expects it; the title is quoted by the YAML library when it has to be.
  // Signs that YAML forbids (1.2, 5.1) and its writer lets through are no words.
  const words = title.replace(/[\r\n]/g, ' ').replace(/[\ufffe\uffff]/g, '');
  const quoted = stringify(words, { lineWidth: 0 }).replace(/\n$/, '');
  return `---\ndate: ${date}\ntitle: ${quoted}\n---`;
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

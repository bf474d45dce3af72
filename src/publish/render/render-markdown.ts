import { stringify } from 'yaml';
import type { EditionContent, Item } from '../../domain/edition.ts';

/**
 * The edition as Markdown: front matter `date` and `title`, tagline as a quote, `# DATE 资讯日报`, sections, and for
 * each item `### headline`, a blank line and one paragraph that ends in `[>阅读原文](url)`. Same content, same bytes.
 * Whatever an outlet wrote is escaped: no raw HTML, no emphasis, no link can come out of a title or a summary.
 */
export function renderMarkdown(content: EditionContent): string {
  const blocks = [
    frontMatter(content),
    `> ${escapeMarkdown(content.tagline)}`,
    `# ${content.date} 资讯日报`,
    ...content.sections.flatMap((section) => [
      `## ${escapeMarkdown(section.name)}`,
      ...section.items.flatMap((item) => [`### ${heading(item)}`, paragraph(item)]),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function frontMatter({ date, title }: EditionContent): string {
  // `date` stays bare as every generator expects it; the title is quoted by the YAML library when it has to be.
  const quoted = stringify(title.replace(/[\r\n]/g, ' '), { lineWidth: 0 }).replace(/\n$/, '');
  return `---\ndate: ${date}\ntitle: ${quoted}\n---`;
}

/** A story told before says so first; the first telling is the normal case and says nothing. */
function heading({ brief, followUp }: Item): string {
  return `${followUp ? `${followUp.label}｜` : ''}${escapeMarkdown(brief.headline)}`;
}

function paragraph({ brief, outlets, followUp, primary }: Item): string {
  const before = followUp
    ? `此前（${monthAndDay(followUp.date)}）：${link(followUp.headline, followUp.url)}。`
    : '';
  const others =
    outlets.length > 0 ? `另见${outlets.map(({ name, url }) => link(name, url)).join('、')}。` : '';
  const source =
    primary === undefined ? '' : `[>${escapeMarkdown(primary.label)}](${linkTarget(primary.url)}) `;
  return `${escapeMarkdown(brief.summary)}${before}${others}${source}[>阅读原文](${linkTarget(brief.url)})`;
}

/** `2026-03-09` as `3月9日`. */
export function monthAndDay(date: string): string {
  const [, month, day] = date.split('-').map(Number);
  return `${month}月${day}日`;
}

function link(text: string, url: string): string {
  return `[${escapeMarkdown(text)}](${linkTarget(url)})`;
}

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

/** An address that cannot end the link early: http(s) only, brackets, blanks and controls percent-encoded. */
export function linkTarget(url: string): string {
  if (!/^https?:\/\//i.test(url)) return '#';
  return url.replace(/[\s()<>\\"\x00-\x1f]/g, (sign) => {
    return [...new TextEncoder().encode(sign)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('');
  });
}

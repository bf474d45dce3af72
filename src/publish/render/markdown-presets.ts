import { stringify } from 'yaml';
import type { Edition } from '../../domain/edition.ts';
import { dayOf, isWeek } from '../../domain/week.ts';
import { renderMarkdown, renderMarkdownBody } from './render-markdown.ts';

/** Site generators whose habits ribao knows; `plain` is the daily's own form. */
export const PRESETS = ['plain', 'hexo', 'hugo', 'vuepress', 'astro', 'jekyll', 'obsidian'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a generator wants besides the text. `at` is a moment as ISO 8601 in the newsroom's zone. */
type Habit = {
  file: (date: string) => string;
  front: (edition: Edition, at: string) => Record<string, unknown>;
  /** Keeps its template language, or its components, away from what outlets wrote. */
  guard: (body: string) => string;
};

const headlinesOf = (edition: Edition) =>
  edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief.headline));
const kindOf = ({ date }: Edition) => (isWeek(date) ? 'AI周报' : 'AI日报');
const sectionsOf = (edition: Edition) => edition.sections.map(({ name }) => name);
const about = (edition: Edition) => headlinesOf(edition).slice(0, 5).join('；');
/** `2026-03-10 08:00:00`, as generators without zones write it. */
const spaced = (at: string) => at.slice(0, 19).replace('T', ' ');
const zoneOf = (at: string) => at.slice(19).replace(':', '');

/** Entities for both braces of a pair: template languages read the source, readers see the same signs. */
const withoutBraces = (body: string) =>
  body.replace(/\{(?=[{%#])/g, '&#123;').replace(/(?<=[}%#])\}/g, '&#125;');
const withoutAnyBrace = (body: string) => body.replace(/\{/g, '&#123;').replace(/\}/g, '&#125;');

const HABITS: Record<Exclude<Preset, 'plain'>, Habit> = {
  hexo: {
    file: (date) => `${date}.md`,
    front: (edition, at) => ({
      title: edition.title,
      date: spaced(at),
      tags: sectionsOf(edition),
      categories: [kindOf(edition)],
      excerpt: about(edition),
    }),
    guard: withoutBraces,
  },
  hugo: {
    file: (date) => `${date}.md`,
    // Without a zone Hugo reads UTC, and a page of the future is not built.
    front: (edition, at) => ({
      title: edition.title,
      date: at,
      draft: false,
      description: about(edition),
      tags: sectionsOf(edition),
      categories: [kindOf(edition)],
    }),
    guard: withoutBraces,
  },
  vuepress: {
    file: (date) => `${date}.md`,
    front: (edition, at) => ({
      title: edition.title,
      date: at,
      description: about(edition),
      category: [kindOf(edition)],
      tag: sectionsOf(edition),
    }),
    guard: (body) => `::: v-pre\n\n${withoutBraces(body).trim()}\n\n:::\n`,
  },
  astro: {
    file: (date) => `${date}.md`,
    front: (edition, at) => ({
      title: edition.title,
      description: about(edition),
      pubDate: at,
      tags: sectionsOf(edition),
      draft: false,
    }),
    // Where the collection is MDX, any brace begins an expression.
    guard: withoutAnyBrace,
  },
  jekyll: {
    file: (date) => `${dayOf(date)}-ai-${isWeek(date) ? 'weekly' : 'daily'}.md`,
    front: (edition, at) => ({
      layout: 'post',
      title: edition.title,
      date: `${spaced(at)} ${zoneOf(at)}`,
      categories: [kindOf(edition)],
      tags: sectionsOf(edition),
      excerpt: about(edition),
    }),
    guard: withoutBraces,
  },
  obsidian: {
    file: (date) => `${date}.md`,
    front: (edition) => ({
      title: edition.title,
      date: dayOf(edition.date),
      aliases: [edition.title],
      tags: [kindOf(edition)],
    }),
    // `[[x]]` would be a link to a note, `#x` a tag.
    guard: (body) => body.replace(/\[\[/g, '&#91;&#91;').replace(/(?<![#\n/&\w])#(?=[\p{L}\p{N}_])/gu, '\\#'),
  },
};

/**
 * The edition as a file for this generator: its name, its front matter, and a body in which nothing an outlet wrote is
 * taken for the generator's own language. `at`: when it was composed, with the zone; never in the future.
 */
export function renderForPreset(
  edition: Edition,
  preset: Preset,
  at: string,
): { file: string; content: string } {
  if (preset === 'plain') return { file: `${edition.date}.md`, content: renderMarkdown(edition) };
  const { file, front, guard } = HABITS[preset];
  // Generators read YAML 1.1, where a bare date becomes a moment in UTC: every text that could be one is quoted.
  const matter = stringify(front(edition, at), {
    lineWidth: 0,
    version: '1.1',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  });
  return { file: file(edition.date), content: `---\n${matter}---\n\n${guard(renderMarkdownBody(edition))}` };
}

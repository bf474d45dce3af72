import { hash } from 'node:crypto';

/**
 * Addresses of the site's files, from its root. They end in `.html`, so that the same links lead somewhere on any host,
 * in any folder and from a disk.
 */
export const FRONT = 'index.html';
export const ARCHIVE = 'archive.html';
export const NAMES = 'names.html';
export const FIGURES = 'figures.html';
export const SOURCES = 'sources.html';
export const ABOUT = 'about.html';
export const SEARCH = 'search.html';
export const CORRECTIONS = 'corrections.html';
export const DEEP_READS = 'deep-reads.html';
export const ICON = 'assets/icon.svg';

/** `2026-03-10` -> `2026/03/10.html` */
export function editionPath(date: string): string {
  return `${date.replaceAll('-', '/')}.html`;
}

/** A deep read's own page, beside its edition. */
export function deepReadPath({ date, storyId }: { date: string; storyId: string }): string {
  return `${date.replaceAll('-', '/')}-deep-${slugOf(storyId)}.html`;
}

export function leftOutPath(date: string): string {
  return `${date.replaceAll('-', '/')}-left-out.html`;
}

/** `2026-03` -> `2026/03/index.html` */
export function monthPath(month: string): string {
  return `${month.replaceAll('-', '/')}/index.html`;
}

/** A story's own page. Spread over 256 folders, for hosts and disks that dislike many files in one. */
export function storyPath(storyId: string): string {
  return `stories/${hashOf(storyId).slice(0, 2)}/${slugOf(storyId)}.html`;
}

/** The latest of a list, or one period of it. */
export function listPath(folder: 'sections' | 'names', name: string, period?: string): string {
  return `${folder}/${slugOf(name)}${period === undefined ? '' : `-${period}`}.html`;
}

/** Where an item stands on the page of its edition. */
export function itemAnchor(storyId: string): string {
  return slugOf(storyId);
}

/**
 * A file name any disk takes: letters and digits of every script in lower case, dashes for the rest. What lost anything
 * but its case gets a hash, so that two names never share a file.
 */
export function slugOf(name: string): string {
  const lower = name.toLowerCase();
  const letters = lower.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  const plain = [...letters].slice(0, 40).join('');
  return plain === lower && plain !== ''
    ? plain
    : `${plain === '' ? 'x' : plain}-${hashOf(lower).slice(0, 6)}`;
}

/** SHA-256 in hex. */
export function hashOf(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}

/** The link from one page of the site to another (`2026/03/10.html` -> `../../about.html`), percent-encoded. */
export function linkFrom(page: string, target: string): string {
  const from = page.split('/').slice(0, -1);
  const [path = '', anchor] = target.split('#');
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  const steps = [...from.slice(shared).map(() => '..'), ...to.slice(shared).map(encodeURIComponent)];
  return `${steps.join('/')}${anchor === undefined ? '' : `#${encodeURIComponent(anchor)}`}`;
}

/** The public address of a page; undefined when the site has none. */
export function publicUrl(siteUrl: string | undefined, path: string): string | undefined {
  if (siteUrl === undefined) return undefined;
  const shown = path === FRONT ? '' : path.replace(/\/index\.html$/, '/');
  return `${siteUrl.replace(/\/+$/, '')}/${shown.split('/').map(encodeURIComponent).join('/')}`;
}

import { Readability } from '@mozilla/readability';
import { DefuddleClass } from 'defuddle/node';
import type { PageDocument, PageElement } from '../dom.ts';
import { htmlToText } from '../html-text.ts';
import { furnitureIn, keepNames } from './furniture.ts';
import type { SiteRule } from './page-rules.ts';

/**
 * Readability's own default (500) discards newsflashes; 150 keeps them. Measured on 120 synthetic pages:
 * mean F1 of short newsflashes 0.59 -> 0.87, no other template worse.
 */
const CHAR_THRESHOLD = 150;

/**
 * The article as Readability finds it, without the furniture inside. Furniture goes afterwards, because names mislead on
 * some pages and Readability then looks in the wrong place. With less text than `charThreshold` it looks again with
 * fewer of its rules. Consumes the document. Empty when it finds nothing.
 */
export function byReadability(
  document: PageDocument,
  furniture: RegExp,
  charThreshold = CHAR_THRESHOLD,
): string {
  keepNames(document, furniture);
  const content = attempt(() => {
    const reader = new Readability<PageElement>(document as never, {
      charThreshold,
      keepClasses: true,
      serializer: (root) => root as never,
    });
    return reader.parse()?.content;
  });
  if (content === undefined || content === null) return '';
  for (const block of furnitureIn(content, furniture)) block.remove();
  return htmlToText(content.innerHTML);
}

/** The article as Defuddle finds it. Takes about six times as long as Readability. Consumes the document. */
export function byDefuddle(document: PageDocument, url: string): string {
  // Broken structured data makes it write to the console; ribao has read that itself.
  for (const script of document.querySelectorAll('script')) script.remove();
  const content = attempt(() => new DefuddleClass(document as never, { url }).parse().content);
  return htmlToText(content ?? '');
}

/** What a site rule points at, all matches in the order of the page. Changes the document. */
export function bySiteRule(document: PageDocument, rule: SiteRule): string {
  const found = attempt(() => {
    const parts = [...document.querySelectorAll(rule.content)];
    for (const selector of rule.remove)
      for (const part of parts) for (const junk of part.querySelectorAll(selector)) junk.remove();
    return parts.map((part) => part.innerHTML).join('\n');
  });
  return htmlToText(found ?? '');
}

/** The libraries throw on some malformed trees; for us that is a page they cannot read. */
function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}

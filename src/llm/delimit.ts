import { createHash } from 'node:crypto';

/** What a model gets to see of an article. */
export type Excerpt = { title: string; lead: string; publisher: string; at: number };

/** Enough for what happened, to whom and when; more costs tokens and gives hidden orders room. */
const LONGEST_LEAD = 400;
const LONGEST_TITLE = 160;
const LONGEST_PUBLISHER = 60;

/**
 * Material inside delimiters that it cannot close: their name is taken from a hash of the material itself, so a text
 * would have to hold its own hash. `id` is a name we gave, never one from outside.
 */
export function delimited(sheets: { id: string; lines: string[] }[]): { nonce: string; text: string } {
  const content = JSON.stringify(sheets);
  const nonce = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const text = sheets
    .map(({ id, lines }) => [`<<<${nonce} ${id}`, ...lines, `${nonce}>>>`].join('\n'))
    .join('\n');
  return { nonce, text };
}

/** A question with its material. What is ours first, the articles last: providers bill a repeated beginning less. */
export function materialPrompt(task: string, sheets: { id: string; lines: string[] }[]): string {
  const { nonce, text } = delimited(sheets);
  return `标记：${nonce}\n${task}\n${text}\n以上是全部材料，请按要求用 JSON 回答。`;
}

/** An article in three lines, each on one line and cut, so that its text cannot pass for a line of ours. */
export function excerptLines(excerpt: Excerpt, label = ''): string[] {
  return [
    `${label}标题：${oneLine(excerpt.title, LONGEST_TITLE)}`,
    `${label}来源：${oneLine(excerpt.publisher, LONGEST_PUBLISHER)}，${minuteOf(excerpt.at)}`,
    `${label}开头：${oneLine(excerpt.lead, LONGEST_LEAD)}`,
  ];
}

/** One line of at most `most` code points, without control characters and halves of characters. */
export function oneLine(text: string, most: number): string {
  const line = text
    .slice(0, most * 4)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s\u2028\u2029]+/gu, ' ')
    .trim();
  return [...line].slice(0, most).join('');
}

/** `2026-03-10 04:05 UTC`: the minute in one zone, so that two times can be compared. */
function minuteOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

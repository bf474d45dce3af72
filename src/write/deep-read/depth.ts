import type { StoryFile } from '../../domain/story.ts';
import type { DeepText } from './read-sentences.ts';
import type { DeepDesk } from './signals.ts';

/** An edition has at most so many deep reads: more would be a second edition. */
export const MOST_DEEP_READS = 3;

/** Characters of prose: half of them is the least a deep read measures with something left to read in the original. */
const LEAST_TEXT = 1000;
const LEAST_AMOUNTS = 3;
/** This many sentences with amounts, or as many headings, make a piece rich without a primary source. */
const RICH = { amounts: 6, headings: 3 } as const;

/** How deep a piece goes, 0..100, and why it deserves no deep read when it does not. */
export type Depth = { kind: 'deep'; score: number } | { kind: 'shallow'; why: string };

/**
 * Whether an article can carry a deep read: own text of some length, figures, a word on its meaning or limits, and either
 * a primary source or richness of its own. Pure.
 */
export function depthOf(text: DeepText, file: StoryFile, hasPrimary: boolean, desk: DeepDesk): Depth {
  const digest = desk.style.roundups.find((word) => text.title.includes(word));
  if (digest !== undefined) return { kind: 'shallow', why: `汇总（${digest}）` };
  const amounts = text.sentences.filter((one) => one.amounts > 0).length;
  const speaks = text.sentences.filter((one) => one.matters > 0 || one.doubts > 0).length;
  if (text.length < LEAST_TEXT) return { kind: 'shallow', why: `正文只有 ${text.length} 字` };
  if (amounts < LEAST_AMOUNTS) return { kind: 'shallow', why: `有数据的句子只有 ${amounts} 句` };
  if (speaks === 0) return { kind: 'shallow', why: '没有谈意义，也没有谈局限' };
  const isRich = amounts >= RICH.amounts || text.headings.length >= RICH.headings;
  if (!hasPrimary && !isRich) return { kind: 'shallow', why: '没有一手来源，数据也不多' };
  const outlets = new Set(file.articles.map(({ publisher }) => publisher)).size;
  const score =
    Math.min(text.length / 100, 30) +
    Math.min(amounts, 10) * 2 +
    Math.min(speaks, 6) * 3 +
    Math.min(text.headings.length, 5) * 2 +
    (hasPrimary ? 12 : 0) +
    Math.min(outlets - 1, 4) * 2;
  return { kind: 'deep', score: Math.min(100, Math.round(score)) };
}

import type { Evidence } from './brief.ts';

/** 深读: a longer reading of one article of the edition. Every sentence stands with the source sentence it rests on. */
export type DeepRead = {
  storyId: string;
  /** The article that was read and is linked. */
  articleId: string;
  url: string;
  publisher: string;
  headline: string;
  /** The day of the edition it first stood in, `YYYY-MM-DD`. */
  date: string;
  /** 讲了什么 */
  told: Evidence[];
  /** 关键数据与事实 */
  figures: Evidence[];
  /** 为什么重要; empty when the article does not say. */
  matters: Evidence[];
  /** 存疑与局限; empty when the article does not say. */
  doubts: Evidence[];
  /** 延伸 */
  further: Further[];
  /** Who wrote it, e.g. `extractive-deep/1`. */
  writer: string;
};

/** Where to read on. */
export type Further =
  /** What the story is about at its source: `论文`, `代码` ... */
  | { kind: 'primary'; label: string; url: string }
  /** Another publisher's piece on the same event. */
  | { kind: 'outlet'; label: string; url: string }
  /** What an earlier edition told of the story. */
  | { kind: 'earlier'; label: string; url: string; date: string };

/** The written parts in reading order, as readers see their names. */
export const DEEP_PARTS = [
  { part: 'told', name: '讲了什么' },
  { part: 'figures', name: '关键数据与事实' },
  { part: 'matters', name: '为什么重要' },
  { part: 'doubts', name: '存疑与局限' },
] as const;

export type DeepPart = (typeof DEEP_PARTS)[number]['part'];

/** Stands where a part has no sentence. */
export const NOT_SAID = '原文未谈。';
/** What the links at the end are called. */
export const FURTHER = '延伸';

/** Characters of a deep read's own sentences: what is aimed at and promised. */
export const DEEP_LENGTH = { least: 400, most: 800 } as const;

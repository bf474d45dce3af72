import type { Instant } from '../domain/article.ts';
import type { NameFinder } from '../text/names.ts';
import type { WordReader } from '../text/segment.ts';
import type { FactDesk } from './facts/fact-desk.ts';
import type { HeadlineWeights } from './headline-weights.ts';
import type { Style } from './style.ts';

/** What the writing desk needs from outside: the house style, who is who, and how facts are read. Built once by the newsroom. */
export type WritingDesk = {
  style: Style;
  findNames: NameFinder;
  wordsOf: WordReader;
  facts: FactDesk;
  /** What makes a clause of a text without a title look like a headline; fitted, in `models/`. */
  headlineWeights: HeadlineWeights;
  /** The calendar day `YYYY-MM-DD` of a moment, in the newsroom's time zone. */
  dayOf(at: Instant): string;
};

import type { Instant } from './article.ts';

/** A brief as readers see it. */
export type BriefText = { headline: string; summary: string };

/** What an editor changed: a brief as it was published, and as the editor would have it. */
export type StylePair = {
  at: Instant;
  /** The edition and the story; a later change of the same takes the place of the earlier. */
  date: string;
  storyId: string;
  before: BriefText;
  after: BriefText;
};

/** A habit of an editor as a rule. It never touches numbers and names. */
export type StyleRule =
  /** This word is said in another way. */
  | { kind: 'replace'; from: string; to: string }
  /** This phrase is left out. */
  | { kind: 'drop'; phrase: string }
  /** Shorter than the house allows; characters. */
  | { kind: 'length'; of: keyof BriefText; most: number };

/** A rule that a person accepted. `n` counts up from 1. */
export type AcceptedRule = { n: number; at: Instant; rule: StyleRule };

import type { Instant } from './article.ts';

/** What an editor decided about a story, over what the desk decided. */
export type Decision =
  /** It stands in the edition, whatever its worth and the limits. */
  | { kind: 'accept'; storyId: string }
  /** It does not. */
  | { kind: 'reject'; storyId: string }
  | { kind: 'move'; storyId: string; section: string }
  /** `otherId` tells the same event: its articles go into `storyId`. */
  | { kind: 'merge'; storyId: string; otherId: string }
  /** These articles tell another event: they become a story of their own and never come back. */
  | { kind: 'split'; storyId: string; articleIds: string[] }
  /** After publication: the item of this date says otherwise now. The note says what was wrong. */
  | { kind: 'correct'; storyId: string; date: string; headline: string; summary: string }
  /** After publication: the item of this date is taken back. */
  | { kind: 'withdraw'; storyId: string; date: string }
  /** What was learned from all earlier rulings is dropped; the rulings themselves stand. */
  | { kind: 'forget' };

/** One decision, kept for good. `n` counts up from 1. */
export type Ruling = {
  n: number;
  at: Instant;
  decision: Decision;
  /** Why, in the editor's words; may be empty. */
  note: string;
  /** The story's traits when it was ruled on (`publisher:量子位` -> 1), so that learning needs nothing else. */
  traits: Record<string, number>;
  undoneAt?: Instant;
};

/** What holds for one story: the editor's latest word on each question. */
export type RuledStory = { accepted?: { note: string }; rejected?: { note: string }; section?: string };

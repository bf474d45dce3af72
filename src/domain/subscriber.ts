import type { Instant } from './article.ts';

/** Somebody who asked for the daily by letter. Whoever leaves is forgotten: nothing of them but a hash is kept. */
export type Subscriber = {
  /** Random, 16 hex digits: stands for the reader wherever the address must not. */
  id: string;
  /** As it was typed, apart from blanks around it. Personal: never in a log, a page, an error or a delivery. */
  address: string;
  /**
   * `pending`: asked for, not yet confirmed from the address itself; `active`: gets every edition;
   * `disabled`: letters came back too often.
   */
  state: 'pending' | 'active' | 'disabled';
  /** When it was last asked for, and how often since the last confirmation. */
  askedAt: Instant;
  asks: number;
  /** A letter that asks to confirm is owed. */
  letterDue: boolean;
  changedAt: Instant;
};

/** A letter that came back for good. `about` names the letter: the same one never counts twice. */
export type Bounce = { subscriberId: string; about: string; at: Instant; status: string };

/** Letters that came back, among those of so many days, until nothing more is sent to an address. */
export const MOST_BOUNCES = 3;
export const BOUNCE_DAYS = 30;

import type { Instant } from './article.ts';
import type { Brief } from './brief.ts';
import type { DeepRead } from './deep-read.ts';
import type { NoiseKind, Reason } from './story.ts';

/** What an edition told of a story on an earlier day. */
export type EarlierTelling = { date: string; headline: string; url: string };

/** Another outlet that tells the same story. */
export type Outlet = { name: string; url: string; title: string };

/** What was changed after publication, as readers are told of it. `on`: the day, `YYYY-MM-DD` in the newsroom's zone. */
export type CorrectionNote = { on: string; note: string };

/** An editor's word after publication, over one item of an edition. */
export type Correction = CorrectionNote & {
  /** Number of the ruling it comes from. */
  ruling: number;
  at: Instant;
  storyId: string;
  /** As it stands now; of what was withdrawn, as it stood. */
  headline: string;
} & (
    | { kind: 'corrected'; was: { headline: string; summary: string } }
    /** The item and where it stood, so that the withdrawal can be taken back. */
    | { kind: 'withdrawn'; section: string; sectionPlace: number; place: number; item: Item }
  );

/** One place in the edition. */
export type Item = {
  brief: Brief;
  worth: number;
  /** Publisher of the linked article. */
  publisher: string;
  outlets: Outlet[];
  /** What the worth is made of. */
  parts: Reason[];
  /** What an editor changed since it was printed, oldest first. */
  corrected?: CorrectionNote[];
  /** What the story is about at its source, when the config wants it shown. */
  primary?: { label: string; url: string };
  /** In a weekly edition: what its dailies told of the story before this, oldest first. */
  course?: EarlierTelling[];
  /** Set when the story was told in an earlier edition and has a new fact. */
  followUp?: {
    /** 新进展: told once before; 持续跟踪: told in two or more earlier editions. */
    label: '新进展' | '持续跟踪';
    /** The sentence that is new, word for word from the article. */
    newSentence: string;
    date: string;
    headline: string;
    url: string;
  };
};

export type EditionSection = { name: string; items: Item[] };

/** Why one candidate of the day is not in the edition. */
export type LeftOut = {
  storyId: string;
  title: string;
  url: string;
  publisher: string;
  section: string;
  noise: NoiseKind | null;
  worth: number;
  /** What the worth is made of. */
  parts: Reason[];
  why: string;
};

/** The content of one dated daily: what is rendered. Pure data, no ids of runs in it. */
export type EditionContent = {
  /** `YYYY-MM-DD` in the configured time zone; of a weekly edition its week, `2026-W11`. */
  date: string;
  title: string;
  tagline: string;
  /** 导语: one sentence over the top stories, made of their briefs; absent when they do not give one. */
  opening?: string;
  sections: EditionSection[];
  /** Longer readings of one to three of its items; absent when no piece deserves one. */
  deepReads?: DeepRead[];
  /** What was corrected and withdrawn since it was printed, oldest first, and what else was printed otherwise. */
  corrections?: { printed: Pick<EditionContent, 'title' | 'opening' | 'deepReads'>; made: Correction[] };
};

/** One dated daily at one revision. */
export type Edition = EditionContent & {
  revision: number;
  /** SHA-256 of the content: the same content is never a new revision. */
  contentHash: string;
  /** SHA-256 of the rules it was made by (config, editorial files). */
  madeFrom: string;
  composedAt: Instant;
  /** Held editions are kept and shown, never delivered. */
  status: { kind: 'approved' } | { kind: 'held'; reasons: HoldReason[] };
  leftOut: LeftOut[];
  /** For each story in it, the articles known when it was made: what comes later is news. */
  articleIds: Record<string, string[]>;
  /** The Markdown it was imported from, where rendering its content would give other bytes. */
  asWritten?: string;
};

/** Why the guard holds an edition back. `code` is stable, `message` is for the editor (Chinese). */
export type HoldReason = {
  code:
    | 'too-few-items'
    | 'too-few-days'
    | 'too-few-publishers'
    | 'sources-failed'
    | 'briefs-too-short'
    | 'briefs-missing';
  message: string;
};

/** One edition, one channel, one part, once. The key makes it so. */
export type Delivery = {
  /** `DATE/rREVISION/CHANNEL`, and for messages `/PART`. */
  key: string;
  date: string;
  revision: number;
  channel: string;
  /** A message as it was planned, so that a later attempt sends the same; absent for outlets of files. */
  message?: { part: string; body: string };
  state: DeliveryState;
};

export type DeliveryState =
  | { kind: 'planned' }
  /** Being sent; when nobody is at it any more, it is not known whether it arrived. */
  | { kind: 'sending'; at: Instant }
  /** `ref`: the outlet's own name for it, by which it can be edited. */
  | { kind: 'delivered'; at: Instant; where: string; ref?: string }
  /** It is not there. `notBefore`: the outlet asked to be left alone until then. */
  | { kind: 'failed'; at: Instant; code: string; message: string; retryable: boolean; notBefore?: Instant }
  /** It may be there or not: a person has to look, nothing sends it again by itself. */
  | { kind: 'unclear'; at: Instant; code: string; message: string };

/** When readers last saw anything of it change. */
export function changedAt({ composedAt, corrections }: Edition): Instant {
  return Math.max(composedAt, ...(corrections?.made.map(({ at }) => at) ?? []));
}

import type { Instant } from './article.ts';

/** The steps of a run, in order. */
export const STEPS = ['collect', 'read', 'group', 'judge', 'write', 'compose', 'deliver'] as const;
export type Step = (typeof STEPS)[number];

/** One pass of the newsroom for one edition date. */
export type Run = {
  id: string;
  date: string;
  startedAt: Instant;
  /** Nothing published after this moment is in the edition. Fixed at the start, so that a resumed run decides the same. */
  cutoffAt: Instant;
  state: RunState;
  endedAt?: Instant;
};

/**
 * How a run stands. `published`: delivered everywhere; `unchanged`: the edition was already published as it is;
 * `rehearsed`: a dry run; `collected`: it only collected and read; `posted`: it only
 * brought what was made before; `imported`: an edition made elsewhere was taken in; `held`: the guard kept it back; `undelivered`: some channel failed;
 * `abandoned`: it was cut off and a later run started afresh instead of continuing it.
 */
export type RunState =
  | 'running'
  | 'published'
  | 'unchanged'
  | 'rehearsed'
  | 'collected'
  | 'posted'
  | 'imported'
  | 'held'
  | 'undelivered'
  | 'abandoned';

/** A failure is a value: what happened, to which thing, whether trying again can help, in words for a person. */
export type Failure = {
  /** Listed in docs/errors.md. */
  code: string;
  /** The thing it happened to: a source id, an article's URL, a channel. */
  subject: string;
  message: string;
  retryable: boolean;
};

/** One line of the run's journal. */
export type JournalEntry = {
  runId: string;
  step: Step;
  /** The source, article, story or delivery key it is about; `*` for the step as a whole. */
  subject: string;
  outcome: 'done' | 'failed' | 'skipped';
  note: string;
  at: Instant;
};

import type { Failure, Step } from '../domain/run.ts';

/** What a run says while it goes on; the CLI draws it, tests listen. */
export type Tidings =
  | { kind: 'step-started'; step: Step; total: number }
  | { kind: 'step-advanced'; step: Step; subject: string }
  | { kind: 'step-ended'; step: Step; done: number; failures: Failure[]; tookMs: number; note: string };

export type Tell = (tidings: Tidings) => void;

/** What every step gives: how much was done, what failed, and one line about it. */
export type StepResult = { done: number; failures: Failure[]; note: string };

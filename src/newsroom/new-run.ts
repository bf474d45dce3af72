import { randomBytes } from 'node:crypto';
import type { Instant } from '../domain/article.ts';
import type { Failure, Run, Step } from '../domain/run.ts';
import type { StepResult, Tell } from './tell.ts';

/** A run that begins now, with an id of its own. */
export function newRun(date: string, startedAt: Instant, cutoffAt: Instant): Run {
  const id = `${date}-${startedAt.toString(36)}-${randomBytes(2).toString('hex')}`;
  return { id, date, startedAt, cutoffAt, state: 'running' };
}

/** Times a step, tells its end and gathers its failures. */
export function stepper(tell: Tell, failures: Failure[]) {
  return async <T extends StepResult>(step: Step, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    failures.push(...result.failures);
    const { done, note } = result;
    tell({
      kind: 'step-ended',
      step,
      done,
      failures: result.failures,
      tookMs: performance.now() - startedAt,
      note,
    });
    return result;
  };
}

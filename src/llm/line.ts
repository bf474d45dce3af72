import type { Clock, LlmFailure } from './llm.ts';
import type { CallFailure } from './trouble.ts';
import { failed } from './trouble.ts';

/** Three failures in a row are no accident: the key, the account, the address or the network is bad for the whole run. */
const FAILURES_TO_OPEN = 3;
/** The wait before the one retry when the provider names none. */
const USUAL_WAIT_MS = 1_000;
/** Some ask for minutes; an edition does not wait that long for its second reader. */
const LONGEST_WAIT_MS = 20_000;

/** The calls this run may still make, over all lines. */
export type Budget = {
  /** Takes one call; false when none is left. */
  take(): boolean;
};

export type Line = <T extends { kind: 'ok' }>(
  send: () => Promise<T | CallFailure>,
) => Promise<T | LlmFailure>;

/**
 * A line to one endpoint: one retry for what can pass (after the wait the provider asked for), a budget of real calls,
 * and a breaker that answers at once, without a call, when several requests in a row failed for no fault of theirs.
 */
export function openLine(budget: Budget, clock: Clock): Line {
  let streak = 0;
  let last: LlmFailure | undefined;

  return async (send) => {
    if (last !== undefined && streak >= FAILURES_TO_OPEN) return broken(last);
    if (!budget.take()) return failed('llm-budget');
    let result = await send();
    if (result.kind === 'failed' && result.retryable && !result.single && budget.take()) {
      await clock.sleep(Math.min(result.waitMs ?? USUAL_WAIT_MS, LONGEST_WAIT_MS));
      result = await send();
    }
    if (result.kind === 'ok') {
      streak = 0;
      return result;
    }
    streak = result.single ? 0 : streak + 1;
    last = { kind: 'failed', code: result.code, message: result.message, retryable: result.retryable };
    return last;
  };
}

function broken(last: LlmFailure): LlmFailure {
  return { ...last, message: `连续 ${FAILURES_TO_OPEN} 次失败，本次运行不再询问：${last.message}` };
}

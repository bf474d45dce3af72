import type { Clock, LlmFailure } from './llm.ts';
import type { Pace } from './pace.ts';
import type { CallFailure } from './trouble.ts';

/** Three failures in a row are no accident: the key, the account, the address or the network is bad for the whole run. */
const FAILURES_TO_OPEN = 3;
/** The wait before the one retry when the provider names none. */
const USUAL_WAIT_MS = 1_000;
/** A limit per minute is over after this; an edition does not wait longer. */
const LONGEST_WAIT_MS = 60_000;

export type Line = <T extends { kind: 'ok' }>(
  send: () => Promise<T | CallFailure>,
) => Promise<T | LlmFailure>;

/**
 * A line to one endpoint: at its pace, one retry for what can pass (after the wait the provider asked for, which the
 * other requests keep too), and a breaker that answers at once, without a call, when several requests in a row failed
 * for no fault of theirs.
 */
export function openLine(pace: Pace, clock: Clock): Line {
  let streak = 0;
  let last: LlmFailure | undefined;
  const brokenNow = (): CallFailure | undefined =>
    last !== undefined && streak >= FAILURES_TO_OPEN
      ? { ...broken(last), single: true, unsent: true, unbilled: true }
      : undefined;

  return async (send) => {
    // Looked at again when its turn has come: the line may have broken meanwhile.
    const attempt = () => pace.turn(async () => brokenNow() ?? send());
    let result = brokenNow() ?? (await attempt());
    if (result.kind === 'failed' && result.retryable && !result.single && isPatient(result)) {
      if (result.waitMs === undefined) await clock.sleep(USUAL_WAIT_MS);
      else pace.rest(result.waitMs);
      const again = await attempt();
      // What was not sent says nothing: the first failure stands.
      if (again.kind === 'ok' || !again.unsent) result = again;
    }
    if (result.kind === 'ok') {
      streak = 0;
      return result;
    }
    const { kind, code, message, retryable } = result;
    if (!result.unsent) {
      streak = result.single ? 0 : streak + 1;
      last = { kind, code, message, retryable };
    }
    return { kind, code, message, retryable };
  };
}

/** A provider that wants to be left alone for longer is not asked again. */
function isPatient({ waitMs = 0 }: CallFailure): boolean {
  return waitMs <= LONGEST_WAIT_MS;
}

function broken(last: LlmFailure): LlmFailure {
  return { ...last, message: `连续 ${FAILURES_TO_OPEN} 次失败，本次运行不再询问：${last.message}` };
}

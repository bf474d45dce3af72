import type { Instant } from '../domain/article.ts';
import type { Health, SourceState } from '../domain/source.ts';

const DAY_MS = 86_400_000;

/** One failure is a hiccup; two in a row are a state. */
const FAILURES = 2;
/** Twice its usual pause is slow, and less than a day is slow for nobody. */
const QUIET_GAPS = 2;
const QUIET_MIN_MS = DAY_MS;
/** A page that is not there for so long, asked so often, will not come back by itself. */
const GONE_AFTER_MS = 7 * DAY_MS;
const GONE_FAILURES = 5;

/** The far side answers, but not us: a login, a ban, a limit, a captcha. */
const REFUSALS = /^(http-(401|402|403|429|451)|net-robots|page-blocked|source-imap-login)$/;

/**
 * How a source is doing, and why in the editor's words. Nothing is concluded from one failure, and `gone` only from what
 * the far side says itself or from a week of absence; nothing is ever deleted because of it.
 */
export function healthOf(state: SourceState, now: Instant): { health: Health; why: string } {
  const { lastOutcome: outcome, failureStreak, health = 'new' } = state;
  if (outcome === undefined) return { health: 'new', why: '还没有收过' };
  switch (outcome.kind) {
    case 'failed': {
      const why = `${outcome.message}（连续 ${failureStreak} 次）`;
      if (outcome.code === 'source-waiting') return { health, why: outcome.message };
      // A captcha is an answer to us, not a hiccup.
      if (outcome.code === 'page-blocked') return { health: 'blocked', why };
      if (outcome.code === 'http-410') return { health: 'gone', why };
      const failingMs = now - (state.failingSince ?? now);
      if (outcome.code === 'http-404' && !outcome.retryable)
        if (failureStreak >= GONE_FAILURES && failingMs >= GONE_AFTER_MS) return { health: 'gone', why };
      if (failureStreak < FAILURES && outcome.retryable && health !== 'new') return { health, why };
      return { health: REFUSALS.test(outcome.code) ? 'blocked' : 'failing', why };
    }
    case 'silent':
      return {
        health: 'silent',
        why: `通常 ${spell(outcome.usualGapMs)}一篇，已 ${spell(now - outcome.lastNewAt)}没有`,
      };
    case 'new':
    case 'unchanged': {
      const { lastNewAt, usualGapMs } = state;
      const pauseMs = lastNewAt === undefined ? 0 : now - lastNewAt;
      if (usualGapMs !== undefined && pauseMs > Math.max(QUIET_MIN_MS, QUIET_GAPS * usualGapMs))
        return { health: 'quiet', why: `通常 ${spell(usualGapMs)}一篇，已 ${spell(pauseMs)}没有` };
      return { health: 'healthy', why: '正常' };
    }
  }
}

/** A length of time in the words of a person: `5 小时`, `3 天`. */
function spell(ms: number): string {
  const hours = ms / 3_600_000;
  return hours < 48 ? `${Math.max(1, Math.round(hours))} 小时` : `${Math.round(hours / 24)} 天`;
}

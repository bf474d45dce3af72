import type { Health } from '../domain/source.ts';
import type { Io } from './io.ts';

const WORDS: Record<Health, { zh: string; en: string; mark: string }> = {
  new: { zh: '未收过', en: 'never asked', mark: '·' },
  healthy: { zh: '正常', en: 'healthy', mark: '✓' },
  quiet: { zh: '偏静', en: 'quiet', mark: '~' },
  silent: { zh: '沉默', en: 'silent', mark: '?' },
  failing: { zh: '失败', en: 'failing', mark: '✗' },
  blocked: { zh: '被拒', en: 'blocked', mark: '⊘' },
  gone: { zh: '已撤', en: 'gone', mark: '†' },
};

/** A source's health in one word. */
export function healthWord(health: Health, tongue: Io['tongue']): string {
  return WORDS[health][tongue];
}

/** A source's health in one sign, for lists. */
export function healthMark(health: Health): string {
  return WORDS[health].mark;
}

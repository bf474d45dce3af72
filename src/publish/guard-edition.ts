import type { EditionContent, HoldReason } from '../domain/edition.ts';
import { visibleLength } from '../text/length.ts';

export type GuardLimits = {
  minItems: number;
  /** Links to at least this many publishers. */
  minPublishers: number;
  /** Share of sources (0..1) that may fail. */
  maxFailedSources: number;
  /** A summary with fewer characters counts as too short. */
  minSummaryLength: number;
  /** Share of items (0..1) that may be too short. */
  maxShortBriefs: number;
};

/**
 * What stands against publishing this edition; an empty list means it may go out.
 * The product that inspired this one published empty editions for days: better none than hollow. Pure.
 */
export function guardEdition(
  content: EditionContent,
  sources: { asked: number; failed: number },
  limits: GuardLimits,
): HoldReason[] {
  const items = content.sections.flatMap((section) => section.items);
  const publishers = new Set(items.flatMap((item) => [item.publisher, ...item.outlets.map((o) => o.name)]));
  const short = items.filter((item) => visibleLength(item.brief.summary) < limits.minSummaryLength);
  const missing = items.filter((item) => item.brief.summary === '' || item.brief.headline === '');
  const reasons: HoldReason[] = [];
  if (items.length < limits.minItems)
    reasons.push({
      code: 'too-few-items',
      message: `只有 ${items.length} 条，至少要 ${limits.minItems} 条`,
    });
  if (publishers.size < limits.minPublishers)
    reasons.push({
      code: 'too-few-publishers',
      message: `只来自 ${publishers.size} 家媒体，至少要 ${limits.minPublishers} 家`,
    });
  if (sources.asked > 0 && sources.failed / sources.asked > limits.maxFailedSources)
    reasons.push({
      code: 'sources-failed',
      message: `${sources.asked} 个来源中有 ${sources.failed} 个失败，超过 ${percent(limits.maxFailedSources)}`,
    });
  if (missing.length > 0)
    reasons.push({ code: 'briefs-missing', message: `${missing.length} 条缺少标题或摘要` });
  if (items.length > 0 && short.length / items.length > limits.maxShortBriefs)
    reasons.push({
      code: 'briefs-too-short',
      message: `${items.length} 条中有 ${short.length} 条摘要不足 ${limits.minSummaryLength} 字，超过 ${percent(limits.maxShortBriefs)}`,
    });
  return reasons;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

import type { Brief } from '../domain/brief.ts';
import type { BriefText, StyleRule } from '../domain/house-style.ts';
import type { StoryFile } from '../domain/story.ts';
import { layRules } from '../text/lay-rules.ts';
import { visibleLength } from '../text/length.ts';
import type { Segmenter } from '../text/segment.ts';
import { checkFacts } from './facts.ts';
import { factSourcesOf } from './prove-brief.ts';
import { shorterForms } from './shorten.ts';
import type { WritingDesk } from './writing-desk.ts';

/** A summary made shorter by a rule keeps at least this share of the length wished. */
const LEAST_SHARE = 0.6;

/**
 * The brief said by the house's rules: words replaced, phrases left out, headline and summary within the lengths
 * wished. A line that would lose a number or a name, or no longer stand the check against its articles, stays as it was.
 * English briefs are left alone. Pure; without rules it is the brief itself.
 */
export function layStyle(
  brief: Brief,
  rules: readonly StyleRule[],
  file: StoryFile,
  desk: WritingDesk,
  segment: Segmenter,
): Brief {
  if (rules.length === 0 || brief.marks.includes('english')) return brief;
  const sources = factSourcesOf(file, desk);
  const isTrue = (headline: string, summary: string) =>
    checkFacts({ headline, summary }, sources, desk.facts).every(({ ok }) => ok);
  const said = (text: string, holds: (changed: string) => boolean) => {
    const changed = saidBy(rules, text, desk, segment);
    return changed !== text && isSameNews(text, changed, desk) && holds(changed) ? changed : text;
  };
  const title = said(brief.headline, (changed) => isTrue(changed, ''));
  const most = mostOf(rules, 'headline');
  const shorter = shorterForms(title, most, desk).find(
    (form) => visibleLength(form) <= most && isTrue(form, ''),
  );
  const evidence = brief.evidence.map((one) => ({
    ...one,
    claim: said(one.claim, (changed) => isTrue('', changed)),
  }));
  const kept = fitted(evidence, mostOf(rules, 'summary'));
  return {
    ...brief,
    headline: shorter ?? title,
    evidence: kept,
    summary: kept.map(({ claim }) => claim).join(''),
  };
}

/** A line by the rules for words; names stay whole. */
export function saidBy(
  rules: readonly StyleRule[],
  text: string,
  desk: Pick<WritingDesk, 'findNames'>,
  segment: Segmenter,
): string {
  return layRules(text, rules, segment, desk.findNames);
}

/**
 * The same numbers, names, denials, doubts, directions and deeds in the same order: another wording, no other news. More
 * careful than the fact check, which lets a brief leave out what its source says.
 */
export function isSameNews(before: string, after: string, { facts }: Pick<WritingDesk, 'facts'>): boolean {
  const newsOf = (text: string) =>
    JSON.stringify([
      text.match(/[\d.]+|[零一二三四五六七八九十百千万亿两半]/gu),
      facts.findNames(text).map(({ name }) => name.name),
      facts.readMarks(text).flatMap(({ soft, group, hearsay }) => (soft ? [] : [[group, hearsay]])),
      facts.findDirections(text).flatMap(({ value }) => (value.light ? [] : [value.polarity])),
      facts.findDeeds(text).map(({ value }) => value),
    ]);
  return after !== '' && newsOf(before) === newsOf(after);
}

function mostOf(rules: readonly StyleRule[], field: keyof BriefText): number {
  return Math.min(
    ...rules.map((rule) => (rule.kind === 'length' && rule.of === field ? rule.most : Infinity)),
  );
}

/** Without the last sentences while it is too long with them and long enough without. */
function fitted<T extends { claim: string }>(evidence: readonly T[], most: number): T[] {
  const lengthOf = (some: readonly T[]) => some.reduce((sum, { claim }) => sum + visibleLength(claim), 0);
  let kept = [...evidence];
  while (lengthOf(kept) > most && kept.length > 1 && lengthOf(kept.slice(0, -1)) >= most * LEAST_SHARE)
    kept = kept.slice(0, -1);
  return kept;
}

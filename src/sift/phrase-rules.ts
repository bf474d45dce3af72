import { z } from 'zod';
import type { Reason } from '../domain/story.ts';
import { createPhraseFinder } from '../text/find-phrases.ts';

/** One rule of an editor's file: phrases or a pattern, what each is worth, where it counts, and why. */
export const phraseRuleSchema = z
  .strictObject({
    why: z.string().min(1),
    weight: z.number(),
    where: z.enum(['title', 'text', 'any']).default('any'),
    phrases: z.array(z.string().min(1)).optional(),
    pattern: z
      .string()
      .refine((source) => compiles(source), '不是合法的正则表达式')
      .optional(),
  })
  .refine(
    (rule) => (rule.phrases === undefined) !== (rule.pattern === undefined),
    'phrases 与 pattern 须有且只有一个',
  );

export type PhraseRule = z.infer<typeof phraseRuleSchema>;

/** Finds which rules a piece meets. `any` rules count at `textShare` in the text; each phrase counts once. */
export type RuleMatcher = (piece: { title: string; text: string }) => Reason[];

/** A text says in its opening what it is about; beyond this many characters rules are not asked. */
export const OPENING_CHARS = 1500;
/** An `any` phrase in the text counts this much of one in the title. */
const TEXT_SHARE = 0.5;

/** Prepares rules for many pieces. Cost per piece: one walk over title and text, and one regexp for each pattern. */
export function compileRules(rules: readonly PhraseRule[], textShare: number = TEXT_SHARE): RuleMatcher {
  const find = createPhraseFinder(
    rules.flatMap((rule) => (rule.phrases ?? []).map((phrase) => ({ phrase, value: { phrase, rule } }))),
  );
  const patterns = rules.flatMap((rule) =>
    rule.pattern === undefined ? [] : [{ rule, pattern: new RegExp(rule.pattern, 'giu') }],
  );
  return ({ title, text }) => {
    const opening = text.slice(0, OPENING_CHARS);
    const seen = new Set<string>();
    const reasons: Reason[] = [];
    const add = (rule: PhraseRule, found: string, place: 'title' | 'text') => {
      const key = `${rule.why}\n${found.toLowerCase()}`;
      if (seen.has(key) || (rule.where !== 'any' && rule.where !== place)) return;
      seen.add(key);
      const share = rule.where === 'any' && place === 'text' ? textShare : 1;
      reasons.push({
        signal: `${rule.why}：${place === 'title' ? '标题' : '正文'}有“${found}”`,
        weight: rule.weight * share,
      });
    };
    for (const hit of find(title)) add(hit.value.rule, hit.value.phrase, 'title');
    for (const hit of find(opening)) add(hit.value.rule, hit.value.phrase, 'text');
    for (const { rule, pattern } of patterns) {
      const place = rule.where === 'text' ? 'text' : 'title';
      const found = firstWhole(pattern, place === 'title' ? title : opening);
      if (found !== undefined) add(rule, found.slice(0, 24), place);
    }
    return reasons;
  };
}

/** The first match that does not begin inside a number: `8亿美元` says nothing of 4.8亿美元. */
function firstWhole(pattern: RegExp, text: string): string | undefined {
  for (const { 0: found, index } of text.matchAll(pattern))
    if (!/^\d/.test(found) || !/\d[.,]?$/.test(text.slice(0, index))) return found;
  return undefined;
}

/** Sum of the weights of reasons. */
export function sumOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, reason) => sum + reason.weight, 0);
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source, 'iu').source !== '';
  } catch {
    return false;
  }
}

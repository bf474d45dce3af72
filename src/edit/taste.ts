import type { Ruling } from '../domain/ruling.ts';
import type { Reason } from '../domain/story.ts';

/** What an editor's rulings taught. Weights are log odds; all of it can be read, and `forget` drops it. */
export type Taste = {
  /** How much a trait speaks for being in the edition, and how often it was ruled on. */
  worth: Map<string, { weight: number; seen: number }>;
  /** By section: how much a trait speaks for standing there. */
  sections: Map<string, Map<string, number>>;
  /** Added to the log odds of two articles being one story: merges raise it, splits lower it. */
  grouping: number;
  /** How many accepts and rejects were learned from. */
  learned: number;
};

/** Step of the stochastic gradient descent; large, because an editor rules a few times a day and expects an effect. */
const RATE = 0.5;
/** Each ruling lets what was learned before fade by this share. */
const FADE = 0.01;
/** No single trait weighs more (log odds). */
const MOST_WEIGHT = 1.5;
/** What one merge or split moves the grouping, and how far they all can. */
const GROUPING = { step: 0.1, most: 0.6 };
/** Fewer rulings teach nothing. */
const ENOUGH = 3;
/** Points of worth for one unit of log odds, and at most. */
const POINTS = { each: 6, most: 12 };
/** Points for a section for one unit of log odds, and at most. */
const SECTION_POINTS = { each: 2, most: 3 };

/**
 * Learns from rulings, in their order: logistic regression by stochastic gradient descent (Robbins and Monro 1951) over
 * traits. It is replayed each time and keeps no state: an undone ruling is as if it had never been made.
 */
export function learnTaste(rulings: readonly Ruling[]): Taste {
  const taste: Taste = { worth: new Map(), sections: new Map(), grouping: 0, learned: 0 };
  for (const { decision, traits, undoneAt } of rulings) {
    if (undoneAt !== undefined) continue;
    switch (decision.kind) {
      case 'accept':
      case 'reject':
        learnWorth(taste, traits, decision.kind === 'accept');
        break;
      case 'move':
        learnSection(taste, traits, decision.section);
        break;
      case 'merge':
      case 'split':
        taste.grouping = bound(
          taste.grouping + (decision.kind === 'merge' ? GROUPING.step : -GROUPING.step),
          GROUPING.most,
        );
        break;
      case 'forget':
        taste.worth.clear();
        taste.sections.clear();
        taste.grouping = 0;
        taste.learned = 0;
    }
  }
  return taste;
}

function learnWorth(taste: Taste, traits: Readonly<Record<string, number>>, wanted: boolean): void {
  const names = Object.keys(traits);
  const logOdds = names.reduce((sum, name) => sum + (taste.worth.get(name)?.weight ?? 0), 0);
  const step =
    (RATE * ((wanted ? 1 : 0) - 1 / (1 + Math.exp(-logOdds)))) / Math.sqrt(Math.max(1, names.length));
  for (const known of taste.worth.values()) known.weight *= 1 - FADE;
  for (const name of names) {
    const known = taste.worth.get(name) ?? { weight: 0, seen: 0 };
    taste.worth.set(name, { weight: bound(known.weight + step, MOST_WEIGHT), seen: known.seen + 1 });
  }
  taste.learned += 1;
}

function learnSection(taste: Taste, traits: Readonly<Record<string, number>>, section: string): void {
  const from = Object.keys(traits)
    .find((trait) => trait.startsWith('栏目 '))
    ?.slice('栏目 '.length);
  for (const [name, direction] of [
    [section, 1],
    [from, -1],
  ] as const) {
    if (name === undefined || (name === section && direction < 0)) continue;
    const weights = taste.sections.get(name) ?? new Map<string, number>();
    for (const trait of Object.keys(traits))
      if (!trait.startsWith('栏目 '))
        weights.set(trait, bound((weights.get(trait) ?? 0) + direction * RATE, MOST_WEIGHT));
    taste.sections.set(name, weights);
  }
}

/** What the taste adds to a story's worth, trait by trait, in points; together at most 12 either way. */
export function tasteParts(taste: Taste, traits: Readonly<Record<string, number>>): Reason[] {
  if (taste.learned < ENOUGH) return [];
  const parts = Object.keys(traits).flatMap((trait) => {
    const weight = (taste.worth.get(trait)?.weight ?? 0) * POINTS.each;
    return Math.abs(weight) < 0.1 ? [] : [{ signal: `编辑偏好：${trait}`, weight }];
  });
  const sum = Math.abs(parts.reduce((total, { weight }) => total + weight, 0));
  const share = sum > POINTS.most ? POINTS.most / sum : 1;
  return parts.map(({ signal, weight }) => ({ signal, weight: Math.round(weight * share * 10) / 10 }));
}

/** What the taste adds to each section's points for a story; at most 3 either way. */
export function sectionLean(taste: Taste, traits: Readonly<Record<string, number>>): Map<string, number> {
  return new Map(
    [...taste.sections].map(([section, weights]) => {
      const sum = Object.keys(traits).reduce((total, trait) => total + (weights.get(trait) ?? 0), 0);
      return [section, bound(sum * SECTION_POINTS.each, SECTION_POINTS.most)];
    }),
  );
}

function bound(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}

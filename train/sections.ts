import type { LabelledDays } from '../eval/sets/labelled-days.ts';
import { plainPiece } from '../src/sift/plain-piece.ts';
import type { SectionRules } from '../src/sift/rules.ts';
import { sectionFeatureNames, sectionFeatures } from '../src/sift/section-features.ts';
import { createSectionPoints } from '../src/sift/section-points.ts';
import type { WordModels } from '../src/sift/word-model.ts';
import type { NameFinder } from '../src/text/names.ts';
import { fitWords, type WordExample, type WordTools } from './fit-words.ts';

/** How much of a section's rarity is made good: the figure counts sections alike, and so do readers of a small one. */
const RARITY_SHARE = 0.5;

/** Labelled articles as examples of the models of sections. */
export function sectionExamples(
  days: LabelledDays,
  rules: SectionRules,
  findNames: NameFinder,
): WordExample[] {
  const pointsOf = createSectionPoints(rules);
  return [...days].flatMap(([day, rows]) =>
    rows.flatMap(({ article, source, label }) => {
      if (label.section === null) return [];
      const piece = plainPiece(article);
      const rated = pointsOf(article, piece, source);
      const values = sectionFeatures(article, piece, rated, { rules, findNames });
      const labels = Object.fromEntries(
        rules.sections.map(({ name }) => [name, label.section === name ? (1 as const) : (0 as const)]),
      );
      return [{ day, piece, values, labels }];
    }),
  );
}

/** One model for each section against all others, over what the rules say of an article and its words. */
export function fitSections(
  examples: readonly WordExample[],
  rules: SectionRules,
  tools: WordTools,
): WordModels {
  const names = rules.sections.map(({ name }) => name);
  const { models, words } = fitWords(examples, sectionFeatureNames(rules), names, tools);
  for (const [name, model] of Object.entries(models)) {
    const share = examples.filter(({ labels }) => labels[name] === 1).length / examples.length;
    const made = model.intercept - RARITY_SHARE * Math.log(share * names.length);
    model.intercept = Math.round(made * 100) / 100;
  }
  return { models, words };
}

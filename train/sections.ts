import type { LabelledDays } from '../eval/sets/labelled-days.ts';
import type { SectionRules } from '../src/sift/rules.ts';
import { sectionFeatureNames, sectionFeatures } from '../src/sift/section-features.ts';
import { createSectionPoints } from '../src/sift/section-points.ts';
import type { SectionModels } from '../src/sift/sift-models.ts';
import { fitAdditive } from './fit-additive.ts';

/** One model for each section against all others, over what the rules say of an article. */
export function fitSections(
  days: LabelledDays,
  rules: SectionRules,
  uses: (date: string) => boolean = () => true,
): SectionModels {
  const pointsOf = createSectionPoints(rules);
  const names = sectionFeatureNames(rules);
  const rows = [...days]
    .filter(([date]) => uses(date))
    .flatMap(([, found]) => found)
    .filter(({ label }) => label.section !== null)
    .map(({ article, source, label }) => ({
      values: sectionFeatures(article, pointsOf(article, source), rules),
      section: label.section,
    }));
  return Object.fromEntries(
    rules.sections.map(({ name }) => [
      name,
      fitAdditive(
        rows.map(({ values, section }) => ({ values, label: section === name ? 1 : 0, weight: 1 })),
        names,
        { rounds: 300 },
      ),
    ]),
  );
}

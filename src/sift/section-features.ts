import type { Article } from '../domain/article.ts';
import type { NameFinder } from '../text/names.ts';
import type { SectionRules } from './rules.ts';
import type { SectionPoints } from './section-points.ts';
import { TITLE_TRAITS, titleTraits } from './title-traits.ts';
import type { PlainPiece } from './word-model.ts';

/** Phrases of one kind beyond this many tell no more. */
const COUNT_MOST = 3;

/**
 * What a trained section model looks at beside words: how often each kind of signal speaks, the points of each section,
 * and the title's shape. Not the text's length: labelled days carry snippets, a newsroom reads whole pages.
 */
export function sectionFeatureNames(rules: SectionRules): string[] {
  return [
    ...rules.sections.flatMap(({ name, signals }) => [
      `${name} points`,
      `${name} place`,
      ...signals.flatMap(({ why }) => [`${name} 标题 ${why}`, `${name} 正文 ${why}`]),
    ]),
    ...TITLE_TRAITS,
  ];
}

/** The values of `sectionFeatureNames` for one article, from what the rules said of it. */
export function sectionFeatures(
  article: Article,
  piece: PlainPiece,
  rated: readonly SectionPoints[],
  { rules, findNames }: { rules: SectionRules; findNames: NameFinder },
): Float64Array {
  return Float64Array.from([
    ...rules.sections.flatMap(({ name, signals }) => {
      const { points = 0, reasons = [] } = rated.find((one) => one.name === name) ?? {};
      const count = (start: string) =>
        Math.min(COUNT_MOST, reasons.filter(({ signal }) => signal.startsWith(start)).length);
      return [
        points,
        count('链接在'),
        ...signals.flatMap(({ why }) => [count(`${why}：标题`), count(`${why}：正文`)]),
      ];
    }),
    ...titleTraits(article, piece, findNames),
  ]);
}

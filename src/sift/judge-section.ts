import type { Article } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import type { Reason } from '../domain/story.ts';
import type { NameFinder } from '../text/names.ts';
import { strongest } from './judge-noise.ts';
import { plainPiece } from './plain-piece.ts';
import type { SectionRules } from './rules.ts';
import { sectionFeatureNames, sectionFeatures } from './section-features.ts';
import { createSectionPoints, type SectionPoints } from './section-points.ts';
import { createWordScorer, type WordModels } from './word-model.ts';

/** `points`: how strongly each section speaks for the piece, in log odds; the reasons are those of the chosen one. */
export type SectionVerdict = { name: string; reasons: Reason[]; points: ReadonlyMap<string, number> };
export type SectionJudge = (article: Article, source: Source | undefined) => SectionVerdict;

/** One point of the rules in log odds, for sections no model was trained for. */
const LOG_ODDS_PER_POINT = 0.6;
/** A section that an editor added takes a piece when its own words speak this much louder than those of any other. */
const ADDED_MARGIN = 1;
/** Words that add less, in log odds, are no reason to show. */
const WORD_LEAST = 0.2;

/**
 * Prepares to choose sections. The bundled ones are told apart by a trained model over the points of the rules and single
 * words; one that an editor added has no model: it takes what its description and examples speak for.
 */
export function createSectionJudge(
  rules: SectionRules,
  models: WordModels,
  findNames: NameFinder,
): SectionJudge {
  const pointsOf = createSectionPoints(rules);
  const scorer = createWordScorer(models, sectionFeatureNames(rules));
  const trained = new Set(rules.sections.map(({ name }) => name).filter((name) => name in models.models));
  return (article, source) => {
    const piece = plainPiece(article);
    const rated = pointsOf(article, piece, source);
    const scores = scorer(piece, sectionFeatures(article, piece, rated, { rules, findNames }));
    const loudest = Math.max(...rated.filter(({ name }) => trained.has(name)).map(({ points }) => points), 0);
    const points = new Map(
      rated.map((one) => [one.name, scores.score(one.name) ?? addedPoints(one, loudest, trained.size > 0)]),
    );
    const best = rated.reduce((one, other) =>
      (points.get(other.name) ?? 0) > (points.get(one.name) ?? 0) ? other : one,
    );
    const words = scores.words(best.name).filter(({ weight }) => weight >= WORD_LEAST);
    const why = strongest([...best.reasons, ...words]);
    return {
      name: best.name,
      points,
      reasons: why.length > 0 ? why : [{ signal: '没有特别的信号，归入最像的板块', weight: 0 }],
    };
  };
}

/** Above every model's log odds when the section's own words win clearly, far below otherwise. */
function addedPoints({ points }: SectionPoints, loudest: number, beside: boolean): number {
  if (!beside) return points * LOG_ODDS_PER_POINT;
  return (points - loudest - ADDED_MARGIN) * 10 * LOG_ODDS_PER_POINT;
}

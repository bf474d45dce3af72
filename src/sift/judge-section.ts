import type { Article } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import type { Reason } from '../domain/story.ts';
import { createScorer } from './additive-model.ts';
import { strongest } from './judge-noise.ts';
import type { SectionRules } from './rules.ts';
import { sectionFeatureNames, sectionFeatures } from './section-features.ts';
import { createSectionPoints, type SectionPoints } from './section-points.ts';
import type { SectionModels } from './sift-models.ts';

/** `points`: how strongly each section speaks for the piece, in log odds; the reasons are those of the chosen one. */
export type SectionVerdict = { name: string; reasons: Reason[]; points: ReadonlyMap<string, number> };
export type SectionJudge = (article: Article, source: Source | undefined) => SectionVerdict;

/** One point of the rules in log odds, for sections no model was trained for. */
const LOG_ODDS_PER_POINT = 0.6;
/**
 * Log odds for each point of the rules beside the model: it was fitted on snippets, the rules hold for whole pages too.
 */
const RULES_SHARE = 1.2;
/** A section that an editor added takes a piece when its own words speak this much louder than those of any other. */
const ADDED_MARGIN = 1;

/**
 * Prepares to choose sections. The bundled ones are told apart by a trained model over the points of the rules; one that
 * an editor added has no model: it takes what its description and examples speak for.
 */
export function createSectionJudge(rules: SectionRules, models: SectionModels): SectionJudge {
  const pointsOf = createSectionPoints(rules);
  const names = sectionFeatureNames(rules);
  const scorers = new Map(
    rules.sections.flatMap(({ name }) => {
      const model = models[name];
      return model === undefined ? [] : [[name, createScorer(model, names)] as const];
    }),
  );
  return (article, source) => {
    const rated = pointsOf(article, source);
    const values = scorers.size > 0 ? sectionFeatures(article, rated, rules) : new Float64Array();
    const loudest = Math.max(...rated.filter(({ name }) => scorers.has(name)).map(({ points }) => points), 0);
    const points = new Map(
      rated.map((one) => {
        const scorer = scorers.get(one.name);
        return [
          one.name,
          scorer
            ? scorer.score(values) + RULES_SHARE * one.points
            : addedPoints(one, loudest, scorers.size > 0),
        ] as const;
      }),
    );
    const best = rated.reduce((one, other) =>
      (points.get(other.name) ?? 0) > (points.get(one.name) ?? 0) ? other : one,
    );
    const why = strongest(best.reasons);
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

import { z } from 'zod';

/**
 * A generalised additive model with step curves (the «explainable boosting machine» of Lou, Caruana and Gehrke 2012
 * without interactions): each feature adds the points of the step its value falls in. One can read it, plot it and
 * say for each decision which feature gave how much.
 */
export const additiveModelSchema = z.object({
  /** Log odds before any feature is looked at. */
  intercept: z.number(),
  /**
   * By feature: `points[i]` holds for values in (edges[i-1], edges[i]]; one more point than edges. `slope`, where given,
   * is added once for each unit of the value.
   */
  features: z.array(
    z.object({
      name: z.string(),
      slope: z.number().optional(),
      edges: z.array(z.number()),
      points: z.array(z.number()),
    }),
  ),
});

export type AdditiveModel = z.infer<typeof additiveModelSchema>;

/** A model made ready for values in the order of `names`. */
export type AdditiveScorer = {
  /** Log odds. */
  score(values: Float64Array): number;
  /** What each feature adds, in log odds, in the order of `names`. */
  parts(values: Float64Array): Float64Array;
};

/** Prepares a model. Features the model does not know add nothing. Cost of a score: one binary search for each feature. */
export function createScorer(model: AdditiveModel, names: readonly string[]): AdditiveScorer {
  const curves = names.map((name) => {
    const feature = model.features.find((one) => one.name === name);
    return {
      slope: feature?.slope ?? 0,
      edges: Float64Array.from(feature?.edges ?? []),
      points: Float64Array.from(feature?.points ?? [0]),
    };
  });
  const speaking = curves.flatMap((curve, index) =>
    curve.edges.length > 0 || curve.slope !== 0 ? [{ ...curve, index }] : [],
  );
  const places = Int32Array.from(speaking, ({ index }) => index);
  const slopes = Float64Array.from(speaking, ({ slope }) => slope);
  // Most curves are straight lines.
  const steps = speaking.map(({ edges, points }) =>
    edges.length === 0 && points[0] === 0 ? undefined : { edges, points },
  );
  return {
    score(values) {
      let sum = model.intercept;
      for (let n = 0; n < places.length; n += 1) {
        const value = values[places[n] ?? 0] ?? 0;
        const step = steps[n];
        const points = step === undefined ? 0 : (step.points[stepOf(step.edges, value)] ?? 0);
        sum += (slopes[n] ?? 0) * value + points;
      }
      return sum;
    },
    parts: (values) =>
      values.map((value, index) => {
        const curve = curves[index];
        return curve === undefined
          ? 0
          : curve.slope * value + (curve.points[stepOf(curve.edges, value)] ?? 0);
      }),
  };
}

/** The index of the first edge that is not below the value. */
export function stepOf(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Log odds as a probability. */
export function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

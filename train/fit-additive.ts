import { type AdditiveModel, stepOf } from '../src/sift/additive-model.ts';

export type Example = { values: Float64Array; label: 0 | 1; weight: number };

export type FitOptions = {
  rounds: number;
  /** Share of a step's best size that is taken. */
  rate: number;
  /** Added to the second derivative: steps with little weight behind them stay small. */
  ridge: number;
  /** Steps lighter than this (sum of p(1-p)) are not split off. */
  minWeight: number;
  /** Most steps of one curve. */
  steps: number;
  /** Models fitted on resampled examples (Breiman 1996) and averaged: the average is again such a model. */
  bags: number;
};

export const FIT_DEFAULTS: FitOptions = {
  rounds: 400,
  rate: 0.08,
  ridge: 5,
  minWeight: 3,
  steps: 24,
  bags: 8,
};

/**
 * Fits a generalised additive model with step curves by gradient boosting of one-split trees (Friedman 2001, Newton
 * steps), each round looking at a third of the features and two thirds of the examples; the trees of one feature are
 * then added up into its curve. Deterministic: the sampling is seeded. Cost: rounds x features x examples / 5.
 */
export function fitAdditive(
  examples: readonly Example[],
  names: readonly string[],
  options: Partial<FitOptions> = {},
): AdditiveModel {
  const { rounds, rate, ridge, minWeight, steps, bags } = { ...FIT_DEFAULTS, ...options };
  const random = seeded(1);
  const edges = names.map((_, feature) =>
    quantiles(
      examples.map(({ values }) => values[feature] ?? 0),
      steps,
    ),
  );
  const bins = edges.map((cuts, feature) =>
    Uint8Array.from(examples, ({ values }) => stepOf(cuts, values[feature] ?? 0)),
  );
  const points = edges.map((cuts) => new Float64Array(cuts.length + 1));
  let intercepts = 0;
  for (let bag = 0; bag < bags; bag += 1) {
    const drawn = drawWeights(examples, random);
    const positives = examples.reduce((sum, one, row) => sum + (drawn[row] ?? 0) * one.label, 0);
    const all = drawn.reduce((sum, one) => sum + one, 0);
    const intercept = Math.log((positives + 1) / (all - positives + 1));
    intercepts += intercept / bags;
    const scores = new Float64Array(examples.length).fill(intercept);
    const slope = new Float64Array(examples.length);
    const curve = new Float64Array(examples.length);
    for (let round = 0; round < rounds; round += 1) {
      const rows: number[] = [];
      examples.forEach(({ label }, row) => {
        const weight = drawn[row] ?? 0;
        if (weight === 0 || random() > 0.67) return;
        const chance = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
        slope[row] = weight * (chance - label);
        curve[row] = weight * Math.max(chance * (1 - chance), 1e-6);
        rows.push(row);
      });
      const features = names.map((_, feature) => feature).filter(() => random() < 0.34);
      const cut = bestCut(rows, features, bins, edges, slope, curve, {
        ridge,
        minWeight,
      });
      if (cut === undefined) continue;
      const target = points[cut.feature];
      const own = bins[cut.feature];
      if (target === undefined || own === undefined) continue;
      for (let step = 0; step < target.length; step += 1)
        target[step] = (target[step] ?? 0) + (rate * (step <= cut.step ? cut.below : cut.above)) / bags;
      examples.forEach((_, row) => {
        scores[row] = (scores[row] ?? 0) + rate * ((own[row] ?? 0) <= cut.step ? cut.below : cut.above);
      });
    }
  }
  return tidy(intercepts, names, edges, points);
}

/** Each example drawn none, one or several times (Poisson with mean 1), keeping its own weight. */
function drawWeights(examples: readonly Example[], random: () => number): Float64Array {
  return Float64Array.from(examples, ({ weight }) => {
    let times = 0;
    for (let left = random(); left > Math.exp(-1); left *= random()) times += 1;
    return weight * times;
  });
}

type Cut = { feature: number; step: number; below: number; above: number; gain: number };

function bestCut(
  rows: readonly number[],
  features: readonly number[],
  bins: readonly Uint8Array[],
  edges: readonly number[][],
  slope: Float64Array,
  curve: Float64Array,
  { ridge, minWeight }: Pick<FitOptions, 'ridge' | 'minWeight'>,
): Cut | undefined {
  let best: Cut | undefined;
  for (const feature of features) {
    const own = bins[feature] ?? new Uint8Array();
    const size = (edges[feature]?.length ?? 0) + 1;
    const slopes = new Float64Array(size);
    const curves = new Float64Array(size);
    for (const row of rows) {
      const bin = own[row] ?? 0;
      slopes[bin] = (slopes[bin] ?? 0) + (slope[row] ?? 0);
      curves[bin] = (curves[bin] ?? 0) + (curve[row] ?? 0);
    }
    const slopeAll = slopes.reduce((sum, one) => sum + one, 0);
    const curveAll = curves.reduce((sum, one) => sum + one, 0);
    let below = 0;
    let weight = 0;
    for (let step = 0; step < size - 1; step += 1) {
      below += slopes[step] ?? 0;
      weight += curves[step] ?? 0;
      if (weight < minWeight || curveAll - weight < minWeight) continue;
      const above = slopeAll - below;
      const gain = below ** 2 / (weight + ridge) + above ** 2 / (curveAll - weight + ridge);
      if (best === undefined || gain > best.gain)
        best = {
          feature,
          step,
          gain,
          below: -below / (weight + ridge),
          above: -above / (curveAll - weight + ridge),
        };
    }
  }
  return best;
}

/** Each curve is centred nowhere but shortened: equal neighbours become one step, numbers get four decimals. */
function tidy(
  intercept: number,
  names: readonly string[],
  edges: readonly number[][],
  points: readonly Float64Array[],
): AdditiveModel {
  const features = names.flatMap((name, feature) => {
    const cuts = edges[feature] ?? [];
    const steps = points[feature] ?? new Float64Array(1);
    const kept: { edges: number[]; points: number[] } = { edges: [], points: [round(steps[0] ?? 0)] };
    cuts.forEach((edge, at) => {
      const next = round(steps[at + 1] ?? 0);
      if (next === kept.points.at(-1)) return;
      kept.edges.push(round(edge));
      kept.points.push(next);
    });
    return kept.points.some((one) => one !== 0) ? [{ name, ...kept }] : [];
  });
  return { intercept: round(intercept), features };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Cuts that part the values into about equal shares; a value that most examples have gets a step of its own. */
function quantiles(values: readonly number[], steps: number): number[] {
  const sorted = values.toSorted((one, other) => one - other);
  const spread = sorted.filter((value) => value !== 0 && value !== -1);
  const from = spread.length > sorted.length * 0.7 ? sorted : spread;
  const cuts = new Set<number>(from === spread ? [-1, 0] : []);
  for (let at = 1; at < steps; at += 1) cuts.add(round(from[Math.floor((from.length * at) / steps)] ?? 0));
  const most = sorted.at(-1) ?? 0;
  return [...cuts].filter((cut) => cut < most).sort((one, other) => one - other);
}

/** A small linear congruential generator (Numerical Recipes): the same model from the same data. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

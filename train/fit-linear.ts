import type { AdditiveModel } from '../src/sift/additive-model.ts';

/** One labelled case: its values in the order of the features' names. */
export type Example = { values: Float64Array; label: 0 | 1; weight: number };

/** `ridge`: what the squared weights of features of unit spread cost. `leftOut`: features that get no weight. */
export type LinearOptions = { ridge: number; leftOut?: readonly string[] };

const MOST_STEPS = 30;
/** When no weight moves by more, the fit has arrived. */
const SMALL = 1e-6;

/**
 * Fits a logistic regression with a ridge by Newton's method: a straight line for each feature. Nothing in it is drawn
 * by lot, so it has no seed to wobble with. Cost: examples x features², times some ten steps.
 */
export function fitLinear(
  examples: readonly Example[],
  allNames: readonly string[],
  { ridge, leftOut = [] }: LinearOptions,
): AdditiveModel {
  const used = allNames.flatMap((name, column) => (leftOut.includes(name) ? [] : [{ name, column }]));
  const names = used.map(({ name }) => name);
  const size = names.length + 1;
  const raw = examples.map(({ values, label, weight }) => ({
    values: Float64Array.from(used, ({ column }) => values[column] ?? 0),
    label,
    weight,
  }));
  const { means, spreads } = scaleOf(raw, names.length);
  const rows = raw.map(({ values }) =>
    Float64Array.from({ length: size }, (_, at) =>
      at === names.length ? 1 : ((values[at] ?? 0) - (means[at] ?? 0)) / (spreads[at] ?? 1),
    ),
  );
  const weights = new Float64Array(size);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const slope = weights.map((weight, at) => (at === names.length ? 0 : weight * ridge));
    const curve = Array.from({ length: size }, (_, at) => {
      const row = new Float64Array(size);
      row[at] = at === names.length ? 0 : ridge;
      return row;
    });
    rows.forEach((row, n) => {
      const { label, weight } = examples[n] ?? { label: 0, weight: 0 };
      const chance = 1 / (1 + Math.exp(-dot(row, weights)));
      const off = weight * (chance - label);
      const bend = weight * Math.max(chance * (1 - chance), 1e-6);
      for (let at = 0; at < size; at += 1) {
        const value = row[at] ?? 0;
        if (value === 0) continue;
        slope[at] = (slope[at] ?? 0) + off * value;
        const target = curve[at];
        if (target === undefined) continue;
        const scaled = bend * value;
        for (let to = 0; to <= at; to += 1) target[to] = (target[to] ?? 0) + scaled * (row[to] ?? 0);
      }
    });
    const change = solve(curve, slope);
    let most = 0;
    change.forEach((by, at) => {
      weights[at] = (weights[at] ?? 0) - by;
      most = Math.max(most, Math.abs(by));
    });
    if (most < SMALL) break;
  }
  const slopes = names.map((_, at) => round((weights[at] ?? 0) / (spreads[at] ?? 1)));
  const shift = slopes.reduce((sum, slope, at) => sum + slope * (means[at] ?? 0), 0);
  return {
    intercept: round((weights[names.length] ?? 0) - shift),
    features: names.map((name, at) => ({ name, slope: slopes[at] ?? 0, edges: [], points: [0] })),
  };
}

function scaleOf(examples: readonly Example[], size: number): { means: Float64Array; spreads: Float64Array } {
  const means = new Float64Array(size);
  const spreads = new Float64Array(size);
  let all = 0;
  for (const { weight } of examples) all += weight;
  for (let at = 0; at < size; at += 1) {
    let sum = 0;
    let squares = 0;
    for (const { values, weight } of examples) {
      sum += weight * (values[at] ?? 0);
      squares += weight * (values[at] ?? 0) ** 2;
    }
    const mean = sum / all;
    means[at] = mean;
    spreads[at] = Math.sqrt(Math.max(0, squares / all - mean ** 2)) || 1;
  }
  return { means, spreads };
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/** Solves `lower` x = `right` for a symmetric positive matrix of which the lower half is given (Cholesky). */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const factor = lower.map((row) => Float64Array.from(row));
  const found = Float64Array.from(right);
  const at = (row: number, column: number) => factor[row]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    for (let row = column; row < size; row += 1) {
      let sum = at(row, column);
      for (let k = 0; k < column; k += 1) sum -= at(row, k) * at(column, k);
      const target = factor[row];
      if (target !== undefined)
        target[column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(column, column);
    }
  }
  for (let row = 0; row < size; row += 1) {
    let sum = found[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= at(row, k) * (found[k] ?? 0);
    found[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = found[row] ?? 0;
    for (let k = row + 1; k < size; k += 1) sum -= at(k, row) * (found[k] ?? 0);
    found[row] = sum / at(row, row);
  }
  return found;
}

/** Six digits that count: lines cross large values. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** Precision, recall and their harmonic mean, all 0..1. */
export type Scores = { precision: number; recall: number; f1: number };

/**
 * Pairwise scores of a clustering: of all pairs put together, how many belong together, and the reverse.
 * `found[i]` and `truth[i]` are the cluster keys of item i. Without any pair on a side that side counts as perfect.
 */
export function pairwiseScores(found: readonly string[], truth: readonly string[]): Scores {
  const both = pairsIn(found.map((key, index) => JSON.stringify([key, truth[index]])));
  return scores(both, pairsIn(found), pairsIn(truth));
}

/** B-cubed scores (Bagga and Baldwin 1998): for each item, how pure and how complete its cluster is; averaged. */
export function bCubedScores(found: readonly string[], truth: readonly string[]): Scores {
  if (found.length === 0) return { precision: 1, recall: 1, f1: 1 };
  const foundSizes = countOf(found);
  const truthSizes = countOf(truth);
  const keys = found.map((key, index) => JSON.stringify([key, truth[index]]));
  const bothSizes = countOf(keys);
  let precision = 0;
  let recall = 0;
  keys.forEach((key, index) => {
    const together = bothSizes.get(key) ?? 0;
    precision += together / (foundSizes.get(found[index] ?? '') ?? 1);
    recall += together / (truthSizes.get(truth[index] ?? '') ?? 1);
  });
  return withF1(precision / found.length, recall / found.length);
}

/** Scores of a yes/no decision; `true` is the class looked for. */
export function binaryScores(found: readonly boolean[], truth: readonly boolean[]): Scores {
  const hits = found.filter((yes, index) => yes && truth[index] === true).length;
  return scores(hits, found.filter(Boolean).length, truth.filter(Boolean).length);
}

/** Average precision: the mean, over all true cases, of the precision at that case in the ranking by score. */
export function averagePrecision(scores: readonly number[], truth: readonly boolean[]): number {
  const ranked = scores
    .map((score, at) => ({ score, yes: truth[at] === true }))
    .sort((a, b) => b.score - a.score);
  let hits = 0;
  let sum = 0;
  ranked.forEach(({ yes }, at) => {
    if (!yes) return;
    hits += 1;
    sum += hits / (at + 1);
  });
  return hits === 0 ? 0 : sum / hits;
}

/** Mean of the F1 of each class that stands in the truth, each class counting alike; 0 when there is none. */
export function macroF1(found: readonly string[], truth: readonly string[]): number {
  const classes = [...new Set(truth)];
  const each = classes.map(
    (name) =>
      binaryScores(
        found.map((one) => one === name),
        truth.map((one) => one === name),
      ).f1,
  );
  return classes.length === 0 ? 0 : each.reduce((sum, f1) => sum + f1, 0) / classes.length;
}

/**
 * Normalised discounted cumulative gain of the first `top` items of a ranking (Järvelin and Kekäläinen 2002), with
 * gain 2^importance - 1. `importances` are in ranked order; the ideal is the same list sorted. 1 when there is no gain.
 */
export function ndcg(importances: readonly number[], top: number = importances.length): number {
  const ideal = discountedGain(
    importances.toSorted((one, other) => other - one),
    top,
  );
  return ideal === 0 ? 1 : discountedGain(importances, top) / ideal;
}

function discountedGain(importances: readonly number[], top: number): number {
  return importances
    .slice(0, top)
    .reduce((sum, importance, place) => sum + (2 ** importance - 1) / Math.log2(place + 2), 0);
}

function scores(hits: number, found: number, truth: number): Scores {
  return withF1(found === 0 ? 1 : hits / found, truth === 0 ? 1 : hits / truth);
}

function withF1(precision: number, recall: number): Scores {
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function pairsIn(keys: readonly string[]): number {
  return [...countOf(keys).values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

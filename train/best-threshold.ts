/** The score from which a yes gives the best F1 on these cases; half way to the next lower score. */
export function bestThreshold(scores: readonly number[], truth: readonly boolean[]): number {
  const order = scores
    .map((score, at) => ({ score, yes: truth[at] === true }))
    .sort((a, b) => b.score - a.score);
  const wanted = truth.filter(Boolean).length;
  let hits = 0;
  let best = { f1: -1, threshold: 0 };
  order.forEach(({ score, yes }, at) => {
    if (yes) hits += 1;
    const next = order[at + 1]?.score ?? score;
    const f1 = (2 * hits) / (at + 1 + wanted);
    if (f1 > best.f1 && next !== score) best = { f1, threshold: (score + next) / 2 };
  });
  return Math.round(best.threshold * 10_000) / 10_000;
}

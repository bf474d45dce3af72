/** Places of the `most` largest weights, in no order; of equal ones those with the smaller id. Cost: a sort of numbers. */
export function heaviest(
  weights: Float32Array | Float64Array,
  ids: ArrayLike<number>,
  most: number,
): number[] {
  if (weights.length <= most) return Array.from(weights, (_, at) => at);
  const least = weights.toSorted()[weights.length - most] ?? 0;
  const above: number[] = [];
  const equal: number[] = [];
  weights.forEach((weight: number, at: number) => {
    if (weight > least) above.push(at);
    else if (weight === least) equal.push(at);
  });
  equal.sort((one, other) => (ids[one] ?? 0) - (ids[other] ?? 0));
  return [...above, ...equal.slice(0, most - above.length)];
}

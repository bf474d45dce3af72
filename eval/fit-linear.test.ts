import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createScorer } from '../src/sift/additive-model.ts';
import { fitLinear } from '../train/fit-linear.ts';

const names = ['left', 'blank', 'useful'];
/** Labels that follow the third value but for a few. */
const examples = Array.from({ length: 200 }, (_, at) => ({
  values: Float64Array.of((at * 7) % 10, 0, at / 100),
  label: at > 100 === (at % 20 !== 0) ? (1 as const) : (0 as const),
  weight: 1,
}));

it('fits a line to the feature that tells, though one before it is left out', () => {
  const model = fitLinear(examples, names, { ridge: 1, leftOut: ['left'] });
  assert.deepEqual(
    model.features.map(({ name }) => name),
    ['blank', 'useful'],
  );
  const { score } = createScorer(model, names);
  assert.ok(score(Float64Array.of(0, 0, 1.9)) > 0);
  assert.ok(score(Float64Array.of(9, 0, 0.1)) < 0);
  assert.equal(score(Float64Array.of(0, 0, 1)), score(Float64Array.of(9, 0, 1)));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costOf, listedPrice, mostCost, pricesSchema, sumIn } from './prices.ts';

const entry = {
  models: ['m-1', 'big-*'],
  currency: 'CNY',
  input: 2,
  cachedInput: 0.5,
  output: 8,
  source: '某页',
};
const list = pricesSchema.parse([
  { ...entry, host: 'api.a.example' },
  { ...entry, provider: 'ollama', models: ['*'], input: 0, output: 0 },
]);
const at = (baseUrl: string, model: string, provider = 'custom') =>
  listedPrice(list, { baseUrl, model, provider });

test('a price is that of an address and a model, whatever the config calls the provider', () => {
  assert.equal(at('https://api.a.example/v1', 'm-1')?.output, 8);
  assert.equal(at('https://api.a.example/v1', 'big-2')?.output, 8);
  assert.equal(at('https://api.a.example/v1', 'm-10'), undefined);
  assert.equal(at('https://intl.a.example/v1', 'm-1'), undefined);
  assert.equal(at('http://10.0.0.2:11434/v1', 'any', 'ollama')?.output, 0);
});

test('tokens the provider had in its cache cost less, and nothing is rounded down', () => {
  const price = at('https://api.a.example/v1', 'm-1');
  assert.ok(price);
  assert.deepEqual(costOf({ input: 1_000, cached: 400, output: 10 }, price, 0, 0), {
    currency: 'CNY',
    micros: 1_200 + 200 + 80,
  });
  assert.equal(costOf({ input: 1, cached: 1, output: 0 }, price, 0, 0).micros, 1);
  assert.equal(mostCost({ input: 1_000, output: 10 }, price).micros, 2_080);
});

test('at peak hours the dearer price counts, also when a call only ends in them', () => {
  const peak = { zone: 'Asia/Shanghai', days: [1, 2, 3, 4, 5], hours: [{ from: '09:00', to: '12:00' }] };
  const [one] = pricesSchema.parse([{ ...entry, host: 'a', peak: { ...peak, input: 4, output: 16 } }]);
  assert.ok(one);
  const cost = (from: string, to = from) =>
    costOf({ input: 10, cached: 0, output: 1 }, one, Date.parse(from), Date.parse(to)).micros;
  assert.equal(cost('2026-03-10T00:59:59Z'), 28);
  assert.equal(cost('2026-03-10T01:00:00Z'), 56);
  assert.equal(cost('2026-03-10T00:59:59Z', '2026-03-10T01:00:05Z'), 56);
  assert.equal(cost('2026-03-10T04:00:00Z'), 28);
  assert.equal(cost('2026-03-14T02:00:00Z'), 28);
  assert.equal(mostCost({ input: 10, output: 1 }, one).micros, 56);
});

test('amounts of several currencies are one sum where every rate is known, and none where not', () => {
  const both = [
    { currency: 'CNY', micros: 100 },
    { currency: 'USD', micros: 10 },
  ];
  assert.equal(sumIn('CNY', both, { USD: 7.1 }), 171);
  assert.equal(sumIn('CNY', both, {}), undefined);
});

import assert from 'node:assert/strict';
import { describe, it, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { main } from '../src/cli/main.ts';
import type { ModelCall } from '../src/domain/model-call.ts';
import { alertsOf } from '../src/newsroom/alerts.ts';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { ceilingsUsed, costReport, estimateEdition, moneyWords } from '../src/newsroom/costs.ts';
import { priceList } from '../src/newsroom/editorial.ts';
import { openPurse } from '../src/newsroom/purse.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { goodAnswer } from './support/good-writer.ts';
import { deskStories, NOW, newsroomWith } from './support/model-room.ts';
import type { Act, Asked } from './support/serve-model.ts';

const stories = deskStories();
const say = ({ prompt }: Asked): Act => ({ do: 'say', content: JSON.stringify(goodAnswer(prompt)) });
/** What the served model counts for each answer: 900 tokens in, 150 out. */
const PRICE = { currency: 'CNY', input: 1, output: 4 };
const ONE_ANSWER = 900 * 1 + 150 * 4;

async function ledgerOf(config: string, month = '2026-03'): Promise<ModelCall[]> {
  const store = openSqliteStore(loadConfig(config).config.store);
  try {
    return await store.modelCalls(month);
  } finally {
    await store.close();
  }
}

const microsOf = (calls: readonly ModelCall[]) =>
  calls.reduce((sum, { cost }) => sum + (cost?.micros ?? 0), 0);

async function ribao(...args: string[]): Promise<string> {
  let said = '';
  await main(args, {
    out: (text) => {
      said += `${text}\n`;
    },
    tongue: 'zh',
  });
  return said;
}

describe('the ledger of model calls', () => {
  it('holds every call with its edition, purpose, tokens and cost; a second run adds nothing', async (t) => {
    const room = await newsroomWith(t, stories, say, { price: PRICE });
    const { run } = await room.run();
    const calls = await ledgerOf(room.config);
    assert.equal(calls.length, stories.length);
    assert.deepEqual(calls[0], {
      at: NOW,
      date: '2026-03-10',
      month: '2026-03',
      runId: run.id,
      purpose: 'brief',
      repair: false,
      model: 'custom/m-1',
      outcome: 'answered',
      tokens: { input: 900, cached: 0, output: 150 },
      cost: { currency: 'CNY', micros: ONE_ANSWER, most: false },
    });
    await room.run();
    assert.equal((await ledgerOf(room.config)).length, stories.length);
    assert.match(room.notes[0] ?? '', /估 0\.\d{4} CNY，本期已用 0\.0180 CNY$/);
  });

  it('tells repairs, failures and answers known already apart', async (t) => {
    const shown = stories.slice(0, 3);
    const room = await newsroomWith(
      t,
      shown,
      (asked) =>
        asked.n === 0
          ? { do: 'say', content: 'no' }
          : asked.n === 2
            ? { do: 'status', status: 400, body: '{"error":{"message":"x","code":"content_filter"}}' }
            : say(asked),
      { price: PRICE, atOnce: 1 },
    );
    await room.run();
    const calls = await ledgerOf(room.config);
    assert.deepEqual(
      calls.map(({ outcome, repair, cost }) => [outcome, repair, cost?.micros]),
      [
        ['answered', false, ONE_ANSWER],
        ['answered', false, ONE_ANSWER],
        ['llm-refused', false, 0],
        ['answered', true, ONE_ANSWER],
      ],
    );
  });

  it('what may have been billed without an answer counts at the most', async (t) => {
    const room = await newsroomWith(t, stories.slice(0, 1), () => ({ do: 'hang' }), {
      price: PRICE,
      timeoutSeconds: 1,
    });
    await room.run();
    const calls = await ledgerOf(room.config);
    assert.deepEqual(
      calls.map(({ outcome, cost }) => [outcome, cost?.most]),
      [
        ['llm-timeout', true],
        ['llm-timeout', true],
      ],
    );
    assert.ok(microsOf(calls) > 2 * 16_000);
  });

  it('a model nobody knows the price of has no cost, and is said to have none', async (t) => {
    const room = await newsroomWith(t, stories.slice(0, 2), say);
    await room.run();
    assert.ok((await ledgerOf(room.config)).every(({ cost }) => cost === undefined));
    const said = await ribao('costs', '--month', '2026-03', '--config', room.config);
    assert.match(said, /调用 2 次.*2 次价格未知/);
    assert.doesNotMatch(said, /0\.00/);
  });
});

describe('the ceiling of money', () => {
  const spentBy = (asked: number) => (asked * ONE_ANSWER) / 1_000_000;

  it('is never exceeded, with eight calls at once; the rest is cut from the articles', async (t) => {
    const perEdition = 0.03;
    const room = await newsroomWith(t, stories, say, { price: PRICE, atOnce: 8, budget: { perEdition } });
    const report = await room.run();
    const briefs = report.edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief));
    assert.equal(briefs.length, stories.length);
    const byModel = briefs.filter(({ writer }) => writer.startsWith('custom/')).length;
    assert.ok(byModel > 1 && byModel < stories.length, `${byModel} by the model`);
    assert.ok(spentBy(room.asked.length) <= perEdition);
    const failures = report.failures.filter(({ subject }) => subject === 'write');
    assert.deepEqual(
      failures.map(({ code }) => code),
      ['llm-ceiling'],
    );
    assert.match(failures[0]?.message ?? '', /本期上限 0\.03 CNY/);
    assert.equal(microsOf(await ledgerOf(room.config)), room.asked.length * ONE_ANSWER);
  });

  it('holds for a model that misbehaves in every way, and the edition is whole and true', async (t) => {
    const perEdition = 0.12;
    const wrong = (asked: Asked): Act => {
      const good = goodAnswer(asked.prompt);
      const untrue = good.sentences.map((one) => ({ ...one, text: one.text.replace(/\d+/, '987') }));
      const acts: Act[] = [
        { do: 'say', content: '{"headline": "青' },
        { do: 'say', content: JSON.stringify({ ...good, sentences: untrue }) },
        { do: 'status', status: 429, body: '{"error":{"message":"slow down"}}' },
        { do: 'say', content: JSON.stringify(good).slice(0, 80), finish: 'length' },
        { do: 'say', content: '' },
        { do: 'status', status: 500, body: '<html>' },
        { do: 'status', status: 200, body: '<html>maintenance' },
        say(asked),
      ];
      return acts[asked.n % acts.length] ?? say(asked);
    };
    const room = await newsroomWith(t, stories, wrong, { price: PRICE, budget: { perEdition } });
    const report = await room.run();
    const briefs = report.edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief));
    assert.equal(briefs.length, stories.length);
    assert.ok(!JSON.stringify(briefs.map(({ headline, summary }) => [headline, summary])).includes('987'));
    const calls = await ledgerOf(room.config);
    assert.ok(microsOf(calls) <= perEdition * 1_000_000, `${microsOf(calls)}`);
    assert.equal(calls.length, room.asked.length);
    assert.ok(calls.every(({ outcome }) => outcome !== 'open'));
    const asked = room.asked.length;
    await room.run();
    assert.equal(room.asked.length, asked);
  });

  it('of the month holds over editions', async (t) => {
    const perMonth = 0.05;
    const shown = stories.slice(0, 6);
    const room = await newsroomWith(t, shown, say, { price: PRICE, budget: { perMonth } });
    await room.run();
    for (const [n, story] of stories.slice(6).entries()) {
      shown.push({ ...story, at: new Date(NOW + n * 86_400_000).toISOString() });
      await room.run(NOW + (n + 1) * 86_400_000);
    }
    assert.ok(spentBy(room.asked.length) <= perMonth);
    const month = await ledgerOf(room.config);
    assert.ok(microsOf(month) <= perMonth * 1_000_000);
    assert.ok(new Set(month.map(({ date }) => date)).size > 1);
  });

  it('without a known price, or a rate for it, nothing is asked', async (t) => {
    for (const more of [{}, { price: { ...PRICE, currency: 'USD' } }]) {
      const room = await newsroomWith(t, stories.slice(0, 2), say, { ...more, budget: { perEdition: 5 } });
      const report = await room.run();
      assert.equal(room.asked.length, 0);
      assert.deepEqual(
        report.failures.filter(({ subject }) => subject === 'write').map(({ code }) => code),
        ['llm-unpriced'],
      );
      assert.equal(report.run.state, 'published');
    }
  });

  it('counts other currencies by the rate of the config', async (t) => {
    const price = { currency: 'USD', input: 1, output: 4 };
    const budget = { perEdition: 0.3, rates: { USD: 10 } };
    const room = await newsroomWith(t, stories, say, { price, budget });
    await room.run();
    assert.ok(room.asked.length > 1 && spentBy(room.asked.length) * 10 <= 0.3, `${room.asked.length} asked`);
    assert.ok(room.asked.length < stories.length);
  });

  it('holds for all prices, answers and orders, over two processes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.array(
          fc.record({
            input: fc.integer({ min: 0, max: 90 }),
            output: fc.integer({ min: 0, max: 90 }),
            used: fc.constantFrom('used', 'nothing', 'unclear'),
            share: fc.integer({ min: 0, max: 100 }),
            ticks: fc.integer({ min: 0, max: 3 }),
          }),
          { maxLength: 30 },
        ),
        async (ceiling, plans) => {
          const store = openSqliteStore(':memory:');
          const purses = ['r1', 'r2'].map((id) =>
            openPurse(
              { id, date: '2026-03-10' },
              {
                store,
                clock: () => NOW,
                timezone: 'Asia/Shanghai',
                prices: { chat: { name: 'x/m', price: PRICE } },
                budget: { currency: 'CNY', perEdition: ceiling / 1_000_000, rates: {} },
              },
            ),
          );
          let billed = 0;
          await Promise.all(
            plans.map(async ({ input, output, used, share, ticks }, n) => {
              const most = { input, output };
              const opened = await purses[n % 2]?.open({
                purpose: 'brief',
                repair: false,
                kind: 'chat',
                most,
              });
              if (opened === undefined || 'kind' in opened) return;
              const part = (all: number) => Math.floor((all * share) / 100);
              const tokens = { input: part(input), cached: 0, output: part(output) };
              // A call of which nothing is known may have been billed in full.
              const real = { used: tokens, nothing: { input: 0, output: 0 }, unclear: most }[used];
              billed += real.input * PRICE.input + real.output * PRICE.output;
              assert.ok(billed <= ceiling);
              for (let tick = 0; tick < ticks; tick += 1) await null;
              const outcome = 'answered';
              await opened.settle(
                used === 'used'
                  ? { outcome, billed: { kind: 'used', tokens } }
                  : { outcome, billed: { kind: used === 'nothing' ? 'nothing' : 'unclear' } },
              );
            }),
          );
          const [spent] = (await store.spending('2026-03-10', '2026-03')).edition;
          assert.ok((spent?.micros ?? 0) <= ceiling);
          await store.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what an editor sees of the costs', () => {
  const room = (t: TestContext) =>
    newsroomWith(t, stories.slice(0, 4), say, { price: PRICE, budget: { perEdition: 1, perMonth: 20 } });

  it('`costs` adds up by edition, purpose and model, and shows the ceilings', async (t) => {
    const { run, config } = await room(t);
    await run();
    const said = await ribao('costs', '--month', '2026-03', '--config', config);
    assert.match(
      said,
      /^2026-03 {2}调用 4 次，缓存 0 次，返工 0，失败 0，输入 3600（.*），输出 600，0\.0060 CNY$/m,
    );
    assert.match(said, /^ {2}2026-03-10 {2}调用 4 次/m);
    assert.match(said, /^ {2}简讯 {2}调用 4 次/m);
    assert.match(said, /^ {2}custom\/m-1 {2}调用 4 次/m);
    assert.match(said, /本月的上限：已用 0\.0060 \/ 20 CNY（0 %）/);
    const json = JSON.parse(await ribao('costs', '--month', '2026-03', '--json', '--config', config));
    assert.equal(json.total.calls, 4);
    assert.deepEqual(json.total.cost, [{ currency: 'CNY', micros: 4 * ONE_ANSWER }]);
    assert.match(await ribao('costs', '--month', '2026-02', '--config', config), /没有调用模型/);
  });

  it('`costs --estimate` goes by the calls of lately', async (t) => {
    const { run, config } = await room(t);
    const before = await ribao('costs', '--estimate', '--config', config);
    assert.match(before, /简讯（custom\/m-1）：约 52 次.*（按常情）/);
    assert.match(before, /每期上限 1 CNY，不会超过/);
    await run(Date.now());
  });

  it('an estimate: the config before any call, the ledger after', () => {
    const settings = { embeddings: false, secondReader: true, writing: true };
    const config = {
      edition: { maxItems: 20 },
      model: settings,
    } as Parameters<typeof estimateEdition>[0];
    const prices = { chat: { name: 'x/m', price: PRICE } };
    const first = estimateEdition(config, prices, [], NOW);
    assert.deepEqual(
      first.map(({ purpose, calls, from }) => [purpose, calls, from]),
      [
        ['second-reader', 10, 'usual'],
        ['brief', 35, 'usual'],
        ['deep-read', 4, 'usual'],
      ],
    );
    const call = (date: string): ModelCall => ({
      at: NOW,
      date,
      month: '2026-03',
      runId: 'r',
      purpose: 'brief',
      repair: false,
      model: 'x/m',
      outcome: 'answered',
      tokens: { input: 500, cached: 100, output: 50 },
    });
    const lately = [call('2026-03-08'), call('2026-03-08'), call('2026-03-09'), call('2026-03-09')];
    const later = estimateEdition(config, prices, lately, NOW).find(({ purpose }) => purpose === 'brief');
    assert.deepEqual([later?.calls, later?.from, later?.cost?.micros], [2, 'ledger', 2 * (500 + 50 * 4)]);
    assert.equal(estimateEdition(config, { chat: { name: 'x/m' } }, [], NOW)[0]?.cost, undefined);
  });

  it('an alert says once that a ceiling is near, and that it was reached', () => {
    const budget = { currency: 'CNY', perEdition: 1, perMonth: 10, rates: {} };
    const spent = (edition: number, month: number) =>
      ceilingsUsed(budget, {
        edition: [{ currency: 'CNY', micros: edition * 1e6 }],
        month: [{ currency: 'CNY', micros: month * 1e6 }],
      });
    const told = (edition: number, month: number, stopped = false) =>
      alertsOf({
        run: { id: 'r', date: '2026-03-10' },
        failures: [],
        events: [],
        rests: [],
        zone: 'Asia/Shanghai',
        money: { month: '2026-03', ceilings: spent(edition, month), stopped },
      }).map(({ key }) => key);
    assert.deepEqual(told(0.79, 7.9), []);
    assert.deepEqual(told(0.2, 8), ['ceiling/month/2026-03']);
    assert.deepEqual(told(0.95, 8, true), [
      'ceiling/edition/2026-03-10',
      'ceiling/month/2026-03',
      'ceiling/stopped/2026-03-10',
    ]);
  });
});

test('the bundled prices: each says where it was read, cached input never costs more, peaks never less', () => {
  const prices = priceList();
  assert.ok(prices.length > 5);
  for (const { models, source, input, cachedInput = 0, peak } of prices) {
    assert.ok(source !== '' && cachedInput <= input, models.join());
    if (peak) assert.ok(peak.input >= input, models.join());
  }
});

test('small sums are shown as small sums, and a report of nothing is nothing', () => {
  assert.equal(moneyWords({ currency: 'CNY', micros: 1_500 }), '0.0015 CNY');
  assert.equal(moneyWords({ currency: 'USD', micros: 2_345_678 }), '2.35 USD');
  assert.equal(costReport('2026-03', []).total.calls, 0);
});

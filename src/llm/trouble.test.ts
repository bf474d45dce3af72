import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Llm } from './llm.ts';
import type { Bench } from './serve-llm-double.test.ts';
import { codeOf, errorReply, GOOD, openBench, question } from './serve-llm-double.test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  bench.double.answer = () => GOOD;
});
afterEach(() => bench.double.close());

/** Different questions, so that none comes from the cache. */
const askAbout = (llm: Llm, prompt: string) => llm.ask({ ...question, prompt });

describe('when the provider fails', () => {
  for (const [name, reply, code] of [
    ['402', errorReply(402, { message: 'Insufficient Balance' }), 'llm-quota'],
    ['429 with a quota code', errorReply(429, { message: 'pay', code: 'insufficient_quota' }), 'llm-quota'],
    [
      '429 with a quota type',
      errorReply(429, { message: 'x', type: 'exceeded_current_quota_error' }),
      'llm-quota',
    ],
    [
      '429 for the balance, by number',
      errorReply(429, { message: '您的账户已欠费', code: '1113' }),
      'llm-quota',
    ],
    [
      '403 for an overdue account',
      errorReply(403, { message: 'x', code: 'AccountOverdueError' }),
      'llm-quota',
    ],
    ['401', errorReply(401, { message: 'x' }), 'llm-auth'],
    ['403', errorReply(403, { message: 'region' }), 'llm-auth'],
    ['404', errorReply(404, { message: 'no such model' }), 'llm-unreachable'],
    ['400 for the parameters', errorReply(400, { message: 'temperature' }), 'llm-refused'],
    [
      '400 of the content filter',
      errorReply(400, { message: 'x', code: 'data_inspection_failed' }),
      'llm-refused',
    ],
  ] as const) {
    test(`${name} is ${code} and not tried again`, async () => {
      bench.double.next(reply);
      assert.equal(codeOf(await bench.open().ask(question)), code);
      assert.equal(bench.double.chats.length, 1);
      assert.deepEqual(bench.waits, []);
    });
  }

  test('429 for the rate is tried once more after the time asked for', async () => {
    bench.double.next({ ...errorReply(429, { message: 'slow down' }), headers: { 'retry-after': '7' } });
    assert.equal(codeOf(await bench.open().ask(question)), 'answered');
    assert.deepEqual(bench.waits, [7_000]);
  });

  test('nobody waits longer than a minute: who asks for more is left alone', async () => {
    bench.double.next({ ...errorReply(429, { message: 'x' }), headers: { 'retry-after': '3600' } });
    const answer = await bench.open().ask(question);
    assert.equal(codeOf(answer), 'llm-rate');
    assert.equal(answer.kind === 'failed' && answer.retryable, true);
    assert.deepEqual(bench.waits, []);
    assert.equal(bench.double.chats.length, 1);
  });

  test('the wait one request is asked for is kept by the next, too', async () => {
    const llm = bench.open({ atOnce: 1 });
    bench.double.next({ ...errorReply(429, { message: 'x' }), headers: { 'retry-after': '9' } });
    await Promise.all([askAbout(llm, '1'), askAbout(llm, '2')]);
    assert.ok(bench.waits[0] === 9_000, String(bench.waits));
    assert.equal(bench.double.chats.length, 3);
  });

  test('a rate per minute that speaks of quota (Gemini, in an array) is a rate', async () => {
    const error = { code: 429, message: 'You exceeded your current quota', status: 'RESOURCE_EXHAUSTED' };
    bench.double.next({ status: 429, body: JSON.stringify([{ error }]) });
    assert.equal(codeOf(await bench.open().ask(question)), 'answered');
  });

  test('500, a cut connection and a body that is no JSON are tried once more', async () => {
    for (const reply of [
      { status: 500, body: '<html>' },
      { cut: true as const },
      { half: 'cut' as const },
      { body: '<html>maintenance' },
    ]) {
      bench.double.next(reply);
      assert.equal(
        codeOf(await bench.open().ask({ ...question, prompt: JSON.stringify(reply) })),
        'answered',
      );
    }
    assert.equal(bench.double.chats.length, 8);
  });

  test('200 with an error inside means what the error says', async () => {
    bench.double.next({ body: JSON.stringify({ error: { code: 402, message: 'no credits' } }) });
    assert.equal(codeOf(await bench.open().ask(question)), 'llm-quota');
    assert.equal(bench.double.chats.length, 1);
  });

  test('a model that does not answer in time is given up', async () => {
    bench.double.next({ silent: true }, { silent: true });
    assert.equal(codeOf(await bench.open({ timeoutMs: 60 }).ask(question)), 'llm-timeout');
    bench.double.next({ half: 'silent' }, { half: 'silent' });
    assert.equal(codeOf(await bench.open({ timeoutMs: 60 }).ask(question)), 'llm-timeout');
  });

  test('nobody there is llm-unreachable', async () => {
    await bench.double.close();
    assert.equal(codeOf(await bench.open().ask(question)), 'llm-unreachable');
    bench = await openBench();
  });

  test('after three failures in a row the rest fails at once, except what is known already', async () => {
    const llm = bench.open();
    await askAbout(llm, 'known');
    bench.double.next(...Array.from({ length: 3 }, () => errorReply(402, { message: 'x' })));
    for (const prompt of ['1', '2', '3', '4', '5'])
      assert.equal(codeOf(await askAbout(llm, prompt)), 'llm-quota');
    assert.equal(bench.double.chats.length, 4);
    assert.match(JSON.stringify(await askAbout(llm, '6')), /不再询问/);
    assert.equal(codeOf(await askAbout(llm, 'known')), 'answered');
  });

  test('requests that are themselves refused do not count', async () => {
    const llm = bench.open();
    const filtered = errorReply(400, { message: 'x', code: 'data_inspection_failed' });
    bench.double.next(filtered, filtered, filtered, filtered);
    for (const prompt of ['1', '2', '3', '4']) await askAbout(llm, prompt);
    assert.equal(codeOf(await askAbout(llm, '5')), 'answered');
  });

  test('an answer in between closes the count', async () => {
    const llm = bench.open();
    const denied = errorReply(401, { message: 'x' });
    bench.double.next(denied, denied, { content: GOOD }, denied, denied, { content: GOOD });
    const codes = [];
    for (const prompt of ['1', '2', '3', '4', '5', '6']) codes.push(codeOf(await askAbout(llm, prompt)));
    assert.deepEqual(codes, ['llm-auth', 'llm-auth', 'answered', 'llm-auth', 'llm-auth', 'answered']);
  });

  test('the ceiling of calls holds, retries included', async () => {
    const llm = bench.open({ maxCalls: 3 });
    bench.double.next({ status: 500, body: '' });
    assert.equal(codeOf(await askAbout(llm, '1')), 'answered');
    assert.equal(codeOf(await askAbout(llm, '2')), 'answered');
    assert.equal(codeOf(await askAbout(llm, '3')), 'llm-budget');
    assert.equal(bench.double.chats.length, 3);
    assert.equal(llm.spent().calls, 3);
  });
});

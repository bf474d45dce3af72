import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { z } from 'zod';
import type { Bench } from './serve-llm-double.test.ts';
import { codeOf, GOOD, openBench, question, schema } from './serve-llm-double.test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  bench.double.answer = () => GOOD;
});
afterEach(() => bench.double.close());

describe('asking a model', () => {
  test('a plain provider learns the schema and the word JSON from the instructions', async () => {
    const answer = await bench.open().ask(question);
    assert.deepEqual(answer, { kind: 'answered', value: { city: '青屿', people: 3 }, cached: false });
    const [chat] = bench.double.chats;
    assert.deepEqual(chat?.response_format, { type: 'json_object' });
    assert.equal(chat?.max_tokens, 50);
    const system = chat?.messages[0]?.content ?? '';
    assert.ok(system.startsWith('说出城市'));
    assert.match(system, /JSON/);
    assert.match(system, /"city":\{"type":"string"\}/);
    assert.deepEqual(chat?.messages[1], { role: 'user', content: '材料' });
    assert.equal(chat?.temperature, undefined);
  });

  test('a provider that takes schemas gets a strict one, under its own names', async () => {
    await bench.open({ provider: 'openai' }).ask(question);
    const form = z
      .object({
        type: z.string(),
        json_schema: z.looseObject({ strict: z.boolean(), schema: z.looseObject({}) }),
      })
      .parse(bench.double.chats[0]?.response_format);
    assert.equal(form.type, 'json_schema');
    assert.equal(form.json_schema.strict, true);
    assert.deepEqual(form.json_schema.schema.required, ['city', 'people']);
    assert.equal(form.json_schema.schema.additionalProperties, false);
    // It thinks whatever it is told, and thoughts count.
    assert.equal(bench.double.chats[0]?.max_completion_tokens, 8_050);
    assert.equal(bench.double.chats[0]?.max_tokens, undefined);
    assert.equal(bench.double.chats[0]?.messages[0]?.content, '说出城市');
  });

  test('a provider that thinks unless told not to is told', async () => {
    await bench.open({ provider: 'deepseek' }).ask(question);
    assert.deepEqual(bench.double.chats[0]?.thinking, { type: 'disabled' });
  });

  for (const [name, content] of [
    ['in a code fence', `\`\`\`json\n${GOOD}\n\`\`\``],
    ['after thinking aloud', `<think>城市 {"city": 1} 也许是……</think>\n${GOOD}`],
    [
      'after thinking, in a fence, with words around',
      `<think>嗯</think>好的：\n\`\`\`\n${GOOD}\n\`\`\`\n完毕`,
    ],
  ] as const) {
    test(`an answer ${name} is read at once`, async () => {
      bench.double.next({ content });
      const answer = await bench.open().ask(question);
      assert.deepEqual(answer.kind === 'answered' && answer.value, { city: '青屿', people: 3 });
      assert.equal(bench.double.chats.length, 1);
    });
  }

  test('the same question is answered from the cache, another model is not', async () => {
    const llm = bench.open();
    await llm.ask(question);
    assert.equal((await llm.ask(question)).kind === 'answered', true);
    const later = await bench.open({ maxCalls: 0 }).ask(question);
    assert.deepEqual(later, { kind: 'answered', value: { city: '青屿', people: 3 }, cached: true });
    assert.equal(bench.double.chats.length, 1);
    assert.deepEqual(llm.spent(), { calls: 1, cached: 1, inputTokens: 100, outputTokens: 20 });
    await bench.open({ model: 'm-2' }).ask(question);
    await bench.open().ask({ ...question, instructions: '别的' });
    await bench
      .open()
      .ask({ ...question, schema: schema.extend({ more: z.null() }).partial({ more: true }) });
    assert.equal(bench.double.chats.length, 4);
  });

  test('a damaged answer in the cache is asked for again', async () => {
    await bench.open().ask(question);
    for (const key of bench.kept.keys()) bench.kept.set(key, '{"city":');
    const answer = await bench.open().ask(question);
    assert.deepEqual(answer.kind === 'answered' && answer.cached, false);
    assert.equal(bench.double.chats.length, 2);
  });

  test('a wrong answer is shown to the model with what was wrong, once', async () => {
    bench.double.next({ content: '{"city":7}' });
    assert.equal(codeOf(await bench.open().ask(question)), 'answered');
    const messages = bench.double.chats[1]?.messages ?? [];
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.equal(messages[2]?.content, '{"city":7}');
    assert.match(messages[3]?.content ?? '', /city/);
  });

  test('a blank answer is asked for again without a blank message', async () => {
    bench.double.next({ content: ' \n' });
    assert.equal(codeOf(await bench.open().ask(question)), 'answered');
    assert.deepEqual(
      bench.double.chats[1]?.messages.map(({ role }) => role),
      ['system', 'user', 'user'],
    );
  });

  test('two wrong answers are a failure, and are not kept', async () => {
    bench.double.next({ content: 'no' }, { content: '{"people":null}' });
    const answer = await bench.open().ask(question);
    assert.equal(codeOf(answer), 'llm-invalid');
    assert.equal(bench.double.chats.length, 2);
    assert.equal(bench.kept.size, 0);
  });

  test('an answer that was cut off or withheld is not asked for again', async () => {
    bench.double.next({ content: '{"city":"青', finish: 'length' });
    assert.equal(codeOf(await bench.open().ask(question)), 'llm-invalid');
    for (const finish of ['content_filter', 'sensitive']) {
      bench.double.next({ content: GOOD, finish });
      assert.equal(codeOf(await bench.open().ask(question)), 'llm-refused');
    }
    assert.equal(bench.double.chats.length, 3);
  });
});

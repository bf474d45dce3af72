import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Llm } from './llm.ts';
import type { LlmSettings } from './open-llm.ts';
import type { Bench } from './serve-llm-double.test.ts';
import { codeOf, directionOf, errorReply, GOOD, openBench, question } from './serve-llm-double.test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  bench.double.answer = () => GOOD;
});
afterEach(() => bench.double.close());

/** Different questions, so that none comes from the cache. */
const askAbout = (llm: Llm, prompt: string) => llm.ask({ ...question, prompt });

describe('embedding', () => {
  const qwen = (more: Partial<LlmSettings> = {}) => bench.open({ provider: 'qwen', ...more });
  const texts = Array.from({ length: 23 }, (_, at) => `${'文'.repeat(at)}第${at}篇`);

  test('goes out in calls of the size the provider takes, and comes back in order at length 1', async () => {
    const { vectors, failures } = await qwen().embed([...texts, texts[0] ?? '', '  ']);
    assert.deepEqual(failures, []);
    assert.deepEqual(
      bench.double.embeddings.map(({ input }) => input.length),
      [10, 10, 3],
    );
    assert.equal(bench.double.embeddings[0]?.model, 'text-embedding-v4');
    assert.equal(vectors.size, 23);
    for (const text of texts) {
      const direction = directionOf(text);
      const length = Math.hypot(...direction);
      assert.deepEqual(
        vectors.get(text),
        Float32Array.from(direction, (one) => one / length),
      );
    }
  });

  test('known texts are not sent again, and come back the same', async () => {
    const first = await qwen().embed(texts.slice(0, 3));
    const llm = qwen();
    const second = await llm.embed(texts.slice(0, 5));
    assert.deepEqual(bench.double.embeddings[1]?.input, texts.slice(3, 5));
    assert.equal(llm.spent().cached, 3);
    for (const text of texts.slice(0, 3)) assert.deepEqual(second.vectors.get(text), first.vectors.get(text));
    await qwen({ embeddingModel: 'another' }).embed(texts.slice(0, 3));
    assert.equal(bench.double.embeddings[2]?.input.length, 3);
  });

  test('a failed call leaves the others', async () => {
    bench.double.next({}, errorReply(400, { message: 'x', code: 'data_inspection_failed' }));
    const { vectors, failures } = await qwen().embed(texts);
    assert.equal(vectors.size, 13);
    assert.equal(failures.length, 1);
    assert.match(failures[0] ?? '', /^llm-refused：.*10 条/);
  });

  test('long texts are cut at a whole character', async () => {
    const long = `${'字'.repeat(3_999)}${'𠮷'.repeat(20)}`;
    const { vectors } = await qwen().embed([long]);
    assert.equal(bench.double.embeddings[0]?.input[0], `${'字'.repeat(3_999)}𠮷`);
    assert.ok(vectors.get(long));
  });

  test('a vector without direction is none', async () => {
    bench.double.next({ body: JSON.stringify({ data: [{ index: 0, embedding: [0, 0] }] }) });
    const { vectors, failures } = await qwen().embed(['空']);
    assert.equal(vectors.size, 0);
    assert.equal(failures.length, 1);
    assert.equal(bench.kept.size, 0);
  });

  test('without an embedding model nothing is sent, and the chat line stays open', async () => {
    const llm = bench.open({ provider: 'deepseek' });
    assert.equal(llm.canEmbed, false);
    const { vectors, failures } = await llm.embed(texts);
    assert.equal(vectors.size, 0);
    assert.equal(failures.length, 1);
    assert.equal(bench.double.embeddings.length, 0);
    assert.equal(codeOf(await llm.ask(question)), 'answered');
  });

  test('a dead embedding model does not close the chat line, and counts into the same ceiling', async () => {
    const llm = qwen({ maxCalls: 4 });
    bench.double.next(...Array.from({ length: 3 }, () => errorReply(404, { message: 'x' })));
    await llm.embed([...texts, ...texts.map((text) => `另${text}`)]);
    assert.equal(bench.double.embeddings.length, 3);
    assert.equal(codeOf(await llm.ask(question)), 'answered');
    assert.equal(codeOf(await askAbout(llm, '多')), 'llm-budget');
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { keyHider } from './hide-key.ts';
import type { Bench } from './serve-llm-double.test.ts';
import { codeOf, errorReply, GOOD, KEY, openBench, question } from './serve-llm-double.test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  bench.double.answer = () => GOOD;
});
afterEach(() => bench.double.close());

describe('the key', () => {
  const forms = [KEY, encodeURIComponent(KEY), JSON.stringify(KEY).slice(1, -1)];
  const holdsKey = (text: string) => forms.some((form) => text.includes(form)) || text.includes('1234567890');

  test('does not come out of a provider that quotes it', async () => {
    for (const message of forms.flatMap((form) => [form, `${'x'.repeat(150)}${form}`, `Bearer ${form}`])) {
      bench.double.next(errorReply(400, { message: `bad: ${message}` }));
      const answer = await bench.open().ask(question);
      assert.equal(codeOf(answer), 'llm-refused');
      assert.equal(holdsKey(JSON.stringify(answer)), false, JSON.stringify(answer));
    }
  });

  test('does not come out of a wrong key', async () => {
    const answer = await bench.open({ apiKey: 'sk-other1234567890' }).ask(question);
    assert.equal(codeOf(answer), 'llm-auth');
    assert.equal(holdsKey(JSON.stringify(answer)), false);
    assert.match(JSON.stringify(answer), /no such key/);
  });

  test('does not come out of an answer, nor into the cache', async () => {
    bench.double.next({ content: JSON.stringify({ city: KEY, people: null }) });
    const answer = await bench.open().ask(question);
    assert.equal(codeOf(answer), 'answered');
    assert.equal(holdsKey(JSON.stringify([answer, ...bench.kept])), false);
  });

  test('with signs no header takes is named wrong without being quoted or sent', async () => {
    const answer = await bench.open({ apiKey: 'sk-秘密1234567890' }).ask(question);
    assert.equal(codeOf(answer), 'llm-auth');
    assert.doesNotMatch(JSON.stringify(answer), /秘密|1234567890/);
    assert.equal(bench.double.chats.length, 0);
  });

  test('may be empty, and then no word is hidden', async () => {
    const answer = await bench.open({ apiKey: '' }).ask(question);
    assert.equal(codeOf(answer), 'llm-auth');
    assert.match(JSON.stringify(answer), /no such key: undefined/);
  });
});

test('a key never outlives the hider, whatever stands around it', () => {
  const key = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.$+/="\\'), minLength: 6, maxLength: 40 });
  fc.assert(
    fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!'***'.includes(secret));
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret)]) {
        const hidden = keyHider(secret)(`${before}${form}${after}`);
        assert.ok(!hidden.includes(secret), hidden);
      }
    }),
  );
});

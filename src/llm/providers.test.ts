import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../domain/problem.ts';
import { chosenProvider, PROVIDER_NAMES } from './providers.ts';

test('every preset is ready once it has a model', () => {
  for (const name of PROVIDER_NAMES) {
    const provider = chosenProvider({ provider: name, model: 'm' });
    assert.equal(provider.name, name);
    assert.match(new URL(provider.baseUrl).protocol, /^https?:$/);
    if (provider.embedding) assert.ok(provider.embedding.maxInputs > 0 && provider.embedding.maxChars > 0);
  }
});

test('the words of the config stand over the preset', () => {
  const provider = chosenProvider({
    provider: 'glm',
    baseUrl: 'https://api.z.ai/api/paas/v4',
    embeddingModel: 'e',
  });
  assert.equal(provider.baseUrl, 'https://api.z.ai/api/paas/v4');
  assert.equal(provider.model, 'glm-4.7-flash');
  assert.equal(provider.embedding?.model, 'e');
});

test('Qwen takes ten texts at a time, DeepSeek none', () => {
  assert.equal(chosenProvider({ provider: 'qwen' }).embedding?.maxInputs, 10);
  assert.equal(chosenProvider({ provider: 'deepseek' }).embedding, null);
});

test('a custom provider is an address and a model, trusted with plain JSON only', () => {
  const provider = chosenProvider({ baseUrl: 'http://localhost:8000/v1', model: 'mine' });
  assert.deepEqual(provider, {
    name: 'custom',
    baseUrl: 'http://localhost:8000/v1',
    model: 'mine',
    structured: 'object',
    atOnce: 4,
    embedding: null,
  });
});

for (const [what, choice] of [
  ['no model where the preset has none', { provider: 'ollama' }],
  ['neither provider nor address', { model: 'm' }],
  ['an address that is none', { baseUrl: 'localhost', model: 'm' }],
] as const) {
  test(`${what} is a mistake in the config`, () => {
    assert.throws(
      () => chosenProvider(choice),
      (error) => error instanceof Problem && error.code === 'config-invalid',
    );
  });
}

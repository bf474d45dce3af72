import type { AnswerCache, Embedded, LlmFailure } from './llm.ts';
import type { Vectors } from './model-api.ts';

/** What embedding needs from the model it stands before. */
export type Embedder = {
  limits: { maxInputs: number; maxChars: number };
  answers: AnswerCache;
  keyOf(text: string): string;
  send(values: string[]): Promise<Vectors | LlmFailure>;
  /** Told how many texts were known already. */
  onCached(count: number): Promise<void>;
};

/** The vectors of texts: from the cache, else asked for in calls of the provider's size, one after the other. */
export async function embedTexts(texts: readonly string[], embedder: Embedder): Promise<Embedded> {
  const { answers, keyOf, limits } = embedder;
  const cut = new Map(
    texts.filter((text) => text.trim() !== '').map((text) => [text, shortened(text, limits.maxChars)]),
  );
  const inputs = [...new Set(cut.values())];
  const found = await knownVectors(inputs, embedder);
  await embedder.onCached(found.size);

  const lost = new Map<string, number>();
  for (const chunk of chunksOf(
    inputs.filter((input) => !found.has(input)),
    limits.maxInputs,
  )) {
    const result = await embedder.send(chunk);
    if (result.kind === 'failed') {
      const words = `${result.code}：${result.message}`;
      lost.set(words, (lost.get(words) ?? 0) + chunk.length);
      continue;
    }
    const fresh = new Map<string, Float32Array>();
    for (const [at, input] of chunk.entries()) {
      const vector = unitVector(result.vectors[at] ?? []);
      if (vector) fresh.set(input, vector);
      else lost.set(NO_VECTOR, (lost.get(NO_VECTOR) ?? 0) + 1);
    }
    await answers.keep([...fresh].map(([input, vector]) => ({ key: keyOf(input), value: packed(vector) })));
    for (const [input, vector] of fresh) found.set(input, vector);
  }

  const vectors = new Map<string, Float32Array>();
  for (const [text, input] of cut) {
    const vector = found.get(input);
    if (vector) vectors.set(text, vector);
  }
  return { vectors, failures: [...lost].map(([words, count]) => `${words}（${count} 条文本没有向量）`) };
}

const NO_VECTOR = 'llm-invalid：模型给的向量是空的或全为零';

async function knownVectors(
  inputs: string[],
  { answers, keyOf }: Embedder,
): Promise<Map<string, Float32Array>> {
  const kept = await answers.get(inputs.map(keyOf));
  const found = new Map<string, Float32Array>();
  for (const input of inputs) {
    const vector = unpacked(kept.get(keyOf(input)) ?? '');
    if (vector) found.set(input, vector);
  }
  return found;
}

/** At most `maxChars` code points, so that no character is cut in half. */
function shortened(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : [...text.slice(0, maxChars * 2)].slice(0, maxChars).join('');
}

/** The vector at length 1; nothing when it has no direction (empty, all zero, not a number). */
function unitVector(numbers: readonly number[]): Float32Array | undefined {
  const length = Math.hypot(...numbers);
  return length > 0 && Number.isFinite(length)
    ? Float32Array.from(numbers, (one) => one / length)
    : undefined;
}

/** Base64 of the little-endian float32 values, the order of every machine Node runs on. */
function packed(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

function unpacked(text: string): Float32Array | undefined {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
  const vector = new Float32Array(bytes.buffer);
  return vector.every(Number.isFinite) ? vector : undefined;
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}

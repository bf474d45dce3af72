import { createRuns } from './runs.ts';

/** Short texts kept end to end outside the engine's heap, where collecting garbage need not carry them about. */
export type Texts = {
  /** Keeps a text of at most 2^18 characters and says where it begins. */
  keep(text: string): number;
  read(at: number, length: number): string;
};

export function createTexts(): Texts {
  const kept = createRuns((size) => new Uint16Array(size));
  return {
    keep(text) {
      const at = kept.reserve(text.length);
      const run = kept.read(at, text.length);
      for (let n = 0; n < run.length; n += 1) run[n] = text.charCodeAt(n);
      return at;
    },
    read: (at, length) => fromLetters(kept.read(at, length)),
  };
}

/** UTF-16 code units as text. */
export function fromLetters(letters: Uint16Array): string {
  // Spreading them would walk an iterator for each.
  return Reflect.apply(String.fromCharCode, undefined, letters);
}

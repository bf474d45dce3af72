import { SIGNATURE_BINS, type Signature, signatureOf } from '../text/similarity.ts';
import { createRuns } from './runs.ts';

/** The signatures of a window's texts, end to end: an array for each would take twice the memory of what it holds. */
export type Signatures = {
  /** Keeps the signature of a text and says where it begins; undefined when the text has no words. */
  keep(text: string): number | undefined;
  read(at: number): Signature;
};

export function createSignatures(): Signatures {
  const kept = createRuns((size) => new Uint32Array(size));
  return {
    keep(text) {
      const signature = signatureOf(text);
      if (signature === undefined) return undefined;
      const at = kept.reserve(SIGNATURE_BINS);
      kept.read(at, SIGNATURE_BINS).set(signature);
      return at;
    },
    read: (at) => kept.read(at, SIGNATURE_BINS),
  };
}

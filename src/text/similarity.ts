/**
 * Near-duplicate texts by one-permutation MinHash.
 * Li, Owen, Zhang 2012 («One Permutation Hashing»): one hash per shingle, its top bits choose a bin, each bin keeps its
 * smallest value. Empty bins borrow from a pseudo-random full bin (Shrivastava 2017, «Optimal Densification»), so that
 * the share of equal bins estimates Jaccard's coefficient without bias.
 */
import { isLatin, isLetter } from './letters.ts';

/** Bins of a signature. The standard error of an estimate near 0.7 is about 0.06. */
export const SIGNATURE_BINS = 64;
const BIN_BITS = 6;
/** LSH: 16 bands of 4 bins. Pairs with Jaccard 0.7 meet in a band with probability 0.99, 0.3 with 0.12. */
const BANDS = 16;
const ROWS = SIGNATURE_BINS / BANDS;
/** Characters (Han) or words (Latin) in one shingle: 4 is long enough that common phrases do not make texts alike. */
const SHINGLE_UNITS = 4;

export type Signature = Uint32Array;

/** Hashes of overlapping runs of four units; a unit is one Han/Kana/Hangul character or one Latin word or number. */
export function shinglesOf(text: string): Set<number> {
  return new Set(runsOf(text));
}

/** The same, each as often as it stands: for a signature twice is no more than once. */
function runsOf(text: string): Uint32Array {
  const units = unitsOf(text.normalize('NFKC').toLowerCase());
  const runs = new Uint32Array(units.length === 0 ? 0 : Math.max(1, units.length - SHINGLE_UNITS + 1));
  for (let at = 0; at < runs.length; at += 1) {
    const end = Math.min(units.length, at + SHINGLE_UNITS);
    let hash = 0;
    for (let unit = at; unit < end; unit += 1) hash = Math.imul(hash, 0x01000193) + (units[unit] ?? 0);
    runs[at] = mix(hash);
  }
  return runs;
}

/** A hash for each unit of a text in lower case: FNV-1a over UTF-16 code units, finished with `mix`. */
function unitsOf(text: string): Uint32Array {
  const units = new Uint32Array(text.length);
  let count = 0;
  let at = 0;
  while (at < text.length) {
    let hash = 0x811c9dc5;
    const start = at;
    while (at < text.length && isLatin(text.charCodeAt(at))) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      at += 1;
    }
    if (at === start) {
      const code = text.codePointAt(at) ?? 0;
      const end = at + (code > 0xffff ? 2 : 1);
      const letter = isLetter(code);
      for (; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      if (!letter) continue;
    }
    units[count] = mix(hash);
    count += 1;
  }
  return units.subarray(0, count);
}

/** The signature of a text; undefined when it has no words. Cost: linear in the text. */
export function signatureOf(text: string): Signature | undefined {
  const runs = runsOf(text);
  if (runs.length === 0) return undefined;
  const bins = new Uint32Array(SIGNATURE_BINS);
  const full = new Uint8Array(SIGNATURE_BINS);
  for (let at = 0; at < runs.length; at += 1) {
    const shingle = runs[at] ?? 0;
    const bin = shingle >>> (32 - BIN_BITS);
    const value = mix(shingle);
    if (full[bin] === 0 || value < (bins[bin] ?? 0)) bins[bin] = value;
    full[bin] = 1;
  }
  return densify(bins, full);
}

/** Estimated Jaccard coefficient of the two texts' shingles, 0..1. */
export function estimateJaccard(left: Signature, right: Signature): number {
  let equal = 0;
  for (let bin = 0; bin < SIGNATURE_BINS; bin += 1) if (left[bin] === right[bin]) equal += 1;
  return equal / SIGNATURE_BINS;
}

/**
 * One number for each band of a signature: texts that share one are candidates for being near-duplicates. Two different
 * bands may meet in a number by chance (one in 2^32), so a candidate is to be checked.
 */
export function bandKeys(signature: Signature): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let hash = band + 1;
    for (let row = band * ROWS; row < (band + 1) * ROWS; row += 1)
      hash = mix(Math.imul(hash, 0x01000193) ^ (signature[row] ?? 0));
    return hash;
  });
}

function densify(bins: Uint32Array, full: Uint8Array): Signature {
  const dense = Uint32Array.from(bins);
  for (let bin = 0; bin < SIGNATURE_BINS; bin += 1) {
    let donor = bin;
    for (let attempt = 1; full[donor] === 0; attempt += 1) {
      donor = mix(bin * 0x9e3779b1 + attempt * 0x85ebca6b) >>> (32 - BIN_BITS);
    }
    dense[bin] = bins[donor] ?? 0;
  }
  return dense;
}

/** The finaliser of MurmurHash3 (Appleby, public domain): every bit of the input touches every bit of the output. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Every two neighbouring letters or digits of a text, lower case, marks and blanks left out. */
export function letterPairs(text: string): string[] {
  const letters = text.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? [];
  return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}

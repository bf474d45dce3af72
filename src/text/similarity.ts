/**
 * Near-duplicate texts by one-permutation MinHash.
 * Li, Owen, Zhang 2012 («One Permutation Hashing»): one hash per shingle, its top bits choose a bin, each bin keeps its
 * smallest value. Empty bins borrow from a pseudo-random full bin (Shrivastava 2017, «Optimal Densification»), so that
 * the share of equal bins estimates Jaccard's coefficient without bias.
 */

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
  const units =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z0-9]+|[\p{L}\p{N}]/gu)
      ?.map(hashText) ?? [];
  const shingles = new Set<number>();
  for (let at = 0; at < Math.max(1, units.length - SHINGLE_UNITS + 1) && units.length > 0; at += 1) {
    let hash = 0;
    for (let unit = at; unit < Math.min(units.length, at + SHINGLE_UNITS); unit += 1)
      hash = Math.imul(hash, 0x01000193) + (units[unit] ?? 0);
    shingles.add(mix(hash));
  }
  return shingles;
}

/** The signature of a text; undefined when it has no words. Cost: linear in the text. */
export function signatureOf(text: string): Signature | undefined {
  const shingles = shinglesOf(text);
  if (shingles.size === 0) return undefined;
  const bins = new Uint32Array(SIGNATURE_BINS);
  const full = new Uint8Array(SIGNATURE_BINS);
  for (const shingle of shingles) {
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

/** FNV-1a over UTF-16 code units, finished with `mix` so that the top bits are even. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
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

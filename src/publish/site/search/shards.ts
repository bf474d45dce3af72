import { shardOf } from './terms.ts';

/**
 * A shard is a row of entries, sorted by term: length of the term in bytes, the term in UTF-8, length of its postings in
 * bytes, the postings. All numbers are LEB128. A posting is twice the distance to the document before, plus one when
 * the term stands in the headline.
 */
export type Postings = Map<string, number[]>;

/** Notes that document `doc` has these terms; documents come in rising order. */
export function post(
  postings: Postings,
  doc: number,
  terms: Iterable<string>,
  inTitle: ReadonlySet<string>,
): void {
  for (const term of terms) {
    const value = doc * 2 + (inTitle.has(term) ? 1 : 0);
    const list = postings.get(term);
    if (list === undefined) postings.set(term, [value]);
    else list.push(value);
  }
}

/** The bytes of every shard; `listOf` gives a term's postings. Same terms and postings, same bytes. */
export function writeShards(
  terms: Iterable<string>,
  listOf: (term: string) => readonly number[],
  shards: number,
): Uint8Array[] {
  const inShards: string[][] = Array.from({ length: shards }, () => []);
  for (const term of terms) inShards[shardOf(term, shards)]?.push(term);
  return inShards.map((inIt) => writeShard(inIt.sort(), listOf));
}

/** The longest a number can get. */
const NUMBER_BYTES = 5;

/** Into one piece of memory that is surely long enough: an archive has millions of postings. */
function writeShard(terms: readonly string[], listOf: (term: string) => readonly number[]): Uint8Array {
  const longest = terms.reduce(
    (sum, term) => sum + 3 * term.length + NUMBER_BYTES * (2 + listOf(term).length),
    0,
  );
  const bytes = Buffer.allocUnsafe(longest);
  let at = 0;
  for (const term of terms) {
    const list = listOf(term);
    at = writeNumber(bytes, at, Buffer.byteLength(term));
    at += bytes.write(term, at);
    at = writeNumber(bytes, at, postingsSize(list));
    let before = 0;
    for (const value of list) {
      at = writeNumber(bytes, at, distance(value, before));
      before = value >> 1;
    }
  }
  return Uint8Array.from(bytes.subarray(0, at));
}

/** Twice the distance to the document before, plus one for the headline. */
function distance(value: number, before: number): number {
  return ((value >> 1) - before) * 2 + (value & 1);
}

function postingsSize(list: readonly number[]): number {
  let [size, before] = [0, 0];
  for (const value of list) {
    for (let rest = distance(value, before); rest > 127; rest >>>= 7) size += 1;
    size += 1;
    before = value >> 1;
  }
  return size;
}

/** Gives the place behind it. */
function writeNumber(bytes: Uint8Array, from: number, value: number): number {
  let [at, rest] = [from, value];
  while (rest > 127) {
    bytes[at] = (rest & 127) | 128;
    at += 1;
    rest >>>= 7;
  }
  bytes[at] = rest;
  return at + 1;
}

/**
 * The postings of one term in a shard's bytes: documents times two, plus one for the headline; empty when the term is
 * not there. Stands alone: it runs in the reader's browser.
 */
export function readPostings(shard: Uint8Array, term: string): number[] {
  const wanted = new TextEncoder().encode(term);
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = shard[at] ?? 0;
      at += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < shard.length) {
    const length = number();
    const start = at;
    at += length;
    const size = number();
    const isIt = length === wanted.length && wanted.every((byte, n) => shard[start + n] === byte);
    if (!isIt) {
      at += size;
      continue;
    }
    const values: number[] = [];
    let doc = 0;
    for (const end = at + size; at < end; ) {
      const posting = number();
      doc += posting >> 1;
      values.push(doc * 2 + (posting & 1));
    }
    return values;
  }
  return [];
}

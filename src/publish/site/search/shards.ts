import { shardOf } from './terms.ts';

/**
 * A shard is a row of entries, sorted by term: length of the term in bytes, the term in UTF-8, length of its postings in
 * bytes, the postings. All numbers are LEB128. A posting is twice the distance to the document before, plus one when
 * the term stands in the headline.
 */
export type Postings = {
  /** Notes that document `doc` has these terms; documents come in rising order, one may come several times. */
  post(doc: number, terms: Iterable<string>, inTitle: ReadonlySet<string>): void;
  /** The bytes of every shard. Same terms and documents, same bytes. */
  write(shards: number): Uint8Array[];
};

/** Numbers for words, so that they are kept once however many segments have them. */
export type Vocabulary = { words: string[]; numbers: Map<string, number> };

/**
 * An empty index that collects postings. They lie in one row of numbers, word after document, until they are written: a
 * list for each of half a million words would take ten times the memory.
 */
export function collectPostings(vocabulary: Vocabulary): Postings {
  const { words, numbers } = vocabulary;
  let row = new Uint32Array(1 << 12);
  let size = 0;
  /** For each word one more than its latest document. */
  let latest = new Uint32Array(1 << 12);
  /** For each word where its list begins in `values`; the last entry is where the last one ends. */
  const sorted = () => {
    const starts = new Uint32Array(words.length + 1);
    for (let at = 0; at < size; at += 2) count(starts, (row[at] ?? 0) + 1);
    for (let n = 1; n < starts.length; n += 1) starts[n] = (starts[n] ?? 0) + (starts[n - 1] ?? 0);
    const next = starts.slice();
    const values = new Uint32Array(size / 2);
    for (let at = 0; at < size; at += 2) values[count(next, row[at] ?? 0)] = row[at + 1] ?? 0;
    return { starts, values };
  };
  return {
    post(doc, terms, inTitle) {
      for (const term of terms) {
        const known = numbers.get(term);
        const word = known ?? words.length;
        if (known === undefined) {
          numbers.set(term, word);
          words.push(term);
        }
        if (word >= latest.length) latest = longer(latest);
        if (latest[word] === doc + 1) continue;
        latest[word] = doc + 1;
        if (size === row.length) row = longer(row);
        row[size] = word;
        row[size + 1] = doc * 2 + (inTitle.has(term) ? 1 : 0);
        size += 2;
      }
    },
    write(shards) {
      const { starts, values } = sorted();
      const inShards: { term: string; list: Uint32Array }[][] = Array.from({ length: shards }, () => []);
      for (const [word, term] of words.entries()) {
        const list = values.subarray(starts[word], starts[word + 1]);
        if (list.length > 0) inShards[shardOf(term, shards)]?.push({ term, list });
      }
      return inShards.map((inIt) => writeShard(inIt.sort((a, b) => (a.term < b.term ? -1 : 1))));
    },
  };
}

/** The same numbers, and room for as many more. */
function longer(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const twice = new Uint32Array(numbers.length * 2);
  twice.set(numbers);
  return twice;
}

/** Adds one at this place; gives what stood there. */
function count(numbers: Uint32Array, at: number): number {
  const before = numbers[at] ?? 0;
  numbers[at] = before + 1;
  return before;
}

/** The longest a number can get. */
const NUMBER_BYTES = 5;

/** Into one piece of memory that is surely long enough: an archive has millions of postings. */
function writeShard(entries: readonly { term: string; list: Uint32Array }[]): Uint8Array {
  const longest = entries.reduce(
    (sum, { term, list }) => sum + 3 * term.length + NUMBER_BYTES * (2 + list.length),
    0,
  );
  const bytes = Buffer.allocUnsafe(longest);
  let at = 0;
  for (const { term, list } of entries) {
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

function postingsSize(list: Uint32Array): number {
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

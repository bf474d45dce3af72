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

/** The bytes of every shard. Same postings, same bytes. */
export function writeShards(postings: Postings, shards: number): Uint8Array[] {
  const terms: string[][] = Array.from({ length: shards }, () => []);
  for (const term of postings.keys()) terms[shardOf(term, shards)]?.push(term);
  const encoder = new TextEncoder();
  return terms.map((inIt) => {
    const bytes: number[] = [];
    for (const term of inIt.sort()) {
      const name = encoder.encode(term);
      const body: number[] = [];
      let before = 0;
      for (const value of postings.get(term) ?? []) {
        const doc = value >> 1;
        writeNumber(body, (doc - before) * 2 + (value & 1));
        before = doc;
      }
      writeNumber(bytes, name.length);
      for (const byte of name) bytes.push(byte);
      writeNumber(bytes, body.length);
      for (const byte of body) bytes.push(byte);
    }
    return Uint8Array.from(bytes);
  });
}

function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
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

import { isDigit, isLatin } from './letters.ts';

/** One place where a phrase stands. `value` is what the caller stored with it. */
export type PhraseHit<T> = { value: T; phrase: string; start: number; end: number };

/** A phrase to look for. `exact`: upper and lower case matter. */
export type Phrase<T> = { phrase: string; value: T; exact?: boolean };

/** A place in the tree of phrases. `next` is keyed by UTF-16 code unit. */
type TrieNode<T> = { next: Map<number, TrieNode<T>>; entries: Phrase<T>[] };

/**
 * Builds a finder of many phrases at once, in both scripts.
 *
 * Longest match wins and hits do not overlap. A phrase that begins or ends with a Latin letter or digit matches whole
 * words only; a digit may follow at once when the phrase ends in a letter (`Qwen` in `Qwen3`). Two phrases with the
 * same letters may both be stored (one `exact`): the exact one wins where it fits.
 *
 * Cost: one walk over the text, times the length of the longest phrase at worst; independent of how many phrases.
 */
export function createPhraseFinder<T>(phrases: Iterable<Phrase<T>>): (text: string) => PhraseHit<T>[] {
  const root: TrieNode<T> = { next: new Map(), entries: [] };
  for (const phrase of phrases) insert(root, phrase);
  // Most letters begin no phrase: one look here spares a look into a Map.
  const begins = new Uint8Array(1 << 16);
  for (const code of root.next.keys()) begins[code] = 1;
  return (text) => findAll(root, begins, text);
}

function insert<T>(root: TrieNode<T>, phrase: Phrase<T>): void {
  if (phrase.phrase === '') return;
  const spelled = lower(phrase.phrase);
  let node = root;
  for (let at = 0; at < spelled.length; at += 1) {
    const code = spelled.charCodeAt(at);
    let child = node.next.get(code);
    if (child === undefined) {
      child = { next: new Map(), entries: [] };
      node.next.set(code, child);
    }
    node = child;
  }
  if (phrase.exact === true) node.entries.unshift(phrase);
  else node.entries.push(phrase);
}

function findAll<T>(root: TrieNode<T>, begins: Uint8Array, text: string): PhraseHit<T>[] {
  const low = lower(text);
  const hits: PhraseHit<T>[] = [];
  let at = 0;
  while (at < low.length) {
    const hit = begins[low.charCodeAt(at)] === 1 ? longestAt(root, low, text, at) : undefined;
    if (hit !== undefined) hits.push(hit);
    at = hit === undefined ? at + 1 : hit.end;
  }
  return hits;
}

function longestAt<T>(root: TrieNode<T>, low: string, text: string, start: number): PhraseHit<T> | undefined {
  if (start > 0 && isLatin(low.charCodeAt(start)) && isLatin(low.charCodeAt(start - 1))) return undefined;
  let node: TrieNode<T> | undefined = root;
  let best: PhraseHit<T> | undefined;
  for (let end = start; end < low.length; ) {
    node = node.next.get(low.charCodeAt(end));
    if (node === undefined) break;
    end += 1;
    if (node.entries.length === 0 || !endsWord(low, end)) continue;
    const spelled = text.slice(start, end);
    const entry = node.entries.find((one) => one.exact !== true || one.phrase === spelled);
    if (entry !== undefined) best = { value: entry.value, phrase: entry.phrase, start, end };
  }
  return best;
}

function endsWord(low: string, end: number): boolean {
  const last = low.charCodeAt(end - 1);
  if (!isLatin(last) || end === low.length) return true;
  const after = low.charCodeAt(end);
  return isDigit(last) ? !isLatin(after) : !isLatin(after) || isDigit(after);
}

/** Lower case that never changes the length (`İ` would), so that positions stay those of the text. */
function lower(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text.replace(/[A-Z]/g, (char) => char.toLowerCase());
}

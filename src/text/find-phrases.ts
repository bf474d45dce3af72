/** One place where a phrase stands. `value` is what the caller stored with it. */
export type PhraseHit<T> = { value: T; phrase: string; start: number; end: number };

/** A phrase to look for. `exact`: upper and lower case matter. */
export type Phrase<T> = { phrase: string; value: T; exact?: boolean };

type TrieNode<T> = { next: Map<string, TrieNode<T>>; entries: Phrase<T>[] };

const LATIN_LETTER = /[a-z]/i;
const LATIN_WORD = /[a-z0-9]/i;
const DIGIT = /[0-9]/;

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
  return (text) => findAll(root, text);
}

function insert<T>(root: TrieNode<T>, phrase: Phrase<T>): void {
  if (phrase.phrase === '') return;
  let node = root;
  for (const char of lower(phrase.phrase)) {
    let child = node.next.get(char);
    if (child === undefined) {
      child = { next: new Map(), entries: [] };
      node.next.set(char, child);
    }
    node = child;
  }
  if (phrase.exact === true) node.entries.unshift(phrase);
  else node.entries.push(phrase);
}

function findAll<T>(root: TrieNode<T>, text: string): PhraseHit<T>[] {
  const low = lower(text);
  const hits: PhraseHit<T>[] = [];
  let at = 0;
  while (at < low.length) {
    const hit = longestAt(root, low, text, at);
    if (hit !== undefined) hits.push(hit);
    at = hit === undefined ? at + 1 : hit.end;
  }
  return hits;
}

function longestAt<T>(root: TrieNode<T>, low: string, text: string, start: number): PhraseHit<T> | undefined {
  if (LATIN_WORD.test(low.charAt(start)) && LATIN_WORD.test(low.charAt(start - 1))) return undefined;
  let node: TrieNode<T> | undefined = root;
  let best: PhraseHit<T> | undefined;
  for (let end = start; end < low.length; ) {
    node = node.next.get(low.charAt(end));
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
  const last = low.charAt(end - 1);
  const after = low.charAt(end);
  if (LATIN_LETTER.test(last)) return !LATIN_LETTER.test(after);
  if (DIGIT.test(last)) return !LATIN_WORD.test(after);
  return true;
}

/** Lower case that never changes the length (`İ` would), so that positions stay those of the text. */
function lower(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text.replace(/[A-Z]/g, (char) => char.toLowerCase());
}

import { doubled } from './doubled.ts';
import { createTermTable } from './term-table.ts';

/** How often terms stand in texts that were never part of this window; shipped as `models/background.json`. */
export type Background = { documents: number; counts: ReadonlyMap<string, number> };

/**
 * What a term is, by the mark it begins with. `latin`: a word in Latin letters; `coined`: one that the background does not
 * know, most often somebody's new name.
 */
export const TERM_KINDS = [
  'word',
  'latin',
  'coined',
  'name',
  'concept',
  'version',
  'number',
  'other',
] as const;
export type TermKind = (typeof TERM_KINDS)[number];

const MARKS: Readonly<Record<string, TermKind>> = { 'n:': 'name', 'c:': 'concept', 'v:': 'version' };

function kindOf(term: string): TermKind {
  if (term.startsWith('#')) return 'number';
  const marked = MARKS[term.slice(0, 2)];
  if (marked !== undefined) return marked;
  if (term.charAt(1) === ':') return 'other';
  return /^[a-z][a-z0-9.+-]+$/.test(term) ? 'latin' : 'word';
}

/**
 * The terms of one window as small numbers, with their rarity. It starts from the shipped background and counts every
 * article it is given, so that what the last days talk about becomes common by itself.
 */
export type Terms = {
  /** The number of a term, its mark before it; a new one when it was never met. */
  id(term: string, mark?: string): number;
  /** The number of a single character as a term `u:x`; the same as `id` gives, without making a text of it. */
  characterId(code: number): number;
  /** The term of a number. */
  term(id: number): string;
  kind(id: number): TermKind;
  /** By id: the place of its kind in `TERM_KINDS`. */
  readonly kinds: Uint8Array;
  /** Counts one document that holds these terms; one that is named twice counts once. */
  count(ids: Int32Array): void;
  /** Whatever `run` counts, counts as one document: the articles of one story, whose words are no more common for that. */
  asOne<T>(run: () => T): T;
  /** In how many documents of this window the term stands. */
  inWindow(id: number): number;
  /** Inverse document frequency by id, natural logarithm, >= 0; of the moment of the last `settle`. */
  readonly idf: Float32Array;
  /** Brings `idf` up to date with what was counted. Cost: one logarithm for each term that was counted since. */
  settle(): void;
};

/**
 * How many documents the background counts as: few, so that a window of some hundred articles has its own say. On
 * labelled days held back, pairwise F1 was 0.645 with 10, 0.669 with 300, 0.665 with 1,000.
 */
const BACKGROUND_DOCUMENTS = 1000;

/** Counted for every term, so that one never met is not infinitely rare. */
const UNSEEN = 0.3;

export function createTerms(background: Background): Terms {
  const table = createTermTable();
  const scale = BACKGROUND_DOCUMENTS / Math.max(1, background.documents);
  let before = new Float32Array(1 << 14);
  let own = new Uint32Array(1 << 14);
  let idf = new Float32Array(1 << 14);
  let kinds = new Uint8Array(1 << 14);
  /** By id: the document it was last counted in. */
  let latest = new Uint32Array(1 << 14);
  /** By code unit: the id of the character, counted from 1. */
  const characters = new Int32Array(1 << 16);
  /** Ids counted since the last `settle`, each once. */
  let touched: number[] = [];
  let stale = new Uint8Array(1 << 14);
  let documents = 0;
  /** Whether what is counted belongs to the document begun last. */
  let counting = false;
  const grow = () => {
    [before, own, idf, kinds] = [doubled(before), doubled(own), doubled(idf), doubled(kinds)];
    [latest, stale] = [doubled(latest), doubled(stale)];
  };
  const rarity = (id: number) =>
    Math.max(
      0,
      Math.log((BACKGROUND_DOCUMENTS + documents + 1) / ((before[id] ?? 0) + (own[id] ?? 0) + UNSEEN)),
    );
  /** Terms that were met so far; a number beyond is new. */
  let met = 0;
  const idOf = (text: string, mark = ''): number => {
    const id = table.numberOf(mark, text);
    if (id < met) return id;
    met = table.size;
    if (id >= own.length) grow();
    const term = mark + text;
    before[id] = (background.counts.get(term) ?? 0) * scale;
    idf[id] = rarity(id);
    const kind = kindOf(term);
    kinds[id] = TERM_KINDS.indexOf(kind === 'latin' && !background.counts.has(term) ? 'coined' : kind);
    return id;
  };
  return {
    id: idOf,
    characterId(code) {
      const known = characters[code] ?? 0;
      if (known > 0) return known - 1;
      const id = idOf(String.fromCodePoint(code), 'u:');
      if (code < characters.length) characters[code] = id + 1;
      return id;
    },
    term: (id) => (id < table.size ? table.read(id) : ''),
    kind: (id) => TERM_KINDS[kinds[id] ?? 0] ?? 'other',
    get kinds() {
      return kinds;
    },
    count(found) {
      if (!counting) documents += 1;
      for (const id of found) {
        if (latest[id] === documents) continue;
        latest[id] = documents;
        own[id] = (own[id] ?? 0) + 1;
        if (stale[id] === 0) touched.push(id);
        stale[id] = 1;
      }
    },
    asOne(run) {
      documents += 1;
      counting = true;
      try {
        return run();
      } finally {
        counting = false;
      }
    },
    inWindow: (id) => own[id] ?? 0,
    get idf() {
      return idf;
    },
    settle() {
      for (const id of touched) {
        idf[id] = rarity(id);
        stale[id] = 0;
      }
      touched = [];
    },
  };
}

import { createScorer, probability } from './additive-model.ts';
import type { Shared } from './compare-sheets.ts';
import { contradiction } from './contradiction.ts';
import { PAIR_FEATURES, readPair } from './pair-features.ts';
import type { Piece } from './pieces.ts';
import { PARTS, type Part } from './sheet-layout.ts';
import type { SameEventModel } from './sift-models.ts';
import type { GroupSpace } from './space.ts';
import type { TermKind } from './terms.ts';

/**
 * Taken from the log odds when two pieces share nothing but names (one company has many stories a day), or but one term.
 * Such pairs of short titles look alike by their cosine, and an additive model cannot take that back by itself.
 */
const LITTLE_SHARED = 2;
const SHARED_TERMS = PAIR_FEATURES.indexOf('sharedTerms');
const BEYOND_NAMES = PAIR_FEATURES.indexOf('termsBeyondNames');

/**
 * Added when both titles name the same two companies, or persons who belong to none: what two parties have with each other
 * on one day is mostly one thing: 79 of 107 such pairs of 28 labelled days tell one event, and 32 of 35 of four of them.
 */
const PARTIES = { least: 2, weight: 1.5 };

/**
 * Taken when each title names companies, or persons who belong to none, and no two are the same: what one of them does is
 * not the other's news. On 28 labelled days 64 of 207 stories of several pieces mix events, 67 of 208 without this.
 */
const PARTIES_APART = 2;

/**
 * Across languages names are most of what two pieces can share, so such pairs are not held back; but when there is nothing
 * else, they are at most this alike. Too little to make a story, it stands less in the way of one than nothing would.
 */
const NAMES_ALONE = 0.05;

/**
 * Added when two titles share hard facts of three kinds: who, what was done (收购, 降价), and a number or a version. 28 of 29
 * such pairs of 28 labelled days tell one event.
 */
const KINDS_AGREE = { least: 3, weight: 3 };

/**
 * Added when titles in two languages share a word in Latin letters that the background does not know (`Apertus`): on 28
 * labelled days 6 of 8 such pairs tell one event.
 */
const COINED_IN_BOTH = 2.5;

/**
 * Added when two pieces agree in rare figures: 16 of 19 such pairs of the labelled days and of SemEval 2022 tell one
 * event, and in two languages, where rare names and figures together weigh this much, 9 of 11. Each further figure adds `more`.
 */
const FIGURES_AGREE = { first: 3, more: 0.5 };
const FIGURES = PAIR_FEATURES.indexOf('figures');
const FIGURE_MASS = PAIR_FEATURES.indexOf('figureMass');
const HARD_MASS = PAIR_FEATURES.indexOf('hardInOther');
const MANY_FIGURES = { count: 2, mass: 8 };
const ACROSS_LANGUAGES = { count: 2, mass: 18 };

/** Added when two pieces are about one paper or model: two outlets that link one arXiv page tell one story. */
const SAME_WORK = 6;

/** How surely two pieces tell the same event, 0..1; 0 when something in them contradicts it. Symmetric. */
export type PairScorer = (left: Piece, right: Piece) => number;

/**
 * Prepares the trained scorer. `lean` is added to its log odds: what an editor's merges and splits taught.
 * `further` says what else is known of a pair, in log odds (embeddings, where a model is configured).
 */
export function createPairScorer(
  model: SameEventModel,
  space: GroupSpace,
  options: { lean?: number; further?: (left: Piece, right: Piece) => number } = {},
): PairScorer {
  const dated = createScorer(model.dated, PAIR_FEATURES);
  const undated = createScorer(model.undated, PAIR_FEATURES);
  const { lean = 0, further } = options;
  const values = new Float64Array(PAIR_FEATURES.length);
  return (left, right) => {
    if (contradiction(left, right, space) !== undefined) return 0;
    const scorer = (left.dated && right.dated) || left.language !== right.language ? dated : undated;
    const shared = space.sheets.compare(left.sheet, right.sheet);
    readPair(left, right, shared, values);
    const oneLanguage = left.language === right.language;
    const namesAlone = values[BEYOND_NAMES] === 0;
    const little = namesAlone || (values[SHARED_TERMS] ?? 0) <= 1;
    const parties = shared.owners >= PARTIES.least;
    const named = parties ? PARTIES.weight : little && oneLanguage ? -LITTLE_SHARED : 0;
    const apart = shared.owners === 0 && bothNameOwners(shared) ? PARTIES_APART : 0;
    const coined = shared.coined > 0 && !oneLanguage ? COINED_IN_BOTH : 0;
    const agree =
      figuresAgree(values, oneLanguage) +
      (bitsSet(shared.titleKinds) >= KINDS_AGREE.least ? KINDS_AGREE.weight : 0);
    const about = shared.works > 0 ? SAME_WORK : 0;
    const likeness = probability(
      scorer.score(values) + named - apart + coined + agree + about + lean + (further?.(left, right) ?? 0),
    );
    return namesAlone && !oneLanguage && about === 0 ? Math.min(likeness, NAMES_ALONE) : likeness;
  };
}

function bitsSet(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

function bothNameOwners({ left, right }: Readonly<Shared>): boolean {
  return (left.parts & right.parts & PARTS.owner) !== 0;
}

/** What agreeing figures add, in log odds. */
function figuresAgree(values: Float64Array, oneLanguage: boolean): number {
  const [count = 0, mass = 0, hard = 0] = [values[FIGURES], values[FIGURE_MASS], values[HARD_MASS]];
  const agree =
    (count >= MANY_FIGURES.count && mass > MANY_FIGURES.mass) ||
    (!oneLanguage && count >= ACROSS_LANGUAGES.count && mass + hard > ACROSS_LANGUAGES.mass);
  return agree ? FIGURES_AGREE.first + (count - MANY_FIGURES.count) * FIGURES_AGREE.more : 0;
}

/** How many shared words a reason names. */
const NAMED_WORDS = 4;

/** What two pieces have in common, in words for the editor: `同为 GPT 5.2`, `都有数字 6000000`, `共有词“…”`. */
export function explainPair(left: Piece, right: Piece, { terms, sheets }: GroupSpace): string[] {
  const all = sheets.both(left.sheet, right.sheet);
  const shared = (part: Part) => all.filter(({ parts }) => (parts & PARTS[part]) !== 0).map(({ id }) => id);
  const both = (part: Part) =>
    shared(part)
      .map((id) => terms.term(id).replace(/^([nvdw]:|#)/, ''))
      .sort();
  const links = left.links.filter((link) => right.links.includes(link));
  const words = shared('whole')
    .filter((id) => !FACT_KINDS.has(terms.kind(id)))
    .toSorted((one, other) => (terms.idf[other] ?? 0) - (terms.idf[one] ?? 0) || one - other)
    .slice(0, NAMED_WORDS)
    .map((id) => terms.term(id).replace(/^c:/, ''));
  const say = (start: string, found: readonly string[], most: number, end = '') =>
    found.length === 0 ? [] : [`${start}${found.slice(0, most).join('、')}${end}`];
  return [
    ...say('同引 ', [...new Set([...links, ...both('work')])], 1),
    ...say('同为 ', both('version').map(showVersion), 2),
    ...say('都提到 ', both('named'), 3),
    ...say('都有数字 ', both('number'), 3),
    ...say(
      '都有 ',
      both('date').map((date) => `${date.replace('-', '月')}日`),
      2,
    ),
    ...say('共有词“', words, NAMED_WORDS, '”'),
  ];
}

/** What is named by kind, not as a shared word. */
const FACT_KINDS: ReadonlySet<TermKind> = new Set<TermKind>(['name', 'version', 'number']);

/** `gpt 5.2` as people write it: short families in capitals, others with a first capital. */
function showVersion(version: string): string {
  const [family = '', number = ''] = version.split(' ');
  const shown = family.length <= 3 ? family.toUpperCase() : family.charAt(0).toUpperCase() + family.slice(1);
  return `${shown} ${number}`;
}

import type { BriefText, StylePair, StyleRule } from '../domain/house-style.ts';
import { placesOf, wordsOf } from '../text/lay-rules.ts';
import { visibleLength } from '../text/length.ts';
import type { Segmenter } from '../text/segment.ts';

/** A rule that an editor's changes speak for; a person decides. */
export type Proposal = {
  rule: StyleRule;
  /** In so many of the briefs that it could have been kept in, it was. */
  kept: number;
  of: number;
  /** The newest change it was read from, the line before and after. */
  example: { date: string; before: string; after: string };
};

/** Fewer changes are no habit. */
const ENOUGH = 3;
/** Of the briefs that hold the word, this share must have been changed alike. */
const SHARE = 0.8;
/** Longer pieces are news that was changed, not wording. */
const LONGEST = { from: 8, to: 8 };
/** A length is a habit when this many briefs were shortened, and within what the house allows. */
const ENOUGH_LENGTHS = 6;
type House = Record<keyof BriefText, { least: number; most: number }>;

const FIELDS = ['headline', 'summary'] as const;

/**
 * What an editor does again and again: a word always said in another way, a phrase always left out, briefs always made
 * shorter. Numbers are never part of a rule; `isSafe` must say that a rule changes no fact; `house`: the
 * lengths the house allows. What is known already is not
 * proposed. Those with most changes first; the same pairs give the same list. Pure.
 */
export function learnStyle(
  pairs: readonly StylePair[],
  known: readonly StyleRule[],
  tools: { segment: Segmenter; isSafe: (rule: StyleRule) => boolean; house: House },
): Proposal[] {
  const { segment, isSafe, house } = tools;
  const found = new Map<string, { rule: StyleRule; changed: Set<StylePair>; lines: Line[] }>();
  for (const pair of pairs)
    for (const field of FIELDS)
      for (const rule of changesIn(pair.before[field], pair.after[field], segment)) {
        const key = JSON.stringify(rule);
        const one = found.get(key) ?? { rule, changed: new Set(), lines: [] };
        one.changed.add(pair);
        one.lines.push({ date: pair.date, before: pair.before[field], after: pair.after[field] });
        found.set(key, one);
      }
  const knownKeys = new Set(known.map((rule) => JSON.stringify(rule)));
  const words = [...found].flatMap(([key, { rule, changed, lines }]): Proposal[] => {
    const example = lines.at(-1);
    if (knownKeys.has(key) || changed.size < ENOUGH || example === undefined) return [];
    const phrase = phraseOf(rule);
    const held = pairs.filter(({ before }) =>
      FIELDS.some((field) => placesOf(phrase, before[field], segment).length > 0),
    );
    const isHabit = changed.size >= held.length * SHARE;
    return isHabit && isSafe(rule) ? [{ rule, kept: changed.size, of: held.length, example }] : [];
  });
  const lengths = FIELDS.flatMap((field) => lengthHabit(pairs, field, known, house[field]));
  return [...words, ...lengths].toSorted(
    (one, other) => other.kept - one.kept || phraseOf(one.rule).localeCompare(phraseOf(other.rule), 'zh'),
  );
}

type Line = Proposal['example'];

function phraseOf(rule: StyleRule): string {
  if (rule.kind === 'replace') return rule.from;
  return rule.kind === 'drop' ? rule.phrase : rule.of;
}

/** The rules by which a line became the other, as far as they are wording. */
function changesIn(before: string, after: string, segment: Segmenter): StyleRule[] {
  return hunksOf(wordsOf(before, segment), wordsOf(after, segment)).flatMap(({ gone, come }): StyleRule[] => {
    const from = gone.join('').replace(/^[，、；：。\s]+/u, '');
    const to = come.join('');
    const isWording = /\p{Script=Han}/u.test(from) && from.length >= 2 && !/[\p{N}。！？\n]/u.test(from + to);
    if (!isWording || from.length > LONGEST.from || to.length > LONGEST.to) return [];
    if (to === '' || /^[，、；：]+$/u.test(to))
      return [{ kind: 'drop', phrase: from.replace(/[，、；：]+$/u, '') }];
    return /[，、；：]/u.test(from + to) ? [] : [{ kind: 'replace', from, to }];
  });
}

type Hunk = { gone: string[]; come: string[] };

/** What differs between two lists of words, by their longest common subsequence. Quadratic; lines are short. */
function hunksOf(before: readonly string[], after: readonly string[]): Hunk[] {
  const common = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  const at = (row: number, column: number) => common[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const cells = common[row];
      if (cells !== undefined)
        cells[column] =
          before[row] === after[column]
            ? at(row + 1, column + 1) + 1
            : Math.max(at(row + 1, column), at(row, column + 1));
    }
  const hunks: Hunk[] = [];
  let [row, column] = [0, 0];
  let open: Hunk | undefined;
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]];
    if (old !== undefined && old === fresh) {
      open = undefined;
      row += 1;
      column += 1;
      continue;
    }
    if (open === undefined) {
      open = { gone: [], come: [] };
      hunks.push(open);
    }
    if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      open.gone.push(old);
      row += 1;
    } else if (fresh !== undefined) {
      open.come.push(fresh);
      column += 1;
    }
  }
  return hunks;
}

/** Nearly every brief made shorter: nine in ten of the editor's own are within the length proposed. */
function lengthHabit(
  pairs: readonly StylePair[],
  field: keyof BriefText,
  known: readonly StyleRule[],
  { least, most: houseMost }: House[keyof BriefText],
): Proposal[] {
  const changed = pairs.filter(({ before, after }) => before[field] !== after[field]);
  const shorter = changed.filter(
    ({ before, after }) => visibleLength(after[field]) < visibleLength(before[field]),
  );
  const newest = shorter.at(-1);
  if (newest === undefined || shorter.length < ENOUGH_LENGTHS || shorter.length < changed.length * SHARE)
    return [];
  const lengths = changed.map(({ after }) => visibleLength(after[field])).toSorted((a, b) => a - b);
  const wished = Math.max(least, lengths[Math.ceil(lengths.length * 0.9) - 1] ?? houseMost);
  const isKnown = known.some((rule) => rule.kind === 'length' && rule.of === field && rule.most <= wished);
  if (wished >= houseMost || isKnown) return [];
  const example = { date: newest.date, before: newest.before[field], after: newest.after[field] };
  return [
    { rule: { kind: 'length', of: field, most: wished }, kept: shorter.length, of: changed.length, example },
  ];
}

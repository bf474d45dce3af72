import { createPhraseFinder, type PhraseHit } from '../../text/find-phrases.ts';
import { createNameFinder, type Name, type NameFinder } from '../../text/names.ts';
import type { FactRules } from './fact-rules.ts';
import { createMarkReader, type MarkReader } from './marks.ts';
import { oneOf, oneOfWhole } from './plain-text.ts';
import { createQuantityReader, type QuantityReader } from './quantities.ts';

export type Polarity = 'up' | 'down';
/** `light`: need not be kept, but bears out an increase or a decrease of the claim. */
export type Direction = { polarity: Polarity; light: boolean };

/** Everything that reads facts, made once from `editorial/facts.yaml` and the names. */
export type FactDesk = {
  readQuantities: QuantityReader;
  readMarks: MarkReader;
  /** Words of increase and decrease, the softer ones, too (`低50%`, 优化). */
  findDirections(text: string): PhraseHit<Direction>[];
  /** Does the text hold any word, however light, that points where this one does? */
  hintsAt(turn: { polarity: Polarity; said: string }, text: string): boolean;
  /** 优于, 落后: says what is better, not what is more. */
  isJudging(word: string): boolean;
  /** 降低, 减少 of a burden: what follows the word is nothing one wants more of. */
  isPraise(word: string, following: string): boolean;
  /** Verbs of deeds, by the deed they say. */
  findDeeds(text: string): PhraseHit<string>[];
  /** A word for a deed that the sources have to tell. */
  isGrave(word: string): boolean;
  /** Is it a deed of a firm or a person? */
  isAgentVerb(verb: string): boolean;
  findNames: NameFinder;
  /** Lower case. */
  commonWords: ReadonlySet<string>;
  /** Where, in the text before a verb, stands the word that makes it passive. */
  passiveBefore(lead: string): { start: number; end: number } | undefined;
};

/** Builds the desk. Cost: a few milliseconds; keep it. */
export function createFactDesk(rules: FactRules, names: readonly Name[]): FactDesk {
  const places = rules.places.map(
    ([name = '', ...aliases]): Name => ({ name, kind: 'org', ai: 0, fame: 0, exact: true, aliases }),
  );
  const judging = new Set(rules.directions.judging);
  const { directions: words } = rules;
  const assets = new RegExp(oneOf(words.assets), 'u');
  const listed = (phrases: readonly string[], value: Direction | undefined) =>
    phrases.map((phrase) => ({ phrase, value }));
  const directions = createPhraseFinder<Direction | undefined>([
    ...listed(words.neutral, undefined),
    ...listed(words.up, { polarity: 'up', light: false }),
    ...listed(words.down, { polarity: 'down', light: false }),
    ...listed(words.softUp, { polarity: 'up', light: true }),
    ...listed(words.softDown, { polarity: 'down', light: true }),
  ]);
  const besideNumber = (text: string, { start, end }: { start: number; end: number }) =>
    /^\s?(?:了|至|到|出)?\s?\d/.test(text.slice(end)) || /[\d%倍]\s?$/.test(text.slice(0, start));
  const relief = new Set(words.relief);
  const anyOf = (listed: readonly string[]) => new RegExp(oneOfWhole(listed), 'iu');
  const softly = {
    up: anyOf([...words.softUp, ...words.up]),
    down: anyOf([...words.softDown, ...words.down].filter((word) => !relief.has(word))),
  };
  const relieving = anyOf(words.relief);
  const plain = new RegExp(oneOf([...words.plain, ...words.neutral]), 'giu');
  const deeds = createPhraseFinder<string | undefined>([
    ...rules.relations.flatMap(({ verb, forms }) => forms.map((phrase) => ({ phrase, value: verb }))),
    ...rules.relationsNeutral.map((phrase) => ({ phrase, value: undefined })),
  ]);
  const passive = new RegExp(
    `(?:${rules.passives.map((word) => (/[a-z]/.test(word) ? `\\b${word}\\b` : `${word}(?![于得取悉曝传认视])`)).join('|')})(?=[^，。；,;]{0,24}$)`,
    'u',
  );
  return {
    readQuantities: createQuantityReader(rules),
    readMarks: createMarkReader(rules),
    findDirections: (text) =>
      directions(text).flatMap(({ value, ...hit }) =>
        // 高 of 高效, 大 of 大模型: one character alone says a direction beside a number only.
        value === undefined || (value.light && hit.phrase.length === 1 && !besideNumber(text, hit))
          ? []
          : [{ ...hit, value }],
      ),
    isPraise: (word, following) => words.praise.includes(word) && !assets.test(following),
    isJudging: (word) => judging.has(word.toLowerCase()),
    hintsAt(turn, text) {
      const bare = text.replace(plain, ' ');
      const { polarity, said } = turn;
      return softly[polarity].test(bare) || (words.praise.includes(said) && relieving.test(bare));
    },
    findDeeds: (text) =>
      deeds(text).flatMap(({ value, ...hit }) => (value === undefined ? [] : [{ ...hit, value }])),
    isGrave: (word) => rules.graveWords.includes(word),
    isAgentVerb: (verb) => rules.agentVerbs.includes(verb),
    findNames: createNameFinder([...names, ...places]),
    commonWords: new Set(rules.commonWords.map((word) => word.toLowerCase())),
    passiveBefore(lead) {
      const match = passive.exec(lead);
      return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
    },
  };
}

import { createPhraseFinder, type PhraseHit } from '../../text/find-phrases.ts';
import { createNameFinder, type Name, type NameFinder } from '../../text/names.ts';
import type { FactRules } from './fact-rules.ts';
import { createMarkReader, type MarkReader } from './marks.ts';
import { oneOf } from './plain-text.ts';
import { createQuantityReader, type QuantityReader } from './quantities.ts';

export type Polarity = 'up' | 'down';

/** Everything that reads facts, made once from `editorial/facts.yaml` and the names. */
export type FactDesk = {
  readQuantities: QuantityReader;
  readMarks: MarkReader;
  /** Words of increase and decrease. */
  findDirections(text: string): PhraseHit<Polarity>[];
  /** Does the text hold any word, however light, of increase or of decrease? */
  hintsAt(polarity: Polarity, text: string): boolean;
  /** 优于, 落后: says what is better, not what is more. */
  isJudging(word: string): boolean;
  /** Verbs of deeds, by the deed they say. */
  findDeeds(text: string): PhraseHit<string>[];
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
  const directions = createPhraseFinder<Polarity | 'neutral'>(
    (['up', 'down', 'neutral'] as const).flatMap((value) =>
      rules.directions[value].map((phrase) => ({ phrase, value })),
    ),
  );
  const softly = {
    up: new RegExp(oneOf([...rules.directions.softUp, ...rules.directions.up]), 'iu'),
    down: new RegExp(oneOf([...rules.directions.softDown, ...rules.directions.down]), 'iu'),
  };
  const deeds = createPhraseFinder<string | undefined>([
    ...rules.relations.flatMap(({ verb, forms }) => forms.map((phrase) => ({ phrase, value: verb }))),
    ...rules.relationsNeutral.map((phrase) => ({ phrase, value: undefined })),
  ]);
  const passive = new RegExp(
    `(?:${rules.passives.map((word) => (/[a-z]/.test(word) ? `\\b${word}\\b` : `${word}(?![于得取悉])`)).join('|')})(?=[^，。；,;]{0,24}$)`,
    'u',
  );
  return {
    readQuantities: createQuantityReader(rules),
    readMarks: createMarkReader(rules),
    findDirections: (text) =>
      directions(text).flatMap(({ value, ...hit }) => (value === 'neutral' ? [] : [{ ...hit, value }])),
    isJudging: (word) => judging.has(word.toLowerCase()),
    hintsAt: (polarity, text) => softly[polarity].test(text),
    findDeeds: (text) =>
      deeds(text).flatMap(({ value, ...hit }) => (value === undefined ? [] : [{ ...hit, value }])),
    isAgentVerb: (verb) => rules.agentVerbs.includes(verb),
    findNames: createNameFinder([...names, ...places]),
    commonWords: new Set(rules.commonWords.map((word) => word.toLowerCase())),
    passiveBefore(lead) {
      const match = passive.exec(lead);
      return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
    },
  };
}

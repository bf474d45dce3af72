import { z } from 'zod';
import { createPhraseFinder, type PhraseHit } from '../../text/find-phrases.ts';
import { stem } from '../facts/terms.ts';

const groups = z.array(z.array(z.string().min(1)).min(2));

/** `editorial/prompts/glossary.yaml`: words of both scripts that say one thing. */
export const glossarySchema = z.strictObject({
  /** Events: a brief may only say one that its sources say, in whatever words of the group. */
  deeds: groups,
  /** Other words by which a Chinese sentence is recognised in an English text. */
  terms: groups,
});

export type Glossary = z.infer<typeof glossarySchema>;

/** A glossary ready for looking up. */
export type Lexicon = {
  /** Its Chinese words in a text, the longest first, each with the numbers of its groups. */
  find(text: string): PhraseHit<readonly number[]>[];
  /** The groups of which any word stands in a text, in either script and any form of the word. */
  groupsIn(text: string): ReadonlySet<number>;
  isDeed(group: number): boolean;
};

const HAN = /\p{Script=Han}/u;

/** Builds the lexicon. `groupsIn` costs a few milliseconds for 10,000 characters. */
export function createLexicon({ deeds, terms }: Glossary): Lexicon {
  const all = [...deeds, ...terms];
  const byWord = new Map<string, number[]>();
  for (const [group, words] of all.entries())
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), group]);
  const han = [...byWord].filter(([word]) => HAN.test(word));
  const latin = [...byWord]
    .filter(([word]) => !HAN.test(word))
    .map(([word, value]) => ({ key: latinKey(word), value }));
  const find = createPhraseFinder<readonly number[]>(han.map(([phrase, value]) => ({ phrase, value })));
  return {
    find,
    groupsIn(text) {
      const found = han.filter(([word]) => text.includes(word)).flatMap(([, value]) => value);
      const letters = latinKey(text);
      return new Set([
        ...found,
        ...latin.filter(({ key }) => letters.includes(key)).flatMap(({ value }) => value),
      ]);
    },
    isDeed: (group) => group < deeds.length,
  };
}

/** The stems of a text's Latin words with a blank around each; cruder than grammar, but the same on both sides. */
function latinKey(text: string): string {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const stems = words.map((word) =>
    stem(word)
      .replace(/e$/, '')
      .replace(/([b-df-hj-np-tv-z])\1$/, '$1'),
  );
  return ` ${stems.join(' ')} `;
}

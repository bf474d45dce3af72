import { createPhraseFinder, type Phrase } from './find-phrases.ts';

export type NameKind = 'company' | 'model' | 'product' | 'person' | 'org';

/** One public name of the field with its spellings in both scripts. */
export type Name = {
  /** The canonical name, as readers should see it. */
  name: string;
  kind: NameKind;
  /** The company a model, product or person belongs to. */
  of?: string | undefined;
  /** 0..3: how surely a piece that names it is about AI. */
  ai: number;
  /** 0..3: how much the reader wants to hear of it. */
  fame: number;
  /** The Latin spellings count only with this very case. */
  exact?: boolean | undefined;
  aliases: string[];
};

export type NameHit = { name: Name; start: number; end: number };
export type NameFinder = (text: string) => NameHit[];

/**
 * Builds a finder of canonical names in text of both scripts: 奥特曼 and Altman are one person.
 * Latin spellings match whole words; longest spelling first, so `Claude Code` is not also `Claude`.
 */
export function createNameFinder(names: readonly Name[]): NameFinder {
  const phrases: Phrase<Name>[] = [];
  for (const name of names) {
    for (const spelling of spellingsOf(name)) {
      phrases.push({ phrase: spelling, value: name, exact: name.exact === true });
    }
  }
  const find = createPhraseFinder(phrases);
  return (text) => find(text).map(({ value, start, end }) => ({ name: value, start, end }));
}

/** All spellings of a name, the canonical one first. */
export function spellingsOf(name: Pick<Name, 'name' | 'aliases'>): string[] {
  return [name.name, ...name.aliases];
}

/** The different canonical names in a text, in order of first mention. */
export function namesIn(find: NameFinder, text: string): Name[] {
  return [...new Set(find(text).map((hit) => hit.name))];
}

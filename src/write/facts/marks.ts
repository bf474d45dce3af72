import { createPhraseFinder } from '../../text/find-phrases.ts';
import type { FactRules } from './fact-rules.ts';

/** A word that denies or doubts. `plan`, `possible` and `hearsay` are the three ways of not saying it is so. */
export type MarkKind = 'negation' | 'plan' | 'possible' | 'hearsay';
export type Mark = { kind: MarkKind; said: string; start: number; end: number };
export type MarkReader = (text: string) => Mark[];

/** Builds a reader of denials and doubts. `将`, `或`, `拟` count before a verb of an event only. */
export function createMarkReader({ marks, eventVerbs }: FactRules): MarkReader {
  const find = createPhraseFinder<MarkKind | 'neutral' | 'or'>([
    ...marks.neutral.map((phrase) => ({ phrase, value: 'neutral' as const })),
    ...(['negation', 'plan', 'possible', 'hearsay'] as const).flatMap((kind) =>
      marks[kind].map((phrase) => ({ phrase, value: kind })),
    ),
    ...eventVerbs.flatMap((verb) => [
      { phrase: `将${verb}`, value: 'plan' as const },
      { phrase: `或${verb}`, value: 'or' as const },
    ]),
  ]);
  return (text) =>
    find(text).flatMap(({ value, phrase, start, end }): Mark[] => {
      if (value === 'neutral') return [];
      const said = text.slice(start, end);
      // `创建或发布`: between two verbs it is a choice; after a name it is a doubt.
      if (value === 'or') {
        if (!/(?:[A-Za-z0-9]|公司|集团|科技|智能|平台|方面)\s?$/.test(text.slice(0, start))) return [];
        return [{ kind: 'possible', said: '或', start, end: start + 1 }];
      }
      // The verb after 将 is what is planned: it lies in the mark's reach, not in the mark.
      if (value === 'plan' && phrase.startsWith('将') && eventVerbs.includes(phrase.slice(1)))
        return [{ kind: 'plan', said: '将', start, end: start + 1 }];
      return [{ kind: value, said, start, end }];
    });
}
